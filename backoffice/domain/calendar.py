"""Days of business: Tehran's days of UTC instants, and Jalali arithmetic."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from backoffice.domain.text import to_latin_digits

TEHRAN = ZoneInfo("Asia/Tehran")
"""The zone of business days. Never a fixed offset: until 1401 it had a summer time."""

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present instant, in UTC. Passed in, so that tests and replays have their own."""


def system_clock() -> datetime:
    """The present instant by the machine's clock."""
    return datetime.now(UTC)


def business_day(instant: datetime) -> date:
    """The day in Tehran at ``instant``, which has a time zone; raises ValueError for one without."""
    if instant.tzinfo is None:
        raise ValueError("business_day needs an instant with a time zone")
    return instant.astimezone(TEHRAN).date()


def jalali(day: date) -> JalaliDate:
    """The Jalali date of a Gregorian ``day``."""
    return JalaliDate(day)  # type: ignore[no-untyped-call]


def jalali_year(day: date) -> int:
    """The Jalali year of a day: 1405."""
    return int(jalali(day).year)


def jalali_month(day: date) -> int:
    """The Jalali year and month of a day as one number that sorts: 140508."""
    shown = jalali(day)
    return int(shown.year) * 100 + int(shown.month)


def month_span(month: int) -> tuple[datetime, datetime]:
    """The instants, in UTC, at which a Jalali month (140508) begins in Tehran and at which the next one does."""
    year, number = divmod(month, 100)
    return midnight(_gregorian(year, number, 1)), midnight(_gregorian(*_months_on(year, number, 1), 1))


def midnight(day: date) -> datetime:
    """The instant, in UTC, at which a business day begins in Tehran."""
    return datetime.combine(day, time(), TEHRAN).astimezone(UTC)


def is_jalali_leap(year: int) -> bool:
    """Whether Esfand of the Jalali ``year`` has 30 days."""
    return bool(JalaliDate.is_leap(year))


def add_jalali_months(day: date, months: int) -> date:
    """The same day ``months`` Jalali months on; a day that month does not have rolls forward, to the next 1st."""
    start = jalali(day)
    year, month = _months_on(int(start.year), int(start.month), months)
    if start.day <= JalaliDate.days_in_month(month, year):
        return _gregorian(year, month, int(start.day))
    return _gregorian(*_months_on(year, month, 1), 1)


def parse_jalali(text: str) -> date:
    """The day written as ``۱۴۰۵/۰۹/۰۱``, in either digits, with / or -. Raises ValueError for anything else."""
    parts = to_latin_digits(text).strip().replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"not a Jalali date: {text!r}")
    year, month, day = (int(part) for part in parts)
    return _gregorian(year, month, day)


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    years, month_index = divmod(month - 1 + months, 12)
    return year + years, month_index + 1


def _gregorian(year: int, month: int, day: int) -> date:
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
