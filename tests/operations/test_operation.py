"""What every operation has in common."""

import dataclasses
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordState, RecordStatus
from backoffice.models import AuditEntry, Customer, CustomerKind, Outbox
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.operation import Undeclared
from backoffice.operations.retrying import ATTEMPTS, Contended, DatabaseBusy, retried
from backoffice.operations.services.start_service import start_service
from tests.builders import Kit

COMMAND = CreateCustomer(name="x", kind=CustomerKind.PERSON)


class Stumbling:
    """A transaction that fails so many times before it answers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.runs = 0

    def __call__(self) -> str:
        self.runs += 1
        if self.failures:
            raise self.failures.pop(0)
        return "answer"


class Refused(Exception):
    """What a driver raises; PostgreSQL's carries a state."""

    def __init__(self, text: str, sqlstate: str | None = None) -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def refused(text: str, sqlstate: str | None = None) -> OperationalError:
    return OperationalError("statement", {}, Refused(text, sqlstate))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("backoffice.operations.retrying.PAUSE", 0)


@pytest.mark.parametrize(
    "failure",
    [
        refused("database is locked"),
        refused("deadlock detected", "40P01"),
        refused("could not serialize access", "40001"),
        refused("lock timeout", "55P03"),
        Contended("no slot"),
    ],
)
def test_a_transaction_that_others_stood_in_the_way_of_is_tried_again(failure: Exception):
    transaction = Stumbling(failure, failure)
    assert (retried(transaction), transaction.runs) == ("answer", 3)


def test_a_failure_of_another_kind_is_raised_at_once():
    transaction = Stumbling(refused("no such table"))
    with pytest.raises(OperationalError):
        retried(transaction)
    assert transaction.runs == 1


def test_trying_ends_with_an_exception_that_says_so():
    transaction = Stumbling(*[Contended("no slot")] * ATTEMPTS)
    with pytest.raises(DatabaseBusy):
        retried(transaction)
    assert transaction.runs == ATTEMPTS


def test_nothing_is_tried_again_when_patience_is_at_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("backoffice.operations.retrying.PATIENCE", 0)
    transaction = Stumbling(Contended("no slot"))
    with pytest.raises(DatabaseBusy):
        retried(transaction)
    assert transaction.runs == 1


def test_what_was_undone_is_done_once_when_it_is_tried_again(kit: Kit):
    runs = []

    def stumbling_once(work, command):
        done = create_customer.body(work, command)
        runs.append(done)
        if len(runs) == 1:
            raise Contended("once")
        return done

    operation = dataclasses.replace(create_customer, body=stumbling_once)
    result = operation(kit.desk, kit.agent, CreateCustomer(name="once", kind=CustomerKind.PERSON))
    assert len(runs) == 2
    assert [customer.id for customer in kit.rows(Customer, name="once")] == [result.id]


def test_an_exception_undoes_everything(fresh_kit: Kit):
    def breaking(work, command):
        create_customer.body(work, command)
        raise ZeroDivisionError

    before = len(fresh_kit.rows(AuditEntry)), len(fresh_kit.rows(Outbox))
    with pytest.raises(ZeroDivisionError):
        dataclasses.replace(create_customer, body=breaking)(fresh_kit.desk, fresh_kit.agent, COMMAND)
    assert fresh_kit.rows(Customer) == []
    assert (len(fresh_kit.rows(AuditEntry)), len(fresh_kit.rows(Outbox))) == before


def test_every_row_is_dated_by_the_desks_clock(kit: Kit):
    kit.clock.now = datetime(2026, 8, 2, 10, 30, tzinfo=UTC)
    customer_id = kit.customer()
    entry = kit.rows(AuditEntry, entity="Customer", entity_id=customer_id)[0]
    event = kit.rows(Outbox, entity="Customer", entity_id=customer_id)[0]
    assert {kit.row(Customer, customer_id).created_at, entry.at, event.at} == {kit.clock.now}


def test_the_audit_trail_says_from_where(kit: Kit):
    viewer = dataclasses.replace(kit.agent, address="192.0.2.7", request_id="r-1")
    result = create_customer(kit.desk, viewer, COMMAND)
    entry = kit.rows(AuditEntry, entity="Customer", entity_id=result.id)[0]
    assert (entry.staff_id, entry.address, entry.request_id) == (viewer.staff_id, "192.0.2.7", "r-1")


def test_a_body_that_tells_an_event_it_does_not_declare_is_a_mistake(kit: Kit):
    operation = dataclasses.replace(create_customer, events=())
    with pytest.raises(Undeclared, match="customer_created"):
        operation(kit.desk, kit.agent, COMMAND)


def test_a_body_that_changes_another_entity_than_it_declares_is_a_mistake(kit: Kit):
    operation = dataclasses.replace(create_customer, entity="Site")
    with pytest.raises(Undeclared, match="Customer"):
        operation(kit.desk, kit.agent, COMMAND)


def test_why_not_says_the_permission_before_the_state(kit: Kit):
    stranger = dataclasses.replace(kit.agent, permissions=frozenset())
    state = RecordState(status=RecordStatus.VOIDED, waits_for_approval=False)
    assert [problem.code for problem in (start_service.why_not(state, who) for who in (stranger, kit.agent))] == [
        ErrorCode.FORBIDDEN,
        ErrorCode.CONFLICT,
    ]
