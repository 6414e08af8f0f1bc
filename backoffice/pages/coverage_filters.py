"""The filters for what is covered and why: periods, reasons, what a decision lacks."""

from collections.abc import Callable, Mapping, Sequence

from backoffice.domain.period import PeriodStatus
from backoffice.domain.record import record_number

TELLING = (
    "distance_beyond",
    "allowance_exhausted",
    "allowance_available",
    "free_inside",
    "free_outside",
    "quoted",
    "after_period",
    "between_periods",
    "before_purchase",
    "before_first_period",
    "no_period",
    "charged",
)
"""Codes of reasons, the most telling first."""

INPUT_NAMES: Mapping[str, str] = {
    "distance_metres": "فاصلهٔ محل مشتری",
    "minutes": "مدت کار",
    "performed_at": "زمان انجام",
}


def shown_periods(periods: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Of an asset's periods the ones that matter today: those that run or are to come, else the last of each track."""
    live = [period for period in periods if period["status"] in (PeriodStatus.ACTIVE, PeriodStatus.SCHEDULED)]
    return live or list({period["track"]: period for period in periods}.values())


def telling(reasons: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """Of a decision's reasons the one that says most in a single line."""
    by_code = {str(reason["code"]): reason for reason in reasons}
    return next((by_code[code] for code in TELLING if code in by_code), reasons[0])


def input_name(name: str) -> str:
    """The words for an input that a decision lacks."""
    return INPUT_NAMES.get(name, name)


COVERAGE_FILTERS: Mapping[str, Callable[..., object]] = {
    function.__name__: function for function in (input_name, record_number, shown_periods, telling)
}
