"""The bulk demo leaves what the operations leave when they are given the same script, row by row, on both databases."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.demo.bulk import Size, load_bulk
from backoffice.demo.bulk.load import world_of
from backoffice.demo.furnishing import furnish, load_tariffs
from backoffice.demo.load import BEFORE
from backoffice.demo.stage import Stage
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    AllowanceSlot,
    AuditEntry,
    CoverageDecision,
    Customer,
    Outbox,
    Product,
    RecordChange,
    RecordSummary,
    ServiceRecord,
)
from backoffice.models.base import Base
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.operations.reconcile import reconcile
from backoffice.operations.replay import replay
from tests.builders import installed_plugins, prepare_reference
from tests.conftest import Copies

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SIZE = Size(customers=14, products=9, assets=26, records=400)

TOLD_OTHERWISE = {"audit_entry", "outbox"}
"""One row of the audit trail for each sheet, and no events."""

OF_CHANCE = {"staff": {"password", "fs_uniquifier"}}
"""Columns in which no two desks agree."""

FOLDED = {"record_summary", "record_change"}
"""What the summary is made of depends on how many changes came together; what it says is compared on its own."""

COMPARED = sorted(Base.metadata.tables.keys() - TOLD_OTHERWISE - FOLDED)


def desk_on(database: Database) -> Desk:
    return Desk(database, installed_plugins(), lambda: NOW)


def load(desk: Desk, size: Size = SIZE) -> list[int]:
    steps: list[int] = []
    load_bulk(desk, size, seed=7, advance=steps.append)
    return steps


def prepare_bulk(database: Database) -> None:
    prepare_reference(database)
    load(desk_on(database))


def prepare_recorded(database: Database) -> None:
    """The same script, through the operations."""
    prepare_reference(database)
    desk = desk_on(database)
    load_tariffs(desk)
    world = world_of(desk, SIZE, 7)
    furnish(replace(desk, clock=lambda: world.begins_at - BEFORE), world.models)
    stage = Stage(desk)
    for step in world.steps():
        step.play(stage)


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


def summed(session: Session) -> dict[tuple[object, ...], tuple[int, int, int]]:
    """What the maintained summary says of every type, month and status, the changes that wait included."""
    by = ("office_id", "product_id", "status", "outcome", "mode", "channel_code", "service_type", "jalali_month")
    sums = ("records", "amount", "shadow_amount")
    found: Counter[tuple[object, ...]] = Counter()
    for row in session.scalars(select(RecordSummary)):
        for name in sums:
            found["kept", row.grain, *(getattr(row, one) for one in by), name] += getattr(row, name)
    for change in session.scalars(select(RecordChange)):
        for name in sums:
            found["waiting", *(getattr(change, one) for one in by), name] += getattr(change, name)
    return dict(found)


@pytest.mark.parametrize("table", COMPARED)
def test_every_row_is_the_one_that_the_operations_leave(table: str, bulk: Session, recorded: Session):
    assert rows(bulk, table) == rows(recorded, table)


def test_the_script_comes_to_everything_that_is_compared(bulk: Session):
    assert {table for table in COMPARED if not rows(bulk, table)} == {
        "api_token",
        "asset_transfer",
        "idempotency_key",
        "override_request",
        "plan_addendum",
        "rating_suggestion",
        "staff_session",
    }


def test_every_service_type_and_status_occurs(bulk: Session):
    assert set(bulk.scalars(select(ServiceRecord.service_type))) == set(installed_plugins().service_types)
    assert set(bulk.scalars(select(ServiceRecord.status))) == set(RecordStatus)


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
    told = bulk.scalars(select(AuditEntry.after).where(AuditEntry.operation == "load_demo")).all()
    assert told[0]["added"]["customer"][0] == 1
    assert told[-1]["added"]["service_record"][1] == SIZE.records
