"""The judge of half-written changes sees what is missing and what is too much."""

from collections.abc import Callable

import pytest

from backoffice.models import Customer, Outbox
from tests.builders import NOW, Kit, kit_on, prepare_desk
from tests.crash.in_step import out_of_step
from tests.databases import MakeDatabase


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    kit = kit_on(make_database(prepare_desk))
    kit.complete(kit.recorded(kit.purchase()))
    return kit


@pytest.fixture
def judged(kit: Kit) -> Callable[[], list[str]]:
    def judge() -> list[str]:
        with kit.desk.database.reading() as session:
            return out_of_step(session)

    return judge


def test_whole_changes_are_in_step(judged: Callable[[], list[str]]) -> None:
    assert judged() == []


def test_an_event_too_many_is_told(kit: Kit, judged: Callable[[], list[str]]) -> None:
    with kit.desk.database.writing() as session:
        again = {"event": "record_opened", "entity": "ServiceRecord", "entity_id": 1}
        session.add(Outbox(at=NOW, payload={}, **again))
    assert judged() == ["record 1: opened 2, not 1"]


def test_a_row_without_its_traces_is_told(kit: Kit, judged: Callable[[], list[str]]) -> None:
    customer = kit.row(Customer, kit.customer())
    values = {column.key: getattr(customer, column.key) for column in Customer.__table__.columns if column.key != "id"}
    with kit.desk.database.writing() as session:
        session.add(Customer(**values | {"code": "untraced"}))
    [told] = kit.rows(Customer, code="untraced")
    assert judged() == [f"customer {told.id}: audit rows 0, not 1", f"customer {told.id}: created 0, not 1"]


def test_a_trace_of_nothing_is_told(kit: Kit, judged: Callable[[], list[str]]) -> None:
    with kit.desk.database.writing() as session:
        session.add(Outbox(at=NOW, payload={}, event="customer_created", entity="Customer", entity_id=999))
    [event] = kit.rows(Outbox, entity_id=999)
    assert judged() == [f"outbox {event.id}: no such Customer"]
