"""How the operations run that are not declared yet."""

from collections.abc import Callable
from dataclasses import fields

from backoffice.access import audit
from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Outbox
from backoffice.operations import reading, repeating
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result
from backoffice.operations.retrying import retried
from backoffice.operations.storable import unstorable
from backoffice.operations.under_way import OPERATION
from backoffice.operations.work import Done, Work, work_in

Body = Callable[[Work], Done | None]
"""What an operation does in its transaction; None when there was nothing to do."""


def perform(desk: Premises, viewer: Viewer, permission: str, command: Command, body: Body) -> Result:
    """Run ``body`` as the operation that ``command`` asks for.

    Raises ``Forbidden`` without the permission and ``DatabaseBusy`` when the database refused every attempt. A refusal
    undoes everything, its idempotency key included: what was refused may be tried again under the same key.
    """
    OPERATION.set(command.operation)
    viewer.require(permission)
    problems = faults(desk, command)
    if problems:
        return Result(id=None, problems=problems)
    try:
        return retried(lambda: _transaction(desk, viewer, command, body))
    except Refusal as refusal:
        return refusal.result


def faults(desk: Premises, command: Command) -> tuple[Problem, ...]:
    """What is wrong with the values of ``command``."""
    problems = list(reading.read(command, desk.clock()).problems)
    for field in fields(command):
        detail = unstorable(getattr(command, field.name))
        if detail and not any(problem.path == (field.name,) for problem in problems):
            problems.append(Problem(code=ErrorCode.INVALID, detail=detail, path=(field.name,)))
    return tuple(problems)


def _transaction(desk: Premises, viewer: Viewer, command: Command, body: Body) -> Result:
    with desk.database.writing() as session:
        work = work_in(desk, viewer, session)
        key = repeating.claim(work, command.operation, command)
        if isinstance(key, Result):
            return key
        done = body(work)
        if key is not None:
            repeating.remember(key, done)
        if done is None:
            return Result(id=None)
        leave_traces(work, command, done)
        return Result(id=done.entity_id, decision=done.decided, changed=True)


def leave_traces(work: Work, command: Command, done: Done) -> None:
    """The audit row and the outbox rows, in the transaction of the change.

    What an operation returns is traced by itself; one that changes several objects calls this for each of the others.
    """
    change = audit.Change(done.entity, done.entity_id, done.before, done.after, done.reason)
    audit.append(work.session, work.viewer, at=work.now, operation=command.operation, change=change)
    for event in done.events:
        payload = {"id": done.entity_id, "staff_id": work.viewer.staff_id}
        work.session.add(
            Outbox(at=work.now, event=event, entity=done.entity, entity_id=done.entity_id, payload=payload)
        )
