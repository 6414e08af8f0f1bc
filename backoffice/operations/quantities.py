"""Minutes, metres and instants as they may be given: in their bounds, and not from the future."""

from datetime import UTC, datetime

from backoffice.domain.problem import ErrorCode
from backoffice.operations.result import refuse
from backoffice.operations.work import Work

MOST_MINUTES = 100_000
"""Of one service: some ten weeks without a pause; more is a slip of the pen."""

MOST_METRES = 20_000_000
"""No road on earth is longer."""

MOST_MONTHS = 240
"""Of one support period."""


def minutes(value: int | None) -> int | None:
    """The minutes of work, at least 0."""
    return _between(value, 0, MOST_MINUTES, "minutes")


def metres(value: int | None) -> int | None:
    """The road distance in metres, at least 0."""
    return _between(value, 0, MOST_METRES, "distance_metres")


def months(value: int | None) -> int | None:
    """The length of a support period, at least 1."""
    return _between(value, 1, MOST_MONTHS, "support_months")


def performed(work: Work, value: datetime | None) -> datetime | None:
    """When the work was done, in UTC; INVALID in the future."""
    if value is None:
        return None
    instant = value.astimezone(UTC)
    if instant > work.now:
        raise refuse(ErrorCode.INVALID, "in_the_future", path=("performed_at",))
    return instant


def _between(value: int | None, least: int, most: int, path: str) -> int | None:
    if value is not None and not least <= value <= most:
        raise refuse(ErrorCode.INVALID, "out_of_range", path=(path,), least=least, most=most)
    return value
