"""Reading a command: each field as its kind has it, and all that is wrong with them at once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from backoffice.domain.problem import Problem
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Unfit, unfit
from backoffice.operations.result import UNSET
from backoffice.operations.storable import unstorable

C = TypeVar("C", bound=Command)


@dataclass(frozen=True)
class Reading(Generic[C]):
    """A command as a body is given it, and the problems of what was given; a faulty field has its value as it came."""

    command: C
    problems: tuple[Problem, ...]

    @property
    def faulty(self) -> frozenset[str]:
        """The names of the fields that something is wrong with."""
        return frozenset(problem.path[0] for problem in self.problems if problem.path)


def read(command: C, now: datetime) -> Reading[C]:
    """What ``command`` says, by its values alone: no database is asked."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields_of(type(command)):
        try:
            values[field.name] = _read(field, getattr(command, field.name), now)
        except Unfit as error:
            problems += [replace(problem, path=(field.name, *problem.path)) for problem in error.problems]
    reading = Reading(replace(command, **values), tuple(problems))
    return replace(reading, problems=tuple(in_order(command, [*problems, *_contradictions(reading)])))


def in_order(command: Command, problems: list[Problem]) -> list[Problem]:
    """The problems in the order of the fields they are about; those about no field come last."""
    places = {field.name: place for place, field in enumerate(fields(command))}
    return sorted(problems, key=lambda problem: places.get(problem.path[0] if problem.path else "", len(places)))


def _contradictions(reading: Reading[C]) -> Iterator[Problem]:
    """Between fields that are fit by themselves."""
    for problem in reading.command.contradictions():
        if reading.faulty.isdisjoint(problem.path[:1]):
            yield problem


def _read(field: CommandField, value: object, now: datetime) -> object:
    if value is UNSET or (value is None and field.nullable):
        return value
    detail = unstorable(value)
    if detail is not None:
        raise unfit(detail)
    fit = None if value is None else field.given.kind.read(value, now)
    if fit is None and not field.nullable:
        raise unfit("required")
    return fit
