"""A reading takes as many statements as it has lists and counts, however many rows there are."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection as DatabaseConnection
from sqlalchemy import event

from backoffice.query.entities import core_entities
from backoffice.query.field_kinds import Connection, Linked, Many
from backoffice.query.reader import Reader
from backoffice.query.selection import Selection, listing, page, want
from tests.query.building import World, customer_viewer

PERIOD = want("status", allowances=want("key", "used", "remaining"), plan=want("name"))
RECORD = want(
    "number", customer=want("phones"), asset=want(product=want(support_plan=want("name"))), coverage=want(period=PERIOD)
)

LISTS: dict[str, tuple[str, Selection, int]] = {
    "Customer.phones": ("Customer", want("phones"), 2),
    "Customer.sites": ("Customer", want(sites=want("title", "distance_metres")), 2),
    "Customer.assets": ("Customer", want(assets=page(want("id"), first=2)), 2),
    "Customer.service_records": ("Customer", want(service_records=page(RECORD, "total_count", first=2)), 5),
    "Asset.support_periods": ("Asset", want(support_periods=PERIOD), 3),
    "Asset.current_periods": ("Asset", want(current_periods=PERIOD), 3),
    "Asset.service_records": ("Asset", want(customer=want("phones"), service_records=page(RECORD)), 5),
    "Product.versions": ("Product", want("name", versions=want("label"), latest_version=want("label")), 2),
    "Product.upgrades_to": (
        "Product",
        want(upgrades_to=want("name", versions=want("label"), upgrades_to=want("sku"))),
        4,
    ),
    "SupportPeriod.allowances": ("Asset", want(support_periods=want(allowances=want("remaining"))), 3),
}


def statements_for(reader: Reader, type_name: str, selection: Selection) -> int:
    reader.page(type_name, {"first": 100}, listing(selection))
    return reader.statements


@pytest.mark.parametrize("field", sorted(LISTS))
def test_the_statements_of_a_list_do_not_grow_with_the_rows(world: World, field: str):
    type_name, selection, expected = LISTS[field]

    world.add_desk(1)
    few = statements_for(world.reader(), type_name, selection)
    world.add_desk(7)
    many = statements_for(world.reader(), type_name, selection)

    assert (few, many) == (expected, expected)


def test_every_list_field_is_among_those_counted():
    declared = {
        f"{entity.name}.{name}"
        for entity in core_entities()
        for name, kind in entity.fields.items()
        if isinstance(kind, Many | Linked | Connection)
    }

    assert declared == set(LISTS)


@pytest.mark.parametrize("type_name", ["Customer", "Product", "Asset", "ServiceRecord"])
def test_a_page_is_one_statement_and_its_count_another(world: World, type_name: str):
    world.add_desk(3)

    def taken(selection: Selection) -> int:
        reader = world.reader()
        reader.page(type_name, {"search": "a", "filter": {}}, selection)
        return reader.statements

    assert (taken(listing(want("id"))), taken(listing(want("id"), "total_count")), taken(want("total_count"))) == (
        1,
        2,
        1,
    )


def test_one_list_asked_for_under_several_types_is_read_once(world: World):
    world.add_desk(2)
    fields = want("number", customer=want("phones")).of("ServiceRecord")
    several = Selection({"TrainingRecord": fields, "LockRemovalRecord": fields, "RetiredServiceRecord": fields})
    reader = world.reader()

    reader.page("ServiceRecord", {}, want(nodes=several))

    assert reader.statements == 2


@pytest.fixture
def statements(world: World) -> Callable[[], list[str]]:
    """The text of every statement that the session's connection ran."""
    seen: list[str] = []
    connection: DatabaseConnection = world.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
    return lambda: seen


def test_every_alias_of_a_ruled_table_carries_its_rule_in_every_statement(world: World, statements):
    world.add_desk(2)
    customer = world.add_customer()
    reader = world.reader(customer_viewer(customer))

    reader.page(
        "Customer",
        {"search": "SN", "first": 5},
        listing(
            want(
                sites=want("title"),
                assets=page(want("id", support_periods=PERIOD), "total_count"),
                service_records=page(RECORD, "total_count"),
            ),
            "total_count",
        ),
    )

    ruled = ("customer", "site", "asset", "service_record", "support_period", "allowance")
    for statement in statements()[-reader.statements :]:
        aliases = sum(statement.count(f"{table} AS ") for table in ruled)
        assert aliases
        assert statement.count("viewer_customer") + statement.count("= ?") >= aliases, statement
