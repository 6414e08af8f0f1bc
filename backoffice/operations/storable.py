"""What no database could store of an input: characters that are none, and days beyond every calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from backoffice.domain.text import is_writing

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 1, 1)
"""Days outside these are slips of the pen, and beyond what every calendar in use can tell."""


def unstorable(value: object) -> str | None:
    """The detail of the INVALID that ``value``, or something inside it, is; None for what can be stored."""
    return next(filter(None, map(_unstorable, _leaves(value))), None)


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
