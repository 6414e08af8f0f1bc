"""A plan is made once and run at any moment: for another viewer, day, language, filter or page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import ClauseElement, event

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.query.entities import core_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import Selection, asked, listing, page, want
from tests.query.building import NOW, REGISTRY, TODAY, World, customer_viewer

PERIOD = want("status", "last_day", allowances=want("remaining", label=asked(language="en")), plan=want("name"))
RECORD = want("id", "number", office=want("code"), service_type=want("label"), channel=want("label"))
ASSET = want("serial_number", current_periods=PERIOD, service_records=page(RECORD, "total_count", first=2))
NEWEST = {"field": "number", "direction": "desc"}


@dataclass(frozen=True)
class Values:
    """What is asked for in one of two ways, that differ in nothing but values."""

    customer: int
    serial: str
    word: str
    since: datetime
    status: RecordStatus
    cursor: str


def one_by_id(reader: Reader, values: Values) -> object:
    wanted = want("name", "phones", sites=want("distance_metres"), assets=page(ASSET, first=3))
    return reader.one("Customer", {"id": values.customer}, wanted)


def one_by_business_key(reader: Reader, values: Values) -> object:
    return reader.one("Asset", {"serial_number": values.serial}, ASSET)


def a_filtered_page(reader: Reader, values: Values) -> object:
    filters = {"requested_at": {"gte": values.since}, "status": [values.status], "customer_id": values.customer}
    return reader.page("ServiceRecord", {"filter": filters}, listing(RECORD, "total_count"))


def a_page_beyond_a_cursor(reader: Reader, values: Values) -> object:
    return reader.page("ServiceRecord", {"first": 2, "order_by": NEWEST, "after": values.cursor}, listing(RECORD))


def a_searched_page(reader: Reader, values: Values) -> object:
    return reader.page("Customer", {"search": values.word}, listing(want("code"), "total_count"))


def pages_within_a_page(reader: Reader, values: Values) -> object:
    records = page(RECORD, "total_count", filter={"status": [values.status]}, order_by=NEWEST, before=values.cursor)
    assets = page(want("id", service_records=records), filter={"serial_number": {"eq": values.serial}})
    return reader.page("Customer", {}, listing(want("code", assets=assets)))


def assets_in_support(reader: Reader, values: Values) -> object:
    filters = {"in_support": True, "serial_number": {"starts_with": values.serial[:4]}}
    return reader.page("Asset", {"filter": filters}, listing(ASSET))


def all_service_types(reader: Reader, values: Values) -> object:
    return reader.list("ServiceType", want("code", "label"))


def statistics(reader: Reader, values: Values) -> object:
    wanted = want("count", keys=want("value", "label"))
    filters = {"status": [values.status], "requested_at": {"gte": values.since}}
    return reader.stats({"group_by": ["SERVICE_TYPE", "CHANNEL", "MODE"], "filter": filters}, wanted)


READINGS: Mapping[str, Callable[[Reader, Values], object]] = {
    reading.__name__: reading
    for reading in (
        one_by_id, one_by_business_key, a_filtered_page, a_page_beyond_a_cursor, a_searched_page,
        pages_within_a_page, assets_in_support, all_service_types, statistics,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A desk, and what differs between two askings: the viewers of each access class, the days, the values."""

    world: World
    classes: Mapping[str, tuple[Viewer, Viewer]]
    values: tuple[Values, Values]
    days: tuple[date, date] = (TODAY, TODAY + timedelta(days=301))

    def reader(self, viewer: Viewer, today: date, plans: Plans) -> Reader:
        return Reader(self.world.session, viewer, today=today, plans=plans)


FAR = 4_011_002_003
"""A number that nothing else in a statement is."""


@pytest.fixture
def desk(world: World) -> Desk:
    world.branch = world.add(type(world.branch), id=FAR, code="b2", name="دور", kind=world.branch.kind)
    world.staff[FAR] = world.staff[world.head.id]
    world.add_desk(2)
    customers = [world.add_customer(name, id=FAR + place) for place, name in enumerate(("یگانه نادر", "بهار کیان"), 1)]
    for place, customer in enumerate(customers):
        asset = world.add_asset(customer, f"ZQ{place}-77")
        world.add_allowance(world.add_period(asset, -3, 300))
        for office, status in product((world.head, world.branch), (RecordStatus.REQUESTED, RecordStatus.IN_PROGRESS)):
            world.add_record(customer, asset, office=office, status=status, service_type=f"gone_{place}")
    first, second = map(customer_viewer, customers)
    agents = (world.agent_of(world.head), world.agent_of(world.branch))
    staff = replace(agents[0], own_office_only=False)
    classes = {"customers": (first, second), "agents": agents, "staff": (staff, replace(staff, office_id=FAR))}
    return Desk(world, classes, _values(world, customers))


def _values(world: World, customers: list[Any]) -> tuple[Values, Values]:
    cursors: Any = world.reader().page("ServiceRecord", {"first": 4, "order_by": NEWEST}, listing(want("id")))
    ends = cursors["page_info"]
    return (
        Values(customers[0].id, "ZQ0-77", "یگانه", NOW, RecordStatus.REQUESTED, ends["start_cursor"]),
        Values(
            customers[1].id,
            "ZQ1-77",
            "بهار",
            NOW + timedelta(minutes=8),
            RecordStatus.IN_PROGRESS,
            ends["end_cursor"],
        ),
    )


@pytest.mark.parametrize("access", ["customers", "agents", "staff"])
@pytest.mark.parametrize("name", sorted(READINGS))
def test_a_plan_that_was_kept_answers_at_every_moment_what_one_made_for_it_answers(desk: Desk, name: str, access: str):
    kept = Plans(core_entities(), REGISTRY)
    answers = []
    for viewer, language, day, values in product(desk.classes[access], ("fa", "en"), desk.days, desk.values):
        seen_by = replace(viewer, language=language)
        answer = READINGS[name](desk.reader(seen_by, day, kept), values)
        answers.append(answer)
        fresh = Plans(core_entities(), REGISTRY)
        assert answer == READINGS[name](desk.reader(seen_by, day, fresh), values)

    assert kept.made == 1
    assert any(answer != answers[0] for answer in answers)


def test_viewers_of_different_access_classes_have_plans_of_their_own(desk: Desk):
    plans = Plans(core_entities(), REGISTRY)
    for viewers in desk.classes.values():
        for viewer in viewers:
            a_filtered_page(desk.reader(viewer, TODAY, plans), desk.values[0])

    assert plans.made == len(desk.classes)


@pytest.fixture
def statements(desk: Desk) -> Iterator[list[ClauseElement]]:
    """Every statement that goes to the database."""
    seen: list[ClauseElement] = []
    connection = desk.world.session.connection()

    def note(_connection: object, statement: ClauseElement, *_: object) -> None:
        seen.append(statement)

    event.listen(connection, "before_execute", note)
    yield seen
    event.remove(connection, "before_execute", note)


@pytest.mark.parametrize("access", ["customers", "agents", "staff"])
@pytest.mark.parametrize("name", sorted(READINGS))
def test_no_statement_holds_a_value_of_its_moment(desk: Desk, statements: list[ClauseElement], name: str, access: str):
    viewer, values = replace(desk.classes[access][1], language="en"), desk.values[1]
    READINGS[name](desk.reader(viewer, desk.days[1], Plans(core_entities(), REGISTRY)), values)

    assert statements
    told = [values.customer, FAR, desk.days[1], values.since, values.status, "en"]
    texts = [str(FAR), "ZQ1", "zq1", "بهار", str(desk.days[1]), values.cursor]
    for statement in statements:
        compiled = statement.compile(desk.world.session.get_bind().engine)
        held = list(_flat(compiled.params.values()))
        assert not [value for value in told if value in held]
        assert not [text for text in texts if text in str(compiled) or any(text in str(value) for value in held)]


def _flat(values: Any) -> Iterator[object]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from _flat(value)
        else:
            yield value


def test_a_page_of_another_length_or_order_has_a_plan_of_its_own(desk: Desk):
    """Lengths stand in the statement: as a bind PostgreSQL would plan for a page of any length."""
    plans = Plans(core_entities(), REGISTRY)
    reader = desk.reader(desk.classes["staff"][0], TODAY, plans)
    for asking in ({"first": 2}, {"first": 3}, {"first": 2, "order_by": NEWEST}, {"first": 2}):
        reader.page("ServiceRecord", asking, listing(want("id")))

    assert plans.made == 3


def test_equal_arguments_are_read_once_and_others_apart(desk: Desk):
    reader = desk.reader(desk.classes["staff"][0], TODAY, Plans(core_entities(), REGISTRY))
    records = [page(want("id"), first=first) for first in (1, 1, 2)]
    fields = [want(service_records=one).fields["*"][0] for one in records]
    renamed = tuple(replace(field, key=f"r{place}") for place, field in enumerate(fields))

    reader.page("Customer", {}, want(nodes=Selection({"Customer": renamed})))

    assert reader.statements == 3
