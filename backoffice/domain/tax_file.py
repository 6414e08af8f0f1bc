"""Dated VAT as people fill it in, read from the rows of a sheet; every mistake is told at once.

The table's columns are ``starts_on``, ``percent`` and, if wanted, ``last_day``, the last day that the rate holds on. A
rate without one holds until the next begins. ``docs/file-formats.md`` has an example.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from backoffice.domain import cell_text
from backoffice.domain.sheet import Cell, Mistakes, Reading, SheetRow

COLUMNS = ("starts_on", "percent")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DatedRate:
    """VAT from ``starts_on`` up to, not including, ``ends_before``, in hundredths of a per cent."""

    starts_on: date
    ends_before: date | None
    basis_points: int

    @property
    def fraction(self) -> Decimal:
        """The rate as a number: 0.1 is ten per cent."""
        return Decimal(self.basis_points) / 10_000


def read_taxes(rows: Sequence[SheetRow], names: Mapping[str, str]) -> tuple[DatedRate, ...] | Mistakes:
    """The rates in ``rows`` by their first day, or everything that is wrong with them."""
    reading = Reading(rows, names)
    reading.fields((), above="starts_on")
    found = sorted(_rates(reading), key=lambda pair: pair[0].starts_on)
    for (earlier, cell), (later, later_cell) in pairwise(found):
        if earlier.starts_on == later.starts_on:
            reading.problems.append(later_cell.problem("repeated", {"first": cell.row}))
        elif earlier.ends_before is not None and earlier.ends_before > later.starts_on:
            reading.problems.append(later_cell.problem("overlaps", {"first": cell.row}))
    return Mistakes(tuple(reading.problems)) if reading.problems else chained(rate for rate, _ in found)


def chained(rates: Iterable[DatedRate]) -> tuple[DatedRate, ...]:
    """The rates by their first day, each open one ended where the next begins."""
    ordered = sorted(rates, key=lambda rate: rate.starts_on)
    ends = [*(rate.starts_on for rate in ordered[1:]), None]
    return tuple(
        replace(rate, ends_before=end) if rate.ends_before is None else rate
        for rate, end in zip(ordered, ends, strict=False)
    )


def _rates(reading: Reading) -> Iterator[tuple[DatedRate, Cell]]:
    for row in reading.table(COLUMNS, ("last_day",)):
        starts_on = reading.value(row["starts_on"], cell_text.day)
        points = reading.value(row["percent"], cell_text.basis_points)
        last_cell = row.get("last_day")
        last_day = reading.value(last_cell, cell_text.day) if last_cell is not None and last_cell.text else None
        if last_cell is not None and last_day is not None and starts_on is not None and last_day < starts_on:
            reading.problems.append(last_cell.problem("before_first_day"))
        elif starts_on is not None and points is not None:
            yield DatedRate(starts_on, None if last_day is None else last_day + DAY, points), row["starts_on"]
