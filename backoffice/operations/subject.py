"""The object that an operation is offered on: found, held against others, in the state that was read."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import Problem
from backoffice.operations import lookups, versions
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Id, Version
from backoffice.operations.result import Refusal
from backoffice.operations.work import Work

State = TypeVar("State")
Possible = Callable[[State, Viewer], Problem | None]
"""Why an operation cannot be done to an object in this state by this viewer; None where it can."""


def always(state: object, viewer: Viewer) -> None:
    """No state stands in the way."""


def by_id(work: Work, command: Command, entity: str) -> Sequence[Any]:
    """The object whose id the command has; NOT_FOUND at that field when the viewer sees none."""
    name = _named(type(command), entity).name
    return [lookups.found(work, lookups.KEPT[entity].model, getattr(command, name), name)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject(Generic[State]):
    """One entity as the subject of operations.

    ``state`` is the frozen state of a stored object, from its columns only: what ``possible`` is asked about, by
    ``perform`` of the row and by faces of what they read. ``find`` gives the objects that a command is about, ``hold``
    keeps one from others until the transaction ends. ``named_by`` are the fields of a command that name the objects
    where that is not the field with the id.
    """

    entity: str
    state: Callable[[Work, Any], State]
    find: Callable[[Work, Any, str], Sequence[Any]] = by_id
    named_by: tuple[str, ...] = ()
    hold: Callable[[Work, Any], None] = lookups.lock

    def refuse_impossible(
        self, work: Work, command: Command, possible: Possible[State], *, faulty: Collection[str]
    ) -> None:
        """Hold the objects and refuse what cannot be done to them: NOT_FOUND, STALE by the version, or ``possible``'s.

        Nothing is held where nothing can stand in the way, or where one of the ``faulty`` fields names the objects.
        """
        version = _version(command)
        if (possible is always and version is None) or not self._named_by(command).isdisjoint(faulty):
            return
        for row in self.find(work, command, self.entity):
            self.hold(work, row)
            if version is not None:
                versions.refuse_stale(row, version)
            self.refuse(work, row, possible)

    def refuse(self, work: Work, row: Any, possible: Possible[State]) -> None:
        """Refuse what the state of ``row`` does not allow."""
        problem = possible(self.state(work, row), work.viewer)
        if problem is not None:
            raise Refusal(problem)

    def _named_by(self, command: Command) -> frozenset[str]:
        """The fields that name the objects."""
        return frozenset(self.named_by or [_named(type(command), self.entity).name])


def stateless(entity: str) -> Subject[None]:
    """An entity whose objects are always in a state to be changed."""
    return Subject(entity=entity, state=lambda work, row: None)


def _named(command: type[Command], entity: str) -> CommandField:
    """The field with the id of the subject: the one that is of its entity."""
    of_entity: Iterator[CommandField] = (field for field in fields_of(command) if field.given.kind == Id(entity))
    return next(of_entity)


def _version(command: Command) -> int | None:
    versions_read = (field for field in fields_of(type(command)) if isinstance(field.given.kind, Version))
    field = next(versions_read, None)
    return None if field is None else getattr(command, field.name)
