"""The bulk demo leaves what the operations leave when they are given the same script, row by row, on both databases."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.access.viewers import system_viewer
from backoffice.demo import DemoFailed
from backoffice.demo.bulk import DemoSize, at_scale, load_bulk
from backoffice.demo.bulk.bulk_load import world_of
from backoffice.demo.operation_player import OperationPlayer
from backoffice.demo.reference_data import furnish, load_tariffs, release_versions
from backoffice.demo.story import BEFORE, HERE_ALREADY
from backoffice.domain.plan import PlanTerm, Side, TermOutcome
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    AllowanceSlot,
    AuditEntry,
    CoverageDecision,
    Customer,
    CustomerKind,
    Outbox,
    Product,
    RecordChange,
    RecordSummary,
    ServiceRecord,
    TariffEdition,
)
from backoffice.models.base import Base
from backoffice.models.database import Database
from backoffice.models.summary import ABSENT, ALL_OFFICES, GRAINS, NOT_COUNTED, columns_of
from backoffice.operations.cases import LoadHead, load_head
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.desk import Desk
from backoffice.operations.plans.add_plan_addendum import AddPlanAddendum, add_plan_addendum
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from tests.builders import CASES, installed_plugins, prepare_reference
from tests.databases import Copies, MakeDatabase
from tests.plugins.test_first_party import OFFERED

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ADDENDUM_FROM = date(2025, 6, 1)
SEED = 10
SIZE = DemoSize(customers=14, products=9, assets=26, records=400)

TOLD_OTHERWISE = {"audit_entry", "outbox"}
"""One row of the audit trail for each sheet, and no events."""

OF_CHANCE = {"staff": {"password", "fs_uniquifier"}}
"""Columns in which no two desks agree."""

FOLDED = {"record_summary", "record_change"}
"""What the summary is made of depends on how many changes came together; what it says is compared on its own."""

SUMS = ("records", "amount", "shadow_amount")

COMPARED = sorted(Base.metadata.tables.keys() - TOLD_OTHERWISE - FOLDED)


def desk_on(database: Database) -> Desk:
    return Desk(database, installed_plugins(), lambda: NOW)


def load(desk: Desk, *, seed: int = SEED) -> list[int]:
    """Load, and return how many records each sheet had."""
    written: list[int] = []
    load_bulk(desk, SIZE, seed=seed, advance=written.append, rows_at_once=300)
    return written


def prepare_desk(database: Database) -> None:
    """A desk whose plan has gained terms in the middle of the story."""
    prepare_reference(database)
    inside, outside = (
        PlanTerm(
            key=f"visit.{side}",
            service_type="on_site_visit",
            modes=None,
            subject=None,
            side=side,
            outcome=outcome,
            seed_ref="الحاقیه",
        )
        for side, outcome in ((Side.INSIDE, TermOutcome.FREE), (Side.OUTSIDE, TermOutcome.TARIFF))
    )
    addendum = AddPlanAddendum(
        plan="padra-standard", version=1, effective_from=ADDENDUM_FROM, terms=(inside, outside), reason="الحاقیه"
    )
    assert add_plan_addendum(desk_on(database), system_viewer(), addendum).problems == ()


def prepare_bulk(database: Database) -> None:
    prepare_desk(database)
    load(desk_on(database))


def prepare_recorded(database: Database) -> None:
    """The same script, through the operations."""
    prepare_desk(database)
    desk = desk_on(database)
    load_tariffs(desk)
    world = world_of(desk, SIZE, SEED)
    furnish(replace(desk, clock=lambda: world.begins_at - BEFORE), world.models)
    release_versions(desk, world.models)
    player = OperationPlayer(desk)
    for step in world.steps():
        step.play(player)


@pytest.fixture(scope="module")
def bulk(copies: Copies) -> Iterator[Session]:
    with copies.copy(prepare_bulk) as database, database.reading() as session:
        yield session


@pytest.fixture(scope="module")
def recorded(copies: Copies) -> Iterator[Session]:
    with copies.copy(prepare_recorded) as database, database.reading() as session:
        yield session


def rows(session: Session, table: str) -> list[Mapping[str, object]]:
    chosen = Base.metadata.tables[table]
    left_out = OF_CHANCE.get(table, set())
    columns = [column for column in chosen.columns if column.name not in left_out]
    return [dict(row) for row in session.execute(select(*columns).order_by(*chosen.primary_key)).mappings()]


def summed(session: Session) -> Mapping[tuple[object, ...], Mapping[str, int]]:
    """What the maintained summary and the changes that wait say together of every grain."""
    found: defaultdict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    for row in session.scalars(select(RecordSummary).where(RecordSummary.office_id != ALL_OFFICES)):
        key = (row.grain, row.office_id, *(getattr(row, column) for column in ABSENT))
        found[key].update({name: getattr(row, name) for name in SUMS})
    for change in session.scalars(select(RecordChange)):
        for grain in GRAINS:
            kept = columns_of(grain)
            if change.status in NOT_COUNTED and "status" not in kept:
                continue
            key = (grain, change.office_id, *(getattr(change, c) if c in kept else ABSENT[c] for c in ABSENT))
            found[key].update({name: getattr(change, name) for name in SUMS})
    return {key: dict(sums) for key, sums in found.items() if any(sums.values())}


@pytest.mark.parametrize("table", COMPARED)
def test_every_row_is_the_one_that_the_operations_leave(table: str, bulk: Session, recorded: Session):
    assert rows(bulk, table) == rows(recorded, table)


def test_statistics_are_the_ones_that_the_operations_leave(bulk: Session, recorded: Session):
    assert summed(bulk) == summed(recorded)


def test_the_script_comes_to_everything_that_is_compared(bulk: Session):
    assert {table for table in COMPARED if not rows(bulk, table)} == {
        "api_token",
        "asset_transfer",
        "consumer",
        "delivery",
        "idempotency_key",
        "override_request",
        "rating_suggestion",
        "staff_session",
    }


def test_every_service_type_of_the_statement_and_every_status_occurs(bulk: Session):
    assert set(bulk.scalars(select(ServiceRecord.service_type))) == set(OFFERED)
    assert set(bulk.scalars(select(ServiceRecord.status))) == set(RecordStatus)


def test_some_visits_were_decided_by_the_addendum(bulk: Session):
    assert set(bulk.scalars(select(CoverageDecision.term))) >= {"visit.inside", "visit.outside", "on_site_visit.inside"}


def test_slots_were_used_and_given_back(bulk: Session):
    released = bulk.scalars(select(AllowanceSlot.released_at)).all()
    assert None in released
    assert set(released) != {None}


def test_as_much_is_loaded_as_was_asked_for(bulk: Session):
    counted = {model: bulk.scalar(select(func.count()).select_from(model)) for model in (Customer, ServiceRecord)}
    assert counted == {Customer: SIZE.customers, ServiceRecord: SIZE.records}
    assert bulk.scalar(select(func.count()).select_from(Product)) == SIZE.products


def test_the_books_agree(bulk: Session):
    assert reconcile(bulk) == ()


def test_every_decision_replays_to_the_same(bulk: Session):
    replays = [replay(bulk, decision_id) for decision_id in bulk.scalars(select(CoverageDecision.id))]
    assert [each for each in replays if each is None or not each.same] == []


def test_no_event_waits_to_be_told(bulk: Session):
    assert bulk.scalars(select(Outbox.entity).where(Outbox.entity == "ServiceRecord")).all() == []


def test_the_audit_trail_names_what_was_loaded(bulk: Session):
    told = bulk.scalars(select(AuditEntry.after).where(AuditEntry.operation == "load_demo"))
    ids = [entry["added"]["service_record"] for entry in told if entry and "service_record" in entry["added"]]
    assert [first for first, _ in ids] == [1, *(last + 1 for _, last in ids[:-1])]
    assert ids[-1][1] == SIZE.records


class Interrupted(Exception):
    """Stands for Ctrl-C."""


def test_an_interrupted_load_leaves_whole_stories(make_database: MakeDatabase):
    desk = desk_on(make_database(prepare_reference))
    written: list[int] = []

    def stop_after_the_fourth(records: int) -> None:
        written.append(records)
        if len(written) == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        load_bulk(desk, SIZE, seed=SEED, advance=stop_after_the_fourth, rows_at_once=300)
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ServiceRecord)) == sum(written) > 0
        assert reconcile(session) == ()


def test_another_seed_loads_something_else(make_database: MakeDatabase, bulk: Session):
    desk = desk_on(make_database(prepare_reference))
    assert sum(load(desk, seed=SEED + 1)) == SIZE.records
    with desk.database.reading() as session:
        assert rows(session, "customer") != rows(bulk, "customer")


def test_tariffs_that_are_there_stay_and_price_everything(make_database: MakeDatabase):
    desk = desk_on(make_database(prepare_reference))
    load_head(desk, system_viewer(), LoadHead(data=CASES))
    assert sum(load(desk)) == SIZE.records
    with desk.database.reading() as session:
        assert set(session.scalars(select(TariffEdition.source))) == {CASES["note"]}


def test_a_desk_goes_on_where_the_load_ended(make_database: MakeDatabase):
    desk = desk_on(make_database(prepare_bulk))
    command = CreateCustomer(name="پس از نمونه", kind=CustomerKind.PERSON)
    added = create_customer(desk, system_viewer(), command)
    assert added.id is not None
    assert added.id > SIZE.customers


def test_somebody_elses_work_meanwhile_ends_the_load_and_is_kept(sqlite_database: Database):
    prepare_reference(sqlite_database)
    desk = desk_on(sqlite_database)

    def add_another(records: int) -> None:
        create_product(desk, system_viewer(), CreateProduct(sku="OTHER", name="دیگر", support_plan=desk.default_plan))
        for _ in range(3):
            create_customer(desk, system_viewer(), CreateCustomer(name="دیگری", kind=CustomerKind.PERSON))

    with pytest.raises(DemoFailed, match="somebody else"):
        load_bulk(desk, SIZE, seed=SEED, advance=add_another, rows_at_once=60)
    with desk.database.reading() as session:
        assert reconcile(session) == ()
        assert "دیگری" in set(session.scalars(select(Customer.name)))


def test_a_second_load_adds_nothing(make_database: MakeDatabase):
    desk = desk_on(make_database(prepare_bulk))
    assert load_bulk(desk, SIZE, seed=2, advance=lambda _: None) == HERE_ALREADY


def test_a_scale_is_so_many_times_a_thousand_customers():
    assert at_scale(20) == DemoSize(customers=20_000, products=200, assets=40_000, records=400_000)
