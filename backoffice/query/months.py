"""Spans of time that are whole Jalali months in Tehran."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from backoffice.domain.calendar import business_day, jalali_month, month_span

BEGIN, END = datetime(1922, 1, 1, tzinfo=UTC), datetime(2222, 1, 1, tzinfo=UTC)
"""Between these lie the months that a record can have."""


@dataclass(frozen=True)
class Months:
    """From the month ``first`` (140501) up to, not including, ``before``; None where that side is open."""

    first: int | None
    before: int | None


def whole_months(span: object) -> Months | None:
    """The months that a ``DateTimeFilter`` covers; None where it cuts one of them in two."""
    given = span if isinstance(span, Mapping) else {}
    bounds = [_month_begun(given[name]) if given.get(name) is not None else None for name in ("gte", "lt")]
    whole = all((bound is None) == (given.get(name) is None) for bound, name in zip(bounds, ("gte", "lt"), strict=True))
    return Months(*bounds) if whole else None


def _month_begun(instant: datetime) -> int | None:
    """The month whose first moment this is; None inside a month, or beyond those of records."""
    if not BEGIN <= instant < END:
        return None
    month = jalali_month(business_day(instant))
    return month if instant == month_span(month)[0] else None
