"""What an operation is asked: the base of the commands, and what no database could store of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

from backoffice.domain.canonical import content_hash
from backoffice.domain.plan import PlanTerm
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import is_writing
from backoffice.operations.result import UNSET

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 1, 1)
"""Days outside these are slips of the pen, and beyond what every calendar in use can tell."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """Base of all commands. ``operation`` is the name in the audit trail."""

    operation: ClassVar[str]

    def input_hash(self) -> str:
        """What tells one input from another: every field that compares, instants as UTC, but the idempotency key.

        What was not given tells nothing, so that a field that comes with the next release makes no input another one.
        """
        telling = (field.name for field in fields(self) if field.compare and field.name != "idempotency_key")
        values = {name: _plain(getattr(self, name)) for name in telling}
        given = {name: value for name, value in values.items() if value is not None}
        return content_hash({"operation": self.operation, "input": given})


@dataclass(frozen=True, kw_only=True)
class Repeatable(Command):
    """A command that may be sent twice: the same key and input give the same answer and one effect."""

    idempotency_key: str | None = None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, PlanTerm):
        return value.to_document()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return None if value is UNSET else value


def unstorable(command: Command) -> tuple[Problem, ...]:
    """INVALID for each field that holds characters no database stores, or a day beyond the calendars."""
    return tuple(_problems(command))


def _problems(command: Command) -> Iterator[Problem]:
    for field in fields(command):
        for value in _leaves(getattr(command, field.name)):
            detail = _unstorable(value)
            if detail:
                yield Problem(code=ErrorCode.INVALID, detail=detail, path=(field.name,))
                break


def _leaves(value: object) -> Iterator[object]:
    """The plain values inside nested mappings, sequences and dataclasses, keys included."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from _leaves(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name))
    else:
        yield value


def _unstorable(value: object) -> str | None:
    if isinstance(value, str) and not is_writing(value):
        return "characters"
    if isinstance(value, date) and not EARLIEST <= _day(value) < LATEST:
        return "day_out_of_range"
    return None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
