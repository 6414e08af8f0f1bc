"""Service records counted and summed."""

from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.query.global_id import to_global_id
from backoffice.query.selection import Field, Selection, want
from tests.query.building import World, viewer_with

KEYS = want("count", "amount", "shadow_amount", keys=want("dimension", "value", "label"))
MANY_CHANGES = (
    "INSERT INTO record_change (id, office_id, product_id, status, outcome, mode, channel_code, service_type,"
    " jalali_month, records, amount, shadow_amount)"
    " SELECT 128 * n + 1, 1, 0, 'done', 'free', 'phone', 'phone', 'training', 140509, 1, 0, 0"
    " FROM generate_series(1, 20000) AS n"
)
"""None of their ids makes a trigger fold them."""
ENDED = {"status": RecordStatus.CANCELLED, "end_reason": "-", "amount": 0}


@pytest.fixture
def desk(world: World) -> World:
    customer = world.add_customer()
    asset = world.add_asset(customer)
    payable = {"outcome": Outcome.QUOTE, "amount": 2**51, "vat": 0, "overridden": True, "override_reason": "-"}
    world.add_record(customer, asset, decision=payable)
    world.add_record(customer, asset, decision=payable, shadow_amount=5)
    world.add_record(customer, asset, decision={"outcome": Outcome.QUOTE, "amount": None, "vat": None})
    world.add_record(customer, service_type="gone", mode=Mode.PHONE, jalali_month=140508)
    world.add_record(customer, **ENDED)
    return world


def rows(world: World, *dimensions: str, **asked: Any) -> list[Any]:
    return world.reader().stats({"group_by": dimensions, "filter": asked}, KEYS)


def test_without_dimensions_there_is_one_row_of_all(desk: World):
    assert rows(desk) == [{"count": 4, "amount": 2**52, "shadow_amount": 5, "keys": []}]


def test_nothing_counted_is_a_row_of_zeros(world: World):
    assert rows(world) == [{"count": 0, "amount": 0, "shadow_amount": 0, "keys": []}]
    assert rows(world, "STATUS") == []


def test_cancelled_and_voided_records_count_only_when_asked_for(desk: World):
    asked = {"status": (RecordStatus.CANCELLED, RecordStatus.REQUESTED)}

    assert [row["count"] for row in rows(desk, "STATUS", **asked)] == [1, 4]


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("SERVICE_TYPE", [("gone", "gone", 1), ("training", "آموزش", 3)]),
        ("STATUS", [("REQUESTED", "درخواست‌شده", 4)]),
        ("MODE", [("PHONE", "تلفنی", 1), ("REMOTE", "از راه دور", 3)]),
        ("CHANNEL", [("phone", "تلفن", 4)]),
        ("OUTCOME", [("FREE", "رایگان", 1), ("QUOTE", "اعلام هزینه", 3)]),
        ("JALALI_MONTH", [("140508", "آبان ۱۴۰۵", 1), ("140509", "آذر ۱۴۰۵", 3)]),
    ],
)
def test_a_row_names_its_value_in_the_viewers_language(desk: World, dimension: str, expected: list[Any]):
    found = [(row["keys"][0]["value"], row["keys"][0]["label"], row["count"]) for row in rows(desk, dimension)]

    assert [(value, number) for value, _, number in found] == [(value, number) for value, _, number in expected]
    assert all(isinstance(label, str) and label for _, label, _ in found)
    if dimension in ("SERVICE_TYPE", "CHANNEL", "JALALI_MONTH"):
        assert found == expected


def test_records_without_a_product_are_a_row_of_their_own_at_the_end(desk: World):
    keys = [row["keys"][0] for row in rows(desk, "PRODUCT")]

    assert keys == [
        {"dimension": "PRODUCT", "value": to_global_id("Product", desk.product.id), "label": "اسکنر پادرا"},
        {"dimension": "PRODUCT", "value": None, "label": None},
    ]


def test_whoever_may_not_read_products_learns_no_name_of_one(desk: World):
    reader = desk.reader(viewer_with("record.read", "stats.read"))
    keys = [row["keys"][0] for row in reader.stats({"group_by": ("PRODUCT",)}, KEYS)]

    assert keys[0] == {"dimension": "PRODUCT", "value": to_global_id("Product", desk.product.id), "label": None}


def test_several_dimensions_are_combined_in_the_order_asked_for(desk: World):
    found = [tuple(key["value"] for key in row["keys"]) for row in rows(desk, "MODE", "JALALI_MONTH")]

    assert found == [("PHONE", "140508"), ("REMOTE", "140509")]


def test_only_filtered_records_count(desk: World):
    assert rows(desk, mode=(Mode.PHONE,))[0]["count"] == 1


def test_keys_are_shaped_as_asked(desk: World):
    wanted = Selection(
        {
            "StatsRow": (
                Field("keys", "k", {}, Selection({"StatsKey": (Field("dimension", "d"), Field("__typename", "t"))})),
            )
        }
    )

    assert desk.reader().stats({"group_by": ("MODE",), "filter": {"mode": ("phone",)}}, wanted) == [
        {"k": [{"d": "MODE", "t": "StatsKey"}]}
    ]


def test_statistics_take_one_statement_and_one_for_each_table_of_names(desk: World):
    reader = desk.reader()

    reader.stats({"group_by": ("PRODUCT", "CHANNEL", "MODE")}, KEYS)

    assert reader.statements == 3


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_changes_are_found_however_large_their_table_once_was(session: Session):
    world = World(session)
    session.execute(text(MANY_CHANGES))
    session.execute(text("DELETE FROM record_change"))
    session.execute(text("ANALYZE record_change"))
    plans: list[str] = []

    def explain(connection: Connection, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if "record_change" in statement and not statement.startswith("EXPLAIN"):
            explained = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plans.extend(line for (line,) in explained)

    event.listen(session.connection(), "before_cursor_execute", explain)
    rows(world, "STATUS")

    assert any("using pk_record_change" in line for line in plans)
