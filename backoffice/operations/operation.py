"""An operation, said once: what it is called, who may do it, what it asks, when it is possible, and how it runs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeAlias

from typing_extensions import TypeVar

from backoffice.access import audit
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Outbox
from backoffice.operations import idempotency_keys, lookups, reading
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Called, Id, Ids
from backoffice.operations.premises import Premises
from backoffice.operations.reading import Reading
from backoffice.operations.result import Refusal, Result, Told
from backoffice.operations.retrying import retried
from backoffice.operations.subject import Possible, Subject, always
from backoffice.operations.under_way import OPERATION
from backoffice.operations.work import Done, Unchanged, Work, work_in

C = TypeVar("C", bound=Command)
P = TypeVar("P", bound=Command)


Outcome: TypeAlias = Done[Told] | Unchanged[Told] | None
"""What a body has done; None, or what it tells all the same, where there was nothing to do."""


class Undeclared(Exception):
    """A body did what its operation does not declare: another entity's object, or an event that it does not tell."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Preview(Generic[P, Told]):
    """A live answer about an operation before everything it needs is there, or without the right to do it.

    ``command`` is what is known by then, ``body`` answers it and writes nothing; whether the subject allows it is the
    body's to say.
    """

    command: type[P]
    permission: str
    body: Callable[[Work, P], Result[Told]] = field(repr=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation(Generic[C, Told]):
    """One thing that people do with the desk: the declaration that every face derives from, beside its body.

    ``name`` is the audit trail's, and in camelCase the mutation's. ``label`` is what a button says, ``explained`` what
    follows from it, ``description`` one sentence for the API. ``entity`` is of the object whose id the result carries.
    ``events`` are all that it may tell. ``about`` is what it is offered on, None when it begins something new;
    ``possible`` says from the subject's state why not. ``danger`` marks what takes away, ``in_api`` what has a
    mutation. ``preview`` is the live answer about it where ``foresee`` cannot wait for the whole command.
    """

    name: str
    label: Label
    description: str
    permission: str
    command: type[C]
    entity: str
    events: tuple[Event, ...]
    body: Callable[[Work, C], Outcome[Told]] = field(repr=False)
    explained: Label | None = None
    about: Subject[Any] | None = None
    possible: Possible[Any] = always
    preview: Preview[Any, Told] | None = None
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

    def __call__(self, desk: Premises, viewer: Viewer, command: C) -> Result[Told]:
        """Do it, as ``perform`` says."""
        return perform(self, desk, viewer, command)


def perform(operation: Operation[C, Told], desk: Premises, viewer: Viewer, command: C) -> Result[Told]:
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


def foresee(operation: Operation[Any, Told], desk: Premises, viewer: Viewer, command: Command) -> Result[Told]:
    """What doing it would come to now: the same problems, decision and ``told``; ``id`` is None and nothing is left.

    Where the operation declares a ``Preview``, ``command`` is the preview's and so is the permission. Raises as
    ``perform`` does.
    """
    OPERATION.set(operation.name)
    if operation.preview is not None:
        return _previewed(operation.preview, desk, viewer, command)
    viewer.require(operation.permission)
    try:
        return retried(lambda: _undone(operation, desk, viewer, command))
    except Refusal as refusal:
        return refusal.result


class _Undone(Exception):
    """Raised to roll back what was only foreseen."""


def _undone(operation: Operation[C, Told], desk: Premises, viewer: Viewer, command: C) -> Result[Told]:
    """The transaction up to its end, which it never comes to."""
    came: list[Outcome[Told]] = []
    with suppress(_Undone), desk.database.writing() as session:
        work = work_in(desk, viewer, session)
        given = reading.read(command, work.now)
        _refuse_faults(work, given, _subject_of(work, operation, given))
        came.append(operation.body(work, given.command))
        raise _Undone
    return replace(_result(came[0]), id=None, changed=False)


def _previewed(preview: Preview[P, Told], desk: Premises, viewer: Viewer, command: P) -> Result[Told]:
    """What ``preview`` says, from a session that writes nothing."""
    viewer.require(preview.permission)
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        given = reading.read(command, work.now)
        try:
            _refuse_faults(work, given, _no_subject)
            return preview.body(work, given.command)
        except Refusal as refusal:
            return refusal.result


def _transaction(operation: Operation[C, Told], desk: Premises, viewer: Viewer, command: C) -> Result[Told]:
    with desk.database.writing() as session:
        work = work_in(desk, viewer, session)
        given = reading.read(command, work.now)
        key = None if given.problems else idempotency_keys.claim(work, operation.name, command)
        if isinstance(key, Result):
            return key
        _refuse_faults(work, given, _subject_of(work, operation, given))
        outcome = operation.body(work, given.command)
        if isinstance(outcome, Done):
            _leave_traces(work, operation, outcome)
        if key is not None:
            idempotency_keys.remember(key, outcome if isinstance(outcome, Done) else None)
        return _result(outcome)


def _result(outcome: Outcome[Told]) -> Result[Told]:
    match outcome:
        case Done(entity_id=entity_id, decided=decided, told=told):
            return Result(id=entity_id, decision=decided, changed=True, told=told)
        case Unchanged(told=told):
            return Result(id=None, told=told)
    return Result[Told](id=None)


def _refuse_faults(work: Work, given: Reading[C], about: Callable[[Collection[str]], None]) -> None:
    """All faults at once; ``about`` refuses what is wrong with the subject, given the names of the faulty fields."""
    problems, entity_id = list(given.problems), None
    for refusal in _refusals(work, given, about):
        problems += refusal.result.problems
        entity_id = refusal.result.id or entity_id
    if problems:
        raise Refusal(*reading.in_order(given.command, problems), entity_id=entity_id)


def _refusals(work: Work, given: Reading[C], about: Callable[[Collection[str]], None]) -> Iterator[Refusal]:
    """Of whatever is named and not there, then of the subject, unless it is not there."""
    faulty = set(given.faulty)
    for named in fields_of(type(given.command)):
        if named.name not in faulty:
            try:
                _find(work, named, getattr(given.command, named.name))
            except Refusal as refusal:
                faulty.add(named.name)
                yield refusal
    try:
        about(faulty)
    except Refusal as refusal:
        yield refusal


def _subject_of(work: Work, operation: Operation[C, Any], given: Reading[C]) -> Callable[[Collection[str]], None]:
    """What refuses the operation for its subject's sake."""

    def refuse_impossible(faulty: Collection[str]) -> None:
        if operation.about is not None:
            operation.about.refuse_impossible(work, given.command, operation.possible, faulty=faulty)

    return refuse_impossible


def _no_subject(faulty: Collection[str]) -> None:
    """A preview's body looks at the subject by itself."""


def _find(work: Work, named: CommandField, value: Any) -> None:
    """Look up what a field names; NOT_FOUND at the field when the viewer sees no such thing."""
    match named.given.kind:
        case Id(entity=entity) if isinstance(value, int):
            lookups.found(work, lookups.KEPT[entity].model, value, named.name)
        case Ids(entity=entity) if isinstance(value, tuple):
            lookups.all_found(work, lookups.KEPT[entity].model, value, path=named.name)
        case Called(find=find) if find is not None and isinstance(value, str):
            find(work, value, named.name)


def _leave_traces(work: Work, operation: Operation[Any, Any], done: Done[Any]) -> None:
    """The audit row and the outbox rows of each object that was changed, in the transaction of the change."""
    _refuse_undeclared(operation, done)
    for one in (*done.besides, done):
        change = audit.Change(one.entity, one.entity_id, one.before, one.after, one.reason)
        audit.append(work.session, work.viewer, at=work.now, operation=operation.name, change=change)
        work.session.add_all(_told(work, one, event) for event in one.events)


def _told(work: Work, done: Done[object], event: Event) -> Outbox:
    payload = {"id": done.entity_id, "staff_id": work.viewer.staff_id}
    return Outbox(at=work.now, event=event.value, entity=done.entity, entity_id=done.entity_id, payload=payload)


def _refuse_undeclared(operation: Operation[Any, Any], done: Done[Any]) -> None:
    told = {event for one in (*done.besides, done) for event in one.events}
    undeclared = told - set(operation.events)
    if undeclared or done.entity != operation.entity:
        raise Undeclared(f"{operation.name} answers with a {done.entity} and tells {sorted(undeclared)}: declare it")
