"""The migration that brings consumers and deliveries: up and down on a desk whose outbox has events."""

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from backoffice.migrations import downgrade, upgrade
from backoffice.models import Outbox
from tests.builders import Kit, kit_on, prepare_desk
from tests.conftest import MakeDatabase

BEFORE = "0009"
EVENTS = "SELECT id, at, event, entity, entity_id, payload, delivered_at FROM outbox ORDER BY id"
DELIVER = "UPDATE outbox SET delivered_at = at WHERE id = (SELECT MIN(id) FROM outbox)"


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    """A desk of the version before with an event that was delivered, and others that wait."""
    kit = kit_on(make_database(prepare_desk))
    kit.done(kit.purchase())
    downgrade(kit.desk.database.engine, BEFORE)
    with kit.desk.database.engine.begin() as connection:
        connection.execute(text(DELIVER))
    return kit


def there(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(EVENTS))]


def test_what_was_delivered_was_dispatched_and_nothing_else(kit: Kit):
    upgrade(kit.desk.database.engine)
    first, *others = kit.rows(Outbox)
    assert first.dispatched_at == first.delivered_at is not None
    assert {(event.dispatched_at, event.delivered_at) for event in others} == {(None, None)}


def test_up_and_down_no_event_is_changed(kit: Kit):
    engine = kit.desk.database.engine
    before = there(engine)
    upgrade(engine)
    assert there(engine) == before
    downgrade(engine, BEFORE)
    assert there(engine) == before


def test_up_again_a_settled_delivery_is_final(kit: Kit):
    engine = kit.desk.database.engine
    upgrade(engine)
    downgrade(engine, BEFORE)
    upgrade(engine)
    event_id = kit.rows(Outbox)[-1].id
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO consumer VALUES ('c', 0, '2026-01-01 00:00:00')"))
        connection.execute(
            text(
                "INSERT INTO delivery (outbox_id, consumer_code, entity, entity_id, status, attempts, settled_at,"
                " created_at) VALUES (:event, 'c', 'Office', 1, 'delivered', 1, '2026-01-01 00:00:00',"
                " '2026-01-01 00:00:00')"
            ),
            {"event": event_id},
        )
    with engine.connect() as connection, pytest.raises(IntegrityError, match="a settled delivery is final"):
        connection.execute(text("UPDATE delivery SET attempts = 2"))
