"""Spans of time that are whole Jalali months in Tehran."""

from collections.abc import Mapping
from datetime import UTC, datetime

from backoffice.domain.calendar import business_day, jalali_month, month_span

BEGIN, END = datetime(1922, 1, 1, tzinfo=UTC), datetime(2222, 1, 1, tzinfo=UTC)
"""Between these lie the months that a record can have."""


def are_whole_months(span: object) -> bool:
    """Whether a ``DateTimeFilter`` cuts no month in two, one that is open on a side or on both among them."""
    given = span if isinstance(span, Mapping) else {}
    bounds = (given[name] for name in ("gte", "lt") if given.get(name) is not None)
    return all(month_begun(bound) is not None for bound in bounds)


def month_begun(instant: datetime) -> int | None:
    """The month (140501) whose first moment this is; None inside a month, or beyond those of records."""
    if not BEGIN <= instant < END:
        return None
    month = jalali_month(business_day(instant))
    return month if instant == month_span(month)[0] else None
