"""The filters of every list, at the root and nested."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.period import Track
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import CustomerKind, CustomerStage
from backoffice.query.global_id import to_global_id
from backoffice.query.selection import listing, page, want
from tests.query.building import NOW, TODAY, World


def found(world: World, type_name: str, field: str, **asked: Any) -> list[Any]:
    answer: Any = world.reader().page(type_name, {"filter": asked}, listing(want(field), "total_count"))
    assert answer["total_count"] == len(answer["nodes"])
    return [node[field] for node in answer["nodes"]]


@pytest.fixture
def customers(world: World) -> World:
    world.add_customer("علی کریمی", code="A-1", city="شیراز")
    world.add_customer("شرکت ۵۰٪ پخش", code="B_2", city="یزد", kind=CustomerKind.COMPANY, stage=CustomerStage.PROSPECT)
    world.add_customer("مؤسسه‌ی امید", code="B12", city=None)
    return world


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["A-1", "B12", "B_2"]),
        ({"name": None, "kind": None}, ["A-1", "B12", "B_2"]),
        ({"name": {"eq": "علي كريمي"}}, ["A-1"]),
        ({"name": {"eq": "علي"}}, []),
        ({"name": {"in": ("علي كريمي", "کسی")}}, ["A-1"]),
        ({"name": {"in": ()}}, []),
        ({"name": {"contains": "موسسه ی"}}, ["B12"]),
        ({"name": {"contains": "50٪"}}, ["B_2"]),
        ({"name": {"contains": "%"}}, []),
        ({"name": {"starts_with": "عل", "contains": "كريم"}}, ["A-1"]),
        ({"name": {"starts_with": "کریم"}}, []),
        ({"code": {"eq": "b۱۲"}}, ["B12"]),
        ({"code": {"contains": "_"}}, ["B_2"]),
        ({"code": {"starts_with": "B_"}}, ["B_2"]),
        ({"code": {"contains": "\\"}}, []),
        ({"code": {"contains": "\0"}}, []),
        ({"code": {"eq": "\ud800"}}, []),
        ({"code": {"contains": "x" * 60_000}}, []),
        ({"city": {"eq": "يزد"}}, ["B_2"]),
        ({"kind": CustomerKind.COMPANY}, ["B_2"]),
        ({"stage": CustomerStage.CUSTOMER}, ["A-1", "B12"]),
        ({"kind": CustomerKind.COMPANY, "stage": CustomerStage.CUSTOMER}, []),
    ],
)
def test_customers_are_filtered(customers: World, asked: dict[str, Any], codes: list[str]):
    assert sorted(found(customers, "Customer", "code", **asked)) == codes


@pytest.mark.parametrize(
    ("span", "number"),
    [
        ({"gte": NOW, "lt": NOW + timedelta(days=1)}, 1),
        ({"gte": NOW + timedelta(seconds=1)}, 0),
        ({"lt": NOW}, 0),
        ({"gte": None, "lt": None}, 1),
        ({"gte": datetime.min.replace(tzinfo=UTC), "lt": datetime.max.replace(tzinfo=UTC)}, 1),
    ],
)
def test_a_span_of_time_is_half_open(world: World, span: dict[str, datetime], number: int):
    world.add_customer(created_at=NOW)

    assert len(found(world, "Customer", "id", created_at=span)) == number


def test_products_are_filtered_by_sku_and_family(world: World):
    world.add_product("PD-200", "دستگاه", family="اسکنر كوچك")

    assert found(world, "Product", "sku", sku={"starts_with": "pd-۲"}) == ["PD-200"]
    assert found(world, "Product", "sku", family={"eq": "اسکنر کوچک"}) == ["PD-200"]


def test_assets_are_filtered_by_what_they_are_and_whose(world: World):
    mine, other = world.add_customer(), world.add_customer()
    product = world.add_product("PD-2", "چاپگر")
    world.add_asset(mine, "SN-A1", purchased_on=TODAY)
    world.add_asset(other, "SN-A2", purchased_on=TODAY - timedelta(days=9), product_id=product.id)

    assert found(world, "Asset", "serial_number", serial_number={"eq": "sn-a۱"}) == ["SN-A1"]
    assert found(world, "Asset", "serial_number", customer_id=to_global_id("Customer", mine.id)) == ["SN-A1"]
    assert found(world, "Asset", "serial_number", customer_id=to_global_id("Product", mine.id)) == []
    assert found(world, "Asset", "serial_number", product_id=product.id) == ["SN-A2"]
    assert found(world, "Asset", "serial_number", purchased_on={"gte": TODAY}) == ["SN-A1"]


def test_an_asset_is_in_support_while_an_uncancelled_period_of_support_holds(world: World):
    def asset(serial: str, *periods: dict[str, Any]) -> None:
        row = world.add_asset(world.add_customer(), serial)
        for period in periods:
            world.add_period(row, **period)

    asset("INSIDE", {"starts": -10, "ends": 1})
    asset("OVER", {"starts": -10, "ends": 0})
    asset("TO-COME", {"starts": 1, "ends": 9})
    asset("CANCELLED", {"starts": -1, "ends": 9, "cancelled_at": NOW})
    asset("WARRANTY", {"starts": -1, "ends": 9, "track": Track.WARRANTY})
    asset("NEVER")

    assert found(world, "Asset", "serial_number", in_support=True) == ["INSIDE"]
    assert len(found(world, "Asset", "serial_number", in_support=False)) == 5


def test_assets_are_filtered_by_the_last_day_of_their_periods(world: World):
    asset = world.add_asset(world.add_customer(), "SN-1")
    world.add_period(asset, -10, 1)  # its last day is today

    assert found(world, "Asset", "serial_number", period_ends_on={"gte": TODAY, "lt": TODAY + timedelta(days=1)}) == [
        "SN-1"
    ]
    assert found(world, "Asset", "serial_number", period_ends_on={"gte": TODAY + timedelta(days=1)}) == []
    assert found(world, "Asset", "serial_number", period_ends_on={"lt": TODAY}) == []


@pytest.fixture
def record(world: World) -> Any:
    customer = world.add_customer()
    asset = world.add_asset(customer)
    world.add_record(world.add_customer())
    return world.add_record(
        customer,
        asset,
        service_type="lock_removal",
        status=RecordStatus.SCHEDULED,
        mode=Mode.PHONE,
        channel_code="portal",
        assignee_id=world.staff[world.head.id].id,
        decision={"outcome": Outcome.QUOTE, "amount": None, "vat": None},
        requested_at=NOW - timedelta(days=1),
    )


NAMED = {
    "service_type": ("lock_removal", "gone"),
    "status": (RecordStatus.SCHEDULED,),
    "mode": (Mode.PHONE, Mode.ON_SITE),
    "channel": ("portal",),
    "outcome": (Outcome.QUOTE,),
    "requested_at": {"lt": NOW},
}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_records_are_filtered_by_what_they_say(world: World, record: Any, name: str):
    assert found(world, "ServiceRecord", "number", **{name: NAMED[name]}) == [f"SR-{record.id:06d}"]


@pytest.mark.parametrize(
    ("name", "type_name"),
    [("customer_id", "Customer"), ("asset_id", "Asset"), ("product_id", "Product"), ("assignee_id", "Staff")],
)
def test_records_are_filtered_by_what_they_refer_to(world: World, record: Any, name: str, type_name: str):
    key = getattr(record, name)

    for asked in (key, to_global_id(type_name, key)):
        assert found(world, "ServiceRecord", "number", **{name: asked}) == [f"SR-{record.id:06d}"]


def test_a_nested_list_has_the_filters_of_the_root(world: World, record: Any):
    assert record.status is RecordStatus.SCHEDULED
    world.add_record(world.add_customer())
    wanted = want(service_records=page(want("number"), "total_count", filter={"status": (RecordStatus.SCHEDULED,)}))

    answer: Any = world.reader().page("Customer", {}, listing(wanted))

    assert sorted(node["service_records"]["total_count"] for node in answer["nodes"]) == [0, 0, 1]
    assert sorted(len(node["service_records"]["nodes"]) for node in answer["nodes"]) == [0, 0, 1]
