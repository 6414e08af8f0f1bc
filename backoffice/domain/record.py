"""A service record's states and its number."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from backoffice.domain.text import to_latin_digits


class RecordStatus(StrEnum):
    """Where a service record stands."""

    REQUESTED = "requested"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOIDED = "voided"


WAITING = frozenset({RecordStatus.REQUESTED, RecordStatus.SCHEDULED})
"""States in which the work has not begun."""

OPEN = WAITING | {RecordStatus.IN_PROGRESS}
"""States in which the work is still to be done."""

ENDED = frozenset({RecordStatus.CANCELLED, RecordStatus.VOIDED})
"""States in which nothing of the record counts any more."""

WORKED = frozenset({RecordStatus.DONE, RecordStatus.CLOSED})
"""States in which the work is done and counts."""

_R = RecordStatus

TRANSITIONS: Mapping[RecordStatus, frozenset[RecordStatus]] = MappingProxyType(
    {
        _R.REQUESTED: frozenset({_R.SCHEDULED, _R.IN_PROGRESS, _R.DONE, _R.CANCELLED}),
        _R.SCHEDULED: frozenset({_R.SCHEDULED, _R.IN_PROGRESS, _R.DONE, _R.CANCELLED}),
        _R.IN_PROGRESS: frozenset({_R.DONE, _R.CANCELLED}),
        _R.DONE: frozenset({_R.CLOSED, _R.VOIDED, _R.IN_PROGRESS}),  # reopened
        _R.CLOSED: frozenset({_R.VOIDED}),
        _R.CANCELLED: frozenset(),
        _R.VOIDED: frozenset(),
    }
)
"""The states that may follow each state. Steps may be skipped forwards up to done; what is scheduled may be put off."""

NUMBER_PREFIX = "SR-"
_NUMBER = re.compile(NUMBER_PREFIX + r"(\d{1,18})", re.ASCII | re.IGNORECASE)


def may_become(old: RecordStatus, new: RecordStatus) -> bool:
    """Whether a record may go from ``old`` to ``new`` in one step."""
    return new in TRANSITIONS[old]


def record_number(record_id: int) -> str:
    """The number people use for a record: ``SR-000123``. Derived from its id, never stored."""
    return f"{NUMBER_PREFIX}{record_id:06d}"


def record_id_of(number: str) -> int | None:
    """The id behind a record number typed with any digits; None for what is not one."""
    found = _NUMBER.fullmatch(to_latin_digits(number).strip())
    return int(found[1]) if found else None
