"""The filters of the admin's templates: digits, days, money and words as Persian readers expect them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from backoffice import wording
from backoffice.admin.base import key_of
from backoffice.admin.tones import mode_icon, outcome_icon, tone
from backoffice.domain.calendar import TEHRAN, business_day
from backoffice.domain.coverage import Outcome
from backoffice.domain.period import PeriodStatus
from backoffice.domain.record import record_number
from backoffice.domain.text import to_persian_digits

LANGUAGE = "fa"
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
ZWNJ = "\u200c"
IRAN = "+98"
COMMAND_LINE = "خط فرمان"

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
    "distanceMetres": "فاصلهٔ محل مشتری",
    "minutes": "مدت کار",
    "performedAt": "زمان انجام",
}
LONGEST_AMOUNT = 17


def digits(value: object) -> str:
    """Any value with Persian digits."""
    return to_persian_digits(str(value))


def number(value: int | Decimal) -> str:
    """A number with its thousands apart."""
    return wording.number(value, LANGUAGE)


def day(value: date | datetime) -> str:
    """A day as tables show it: ۱۴۰۵/۰۹/۰۱, in Tehran."""
    return wording.day(_day_of(value), LANGUAGE)


def prose_day(value: date | datetime) -> str:
    """A day as prose has it: ۱ آذر ۱۴۰۵."""
    return wording.long_day(_day_of(value), LANGUAGE)


def long_day(value: date | datetime) -> str:
    """A day with its name: یکشنبه ۱ آذر ۱۴۰۵."""
    return f"{WEEKDAYS[_day_of(value).weekday()]} {prose_day(value)}"


def clock(value: datetime) -> str:
    """The time of day in Tehran: ۰۹:۳۵."""
    return to_persian_digits(f"{value.astimezone(TEHRAN):%H:%M}")


def month_name(value: int) -> str:
    """The name of a Jalali month written 140509, without its year."""
    return wording.month(value, LANGUAGE).rsplit(" ", 1)[0]


def month_and_year(value: int) -> str:
    """A Jalali month written 140509, with its year."""
    return wording.month(value, LANGUAGE)


def toman(rials: int) -> str:
    """An amount of rials, in toman."""
    return wording.money(rials, LANGUAGE)


def toman_number(rials: int) -> str:
    """An amount of rials in toman, without the word."""
    return wording.number(Decimal(rials) / 10, LANGUAGE)


def kilometres(metres: int) -> str:
    """A distance of metres, in kilometres."""
    return wording.kilometres(metres, LANGUAGE)


def phone(number_e164: str) -> str:
    """A phone number as people in Iran write it; one from abroad keeps its country code."""
    local = "0" + number_e164.removeprefix(IRAN) if number_e164.startswith(IRAN) else number_e164
    return to_persian_digits(local)


def label(value: object, kind: str) -> str:
    """The word for an enum's value: ``'done'|label('status')``."""
    return wording.say(f"{kind}.{value}", {}, LANGUAGE)


def actor(name: str | None) -> str:
    """Who did something; the command line, which acts as the system, in words."""
    return COMMAND_LINE if name in (None, "system") else str(name)


def known_label(value: object, kind: str) -> str:
    """The word for a stored value that the product may know no more, else the value as it is."""
    return wording.texts(LANGUAGE).get(f"{kind}.{value}", str(value))


def percent(basis_points: int) -> str:
    """A rate in hundredths of a per cent, as a percentage."""
    return wording.percent(Decimal(basis_points) / 10_000, LANGUAGE)


def moment(instant: datetime) -> str:
    """An instant with its day and its time of day, in Tehran."""
    return f"{day(instant)}، {clock(instant)}"


def initials(name: str) -> str:
    """The first letters of the first and the last word, kept apart so that they do not join."""
    words = name.split() or ["؟"]
    return words[0][0] if len(words) == 1 else f"{words[0][0]}{ZWNJ}{words[-1][0]}"


def days_from(later: date, earlier: date) -> int:
    """The days from the second date to the first."""
    return (later - earlier) // timedelta(days=1)


def key(row: Mapping[str, object]) -> int:
    """The primary key behind an object's global id."""
    return key_of(row)


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


def known_outcome(text: str | None) -> str:
    """The words for an outcome that came back with a form; nothing for what is none."""
    return label(text, "outcome") if text in set(Outcome) else "—"


def posted_toman(text: str) -> str:
    """An amount of rials that came back with a form, in toman; nothing for what is none."""
    return toman(int(text)) if text.isascii() and text.isdigit() and len(text) < LONGEST_AMOUNT else ""


def _day_of(value: date | datetime) -> date:
    return business_day(value) if isinstance(value, datetime) else value


FILTERS: Mapping[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        actor,
        clock,
        day,
        days_from,
        digits,
        initials,
        input_name,
        key,
        kilometres,
        known_label,
        known_outcome,
        label,
        long_day,
        mode_icon,
        moment,
        month_and_year,
        month_name,
        number,
        outcome_icon,
        percent,
        phone,
        posted_toman,
        prose_day,
        record_number,
        shown_periods,
        telling,
        tone,
        toman,
        toman_number,
    )
}
