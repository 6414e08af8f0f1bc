"""A service record's states, the steps between them, and its number."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import to_latin_digits
from backoffice.domain.transitions import Transitions


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

RECORD_STEPS = Transitions(
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
"""Steps may be skipped forwards up to done; what is scheduled may be put off."""

NUMBER_PREFIX = "SR-"
_NUMBER = re.compile(NUMBER_PREFIX + r"(\d{1,18})", re.ASCII | re.IGNORECASE)


def may_become(old: RecordStatus, new: RecordStatus) -> bool:
    """Whether a record may go from ``old`` to ``new`` in one step."""
    return RECORD_STEPS.allow(old, new)


@dataclass(frozen=True, kw_only=True)
class RecordState:
    """What of a stored record says which operations are possible on it.

    ``waits_for_approval`` is whether an override of it waits for a second person, ``retired_type`` the code of its
    service type where no plugin brings it any more.
    """

    status: RecordStatus
    waits_for_approval: bool
    retired_type: str | None = None


def step_to(
    wanted: RecordStatus, *, out_of: Collection[RecordStatus] = frozenset(RecordStatus)
) -> Callable[[RecordState, object], Problem | None]:
    """The rule of a step to ``wanted``: CONFLICT where the record's state has no such step, whoever asks.

    ``out_of`` tells apart steps that lead to the same state: work that is started from work that is reopened.
    """

    def possible(state: RecordState, viewer: object) -> Problem | None:
        if state.status in out_of and may_become(state.status, wanted):
            return None
        params = {"status": state.status, "wanted": wanted}
        return Problem(code=ErrorCode.CONFLICT, detail="status", path=("id",), params=params)

    return possible


def completable(state: RecordState, viewer: object) -> Problem | None:
    """The rule of completing: a step to done, of a record whose service type is there to say what that means."""
    problem = _to_done(state, viewer)
    if problem is None and state.retired_type is not None:
        params = {"service_type": state.retired_type}
        return Problem(code=ErrorCode.CONFLICT, detail="service_type_retired", path=("id",), params=params)
    return problem


_to_done = step_to(RecordStatus.DONE)


def overridable(state: RecordState, viewer: object) -> Problem | None:
    """The rule of an override: CONFLICT for a record that has ended, and while another override waits."""
    if state.status in ENDED:
        params = {"status": state.status}
        return Problem(code=ErrorCode.CONFLICT, detail="record_ended", path=("id",), params=params)
    if state.waits_for_approval:
        return Problem(code=ErrorCode.CONFLICT, detail="override_waiting", path=("id",))
    return None


def record_number(record_id: int) -> str:
    """The number people use for a record: ``SR-000123``. Derived from its id, never stored."""
    return f"{NUMBER_PREFIX}{record_id:06d}"


def record_id_of(number: str) -> int | None:
    """The id behind a record number typed with any digits; None for what is not one."""
    found = _NUMBER.fullmatch(to_latin_digits(number).strip())
    return int(found[1]) if found else None
