"""An operation, said once: what it is called, who may do it, what it asks, when it is possible, and how it runs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from backoffice.access import audit
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Outbox
from backoffice.operations import lookups, reading, repeating
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Called, Id, Ids
from backoffice.operations.premises import Premises
from backoffice.operations.reading import Reading
from backoffice.operations.result import Refusal, Result
from backoffice.operations.retrying import retried
from backoffice.operations.subject import Possible, Subject, always
from backoffice.operations.under_way import OPERATION
from backoffice.operations.work import Done, Work, work_in

C = TypeVar("C", bound=Command)


class Undeclared(Exception):
    """A body did what its operation does not declare: another entity's object, or an event that it does not tell."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation(Generic[C]):
    """One thing that people do with the desk: the declaration that every face derives from, beside its body.

    ``name`` is the audit trail's, and in camelCase the mutation's. ``label`` is what a button says, ``explained`` what
    follows from it, ``description`` one sentence for the API. ``entity`` is of the object whose id the result carries.
    ``events`` are all that it may tell. ``about`` is what it is offered on, None when it begins something new;
    ``possible`` says from the subject's state why not. ``danger`` marks what cannot be undone, ``in_api`` what has a
    mutation.
    """

    name: str
    label: Label
    description: str
    permission: str
    command: type[C]
    entity: str
    events: tuple[Event, ...]
    body: Callable[[Work, C], Done | None] = field(repr=False)
    explained: Label | None = None
    about: Subject[Any] | None = None
    possible: Possible[Any] = always
    danger: bool = False
    in_api: bool = False

    @property
    def subject(self) -> str | None:
        """The entity on whose objects it is offered."""
        return None if self.about is None else self.about.entity

    @property
    def fields(self) -> Sequence[CommandField]:
        """What its command is given."""
        return fields_of(self.command)

    def why_not(self, state: object, viewer: Viewer) -> Problem | None:
        """Why the viewer cannot do it to a subject in this state; None where they can. Asks no database."""
        if not viewer.may(self.permission):
            return Problem(code=ErrorCode.FORBIDDEN, params={"permission": self.permission})
        return self.possible(state, viewer)

    def __call__(self, desk: Premises, viewer: Viewer, command: C) -> Result:
        """Do it, as ``perform`` says."""
        return perform(self, desk, viewer, command)


def perform(operation: Operation[C], desk: Premises, viewer: Viewer, command: C) -> Result:
    """Do what ``command`` asks, in one transaction.

    Raises ``Forbidden`` without the permission and ``DatabaseBusy`` when the database refused every attempt. All faults
    of the input come at once: what its values are by themselves, ids that name nothing, what its subject's state does
    not allow. A refusal undoes everything, its idempotency key included: what was refused may be tried again under it.
    """
    OPERATION.set(operation.name)
    viewer.require(operation.permission)
    try:
        return retried(lambda: _transaction(operation, desk, viewer, command))
    except Refusal as refusal:
        return refusal.result


def _transaction(operation: Operation[C], desk: Premises, viewer: Viewer, command: C) -> Result:
    with desk.database.writing() as session:
        work = work_in(desk, viewer, session)
        given = reading.read(command, work.now)
        key = None if given.problems else repeating.claim(work, operation.name, command)
        if isinstance(key, Result):
            return key
        _refuse_faults(work, operation, given)
        done = operation.body(work, given.command)
        if done is not None:
            _leave_traces(work, operation, done)
        if key is not None:
            repeating.remember(key, done)
        return Result(id=None) if done is None else Result(id=done.entity_id, decision=done.decided, changed=True)


def _refuse_faults(work: Work, operation: Operation[C], given: Reading[C]) -> None:
    problems, entity_id = list(given.problems), None
    faulty = set(given.faulty)
    for refusal in _refusals(work, operation, given, faulty):
        problems += refusal.result.problems
        entity_id = refusal.result.id or entity_id
    if problems:
        raise Refusal(*reading.in_order(given.command, problems), entity_id=entity_id)


def _refusals(work: Work, operation: Operation[C], given: Reading[C], faulty: set[str]) -> Iterator[Refusal]:
    """Of whatever is named and not there, then of the subject, unless it is not there."""
    for named in operation.fields:
        if named.name not in faulty:
            try:
                _find(work, named, getattr(given.command, named.name))
            except Refusal as refusal:
                faulty.add(named.name)
                yield refusal
    try:
        if operation.about is not None:
            operation.about.refuse_impossible(work, given.command, operation.possible, faulty=faulty)
    except Refusal as refusal:
        yield refusal


def _find(work: Work, named: CommandField, value: Any) -> None:
    """Look up what a field names; NOT_FOUND at the field when the viewer sees no such thing."""
    match named.given.kind:
        case Id(entity=entity) if isinstance(value, int):
            lookups.found(work, lookups.KEPT[entity].model, value, named.name)
        case Ids(entity=entity) if isinstance(value, tuple):
            for one in value:
                lookups.found(work, lookups.KEPT[entity].model, one, named.name)
        case Called(find=find) if find is not None and isinstance(value, str):
            find(work, value, named.name)


def _leave_traces(work: Work, operation: Operation[C], done: Done) -> None:
    """The audit row and the outbox rows of each object that was changed, in the transaction of the change."""
    _refuse_undeclared(operation, done)
    for one in (*done.besides, done):
        change = audit.Change(one.entity, one.entity_id, one.before, one.after, one.reason)
        audit.append(work.session, work.viewer, at=work.now, operation=operation.name, change=change)
        work.session.add_all(_told(work, one, event) for event in one.events)


def _told(work: Work, done: Done, event: Event) -> Outbox:
    payload = {"id": done.entity_id, "staff_id": work.viewer.staff_id}
    return Outbox(at=work.now, event=event.value, entity=done.entity, entity_id=done.entity_id, payload=payload)


def _refuse_undeclared(operation: Operation[C], done: Done) -> None:
    told = {event for one in (*done.besides, done) for event in one.events}
    undeclared = told - set(operation.events)
    if undeclared or done.entity != operation.entity:
        raise Undeclared(f"{operation.name} answers with a {done.entity} and tells {sorted(undeclared)}: declare it")
