"""The figures of the dashboard: services of twelve Jalali months, free and charged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypedDict

from backoffice.domain.calendar import TEHRAN, jalali_month, parse_jalali
from backoffice.domain.coverage import Outcome
from backoffice.query.reader import Reader
from backoffice.query.typed_rows import selected

MONTHS = 12
FREE = {Outcome.FREE.name, Outcome.ALLOWANCE.name}


class _Key(TypedDict):
    dimension: object
    value: object


class _Counted(TypedDict):
    count: int
    keys: list[_Key]


@dataclass(frozen=True)
class Month:
    """The services asked for in one Jalali month (140509), without those cancelled or voided."""

    month: int
    free: int
    charged: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.free + self.charged


def twelve_months(reader: Reader, today: date) -> tuple[Month, ...]:
    """The month of ``today`` and the eleven before it, oldest first."""
    months = _last_months(jalali_month(today))
    begin = datetime.combine(parse_jalali(f"{months[0] // 100}/{months[0] % 100}/1"), time(), TEHRAN)
    arguments = {"filter": {"requested_at": {"gte": begin}}, "group_by": ["JALALI_MONTH", "OUTCOME"]}
    counts: Counter[tuple[int, bool]] = Counter()
    for row in reader.stats(arguments, selected(_Counted)):
        month, outcome = (str(key["value"]) for key in row["keys"])
        counts[int(month), outcome in FREE] += row["count"]
    return tuple(Month(month, counts[month, True], counts[month, False]) for month in months)


def _last_months(latest: int) -> Sequence[int]:
    year, month = divmod(latest, 100)
    numbers = range(year * 12 + month - MONTHS, year * 12 + month)
    return [number // 12 * 100 + number % 12 + 1 for number in numbers]
