"""The dashboard's bar chart as numbers for an SVG: the template only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from backoffice.admin.dashboard_figures import Month

WIDTH, BASE, TALLEST = 680, 190, 168
STEP, BAR = 56, 26
LINES = 4
GAP = 2


@dataclass(frozen=True)
class Bar:
    """One month: where its two boxes stand, in the units of the drawing."""

    month: int
    x: float
    middle: float
    free_top: float
    free_height: float
    paid_top: float
    paid_height: float


@dataclass(frozen=True)
class GridLine:
    """A horizontal line and the number it stands for."""

    y: float
    value: int


@dataclass(frozen=True)
class Chart:
    """Bars from right to left in time order, as Persian is read, and the lines behind them."""

    bars: tuple[Bar, ...]
    lines: tuple[GridLine, ...]


def chart_of(months: Sequence[Month]) -> Chart:
    """The drawing of these months, scaled to a round number at or above the greatest."""
    top = _round_up(max((month.total for month in months), default=0))
    lines = tuple(GridLine(BASE - TALLEST * n / LINES, top * n // LINES) for n in range(LINES + 1))
    return Chart(tuple(_bar(month, place, top) for place, month in enumerate(months)), lines)


def _bar(month: Month, place: int, top: int) -> Bar:
    free, paid = (TALLEST * count / top for count in (month.free, month.charged))
    x = WIDTH - STEP * (place + 1) + (STEP - BAR) / 2
    paid_top = BASE - free - paid - (GAP if free and paid else 0)
    return Bar(month.month, x, x + BAR / 2, BASE - free, free, paid_top, paid)


def _round_up(greatest: int) -> int:
    """A multiple of the number of lines, so that each line stands for a whole number."""
    step = LINES
    while step * 10 <= greatest:
        step *= 10
    return max(-(-greatest // step) * step, LINES)
