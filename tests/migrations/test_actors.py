"""The migration that says of what kind an actor is: down and up again on a desk that has been worked on."""

from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from backoffice.access.audit import hash_of
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import NOBODY, Actor, ActorKind
from backoffice.migrations import downgrade, upgrade
from backoffice.models import Asset, AuditEntry, ServiceRecord
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.services.record_service import record_service
from tests.builders import Kit, kit_on, prepare_desk, recording
from tests.conftest import MakeDatabase

BEFORE = "0008"
REBUILT = {"audit_entry", "service_record"}
"""Tables with triggers that SQLite rebuilds in this migration."""

TRAIL = "SELECT id, staff_id, actor, operation, content_hash FROM audit_entry ORDER BY id"
RECORDS = "SELECT id, author_id, office_id, status, amount, updated_at FROM service_record ORDER BY id"
KEYS = "SELECT id, staff_id, key, input_hash FROM idempotency_key ORDER BY id"


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    """A desk where the system and staff have acted, with records of two of staff and a key of one."""
    kit = kit_on(make_database(prepare_desk))
    asset_id = kit.purchase()
    kit.done(asset_id)
    kit.record(asset_id, idempotency_key="once")
    return kit


def there(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def again(kit: Kit) -> None:
    downgrade(kit.desk.database.engine, BEFORE)
    upgrade(kit.desk.database.engine)


def triggers(engine: Engine) -> list[tuple[Any, ...]]:
    listed = {
        "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal ORDER BY tgname",
    }
    return [row for row in there(engine, listed[engine.dialect.name]) if row[0] in REBUILT]


def test_up_again_the_trail_names_staff_and_the_system(kit: Kit):
    stored = [(row.actor_kind, row.actor_id, row.staff_id) for row in kit.rows(AuditEntry)]
    again(kit)
    assert [(row.actor_kind, row.actor_id, row.staff_id) for row in kit.rows(AuditEntry)] == stored
    assert (ActorKind.SYSTEM, NOBODY, None) in stored
    assert (ActorKind.STAFF, kit.agent.staff_id, kit.agent.staff_id) in stored


def test_every_row_of_the_trail_keeps_its_hash(kit: Kit):
    again(kit)
    assert [row.id for row in kit.rows(AuditEntry) if hash_of(row) != row.content_hash] == []


def test_up_again_records_say_who_recorded_them(kit: Kit):
    again(kit)
    agent = kit.agent.actor
    for record in kit.rows(ServiceRecord):
        assert (record.recorded_by_kind, record.recorded_by_id, record.recorded_by_name) == (
            agent.kind,
            agent.id,
            agent.name,
        )


def test_up_again_a_key_answers_whoever_sent_it_first(kit: Kit):
    first = kit.rows(ServiceRecord)[-1].id
    again(kit)
    repeated = kit.record(kit.rows(ServiceRecord)[0].asset_id, idempotency_key="once")
    assert (repeated.id, repeated.changed) == (first, False)


@pytest.mark.parametrize("statement", [TRAIL, RECORDS, KEYS], ids=["trail", "records", "keys"])
def test_down_and_up_nothing_else_is_changed(kit: Kit, statement: str):
    engine = kit.desk.database.engine
    before = there(engine, statement)
    downgrade(engine, BEFORE)
    assert there(engine, statement) == before
    upgrade(engine)
    assert there(engine, statement) == before
    assert before != []


def test_every_trigger_is_there_before_and_after(kit: Kit):
    engine = kit.desk.database.engine
    before = triggers(engine)
    downgrade(engine, BEFORE)
    assert triggers(engine) == before
    upgrade(engine)
    assert triggers(engine) == before
    assert {row[0] for row in before} == REBUILT


def test_up_again_the_desk_goes_on_and_its_statistics_with_it(kit: Kit):
    again(kit)
    kit.done(kit.purchase())
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()


def test_down_leaves_out_what_no_member_of_staff_sent(kit: Kit):
    asset_id = kit.purchase()
    customer = Actor(ActorKind.CUSTOMER, kit.row(Asset, asset_id).customer_id, "مشتری")
    command = recording(asset_id, idempotency_key="theirs")
    assert record_service(kit.desk, Viewer(customer, kit.agent.permissions), command).problems == ()
    downgrade(kit.desk.database.engine, BEFORE)
    assert [row[2] for row in there(kit.desk.database.engine, KEYS)] == ["once"]


@pytest.mark.parametrize("revision", [BEFORE, "head"])
def test_the_trail_is_append_only_before_and_after(kit: Kit, revision: str):
    engine = kit.desk.database.engine
    downgrade(engine, BEFORE)
    if revision == "head":
        upgrade(engine)
    with engine.connect() as connection, pytest.raises(IntegrityError, match="audit_entry is append-only"):
        connection.execute(text("UPDATE audit_entry SET actor = 'x'"))


def test_down_leaves_no_column_behind(kit: Kit):
    engine = kit.desk.database.engine
    downgrade(engine, BEFORE)
    tables = ("audit_entry", "idempotency_key", "staff_session", "service_record")
    columns = {column["name"] for table in tables for column in inspect(engine).get_columns(table)}
    assert [name for name in columns if name.startswith(("actor_", "recorded_by"))] == []
