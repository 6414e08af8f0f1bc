"""Support periods: from a day to a day in the Jalali calendar, for one asset and one track."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backoffice.domain.calendar import add_jalali_months, jalali


class Track(StrEnum):
    """What a period is of: support of the software, or warranty of the device."""

    SUPPORT = "support"
    WARRANTY = "warranty"


class PeriodKind(StrEnum):
    """Where a period comes from."""

    INITIAL = "initial"
    RENEWAL = "renewal"
    GOODWILL = "goodwill"
    TRANSFER = "transfer"


class PeriodStatus(StrEnum):
    """Where a period stands on a day; derived, never stored."""

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Period:
    """The days from ``starts_on`` up to, not including, ``ends_before`` (Gregorian days of Tehran)."""

    starts_on: date
    ends_before: date
    track: Track = Track.SUPPORT
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.starts_on >= self.ends_before:
            raise ValueError(f"a period from {self.starts_on} ends after that day, not before {self.ends_before}")

    @property
    def last_day(self) -> date:
        """The last day inside the period, the one people are told."""
        return self.ends_before - timedelta(days=1)

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the period, cancelled or not."""
        return self.starts_on <= day < self.ends_before

    def overlaps(self, other: "Period") -> bool:
        """Whether both stand on the same track and share a day. Cancelled periods overlap nothing."""
        if self.cancelled or other.cancelled or self.track is not other.track:
            return False
        return self.starts_on < other.ends_before and other.starts_on < self.ends_before

    def status_on(self, day: date) -> PeriodStatus:
        """Where the period stands on ``day``."""
        if self.cancelled:
            return PeriodStatus.CANCELLED
        if day < self.starts_on:
            return PeriodStatus.SCHEDULED
        return PeriodStatus.ACTIVE if self.contains(day) else PeriodStatus.EXPIRED


def period_bounds(anchor: date, from_month: int, months: int) -> tuple[date, date]:
    """``(starts_on, ends_before)`` of the ``months`` Jalali months that begin ``from_month`` months after ``anchor``.

    Every bound is counted from the anchor and rolls forward, so a day that some year lacks is not lost for the next
    one: bought on 30 Esfand 1403, the first year's last day is 29 Esfand 1404. Raises ValueError unless ``months`` is
    positive.
    """
    if months <= 0:
        raise ValueError(f"a period lasts at least one month, not {months}")
    return add_jalali_months(anchor, from_month), add_jalali_months(anchor, from_month + months)


def renewal_anchor(periods: Iterable[Period], starts_on: date) -> tuple[date, int]:
    """``(anchor, offset in months)`` of a renewal of one track's ``periods`` that starts on ``starts_on``.

    A renewal that begins where an unbroken chain of periods ends is counted from the first start in that chain that
    lies whole months back. After a gap, or after a period that was not whole months, the anchor starts anew:
    ``(starts_on, 0)``. Cancelled periods are passed over.
    """
    starts_by_end = {period.ends_before: period.starts_on for period in periods if not period.cancelled}
    chain: list[date] = []
    start = starts_by_end.get(starts_on)
    while start is not None:
        chain.insert(0, start)
        start = starts_by_end.get(start)
    for anchor in chain:
        offset = _months_between(anchor, starts_on)
        if offset is not None:
            return anchor, offset
    return starts_on, 0


def _months_between(anchor: date, day: date) -> int | None:
    """How many whole Jalali months after ``anchor`` the ``day`` is, rolling forward; None when it is not."""
    first, last = jalali(anchor), jalali(day)
    months = (int(last.year) - int(first.year)) * 12 + int(last.month) - int(first.month)
    # A bound that rolled forward stands in the month after the one it was counted in.
    return next((n for n in (months, months - 1) if add_jalali_months(anchor, n) == day), None)
