"""The filters of every template: digits, days, money and words as the reader of the page expects them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from backoffice import wording
from backoffice.domain.calendar import TEHRAN, business_day
from backoffice.domain.label import Label
from backoffice.pages.language import language, said
from backoffice.pages.rows import key_of
from backoffice.pages.tones import mode_icon, outcome_icon, tone

ZWNJ = "\u200c"
IRAN = "+98"


def digits(value: object) -> str:
    """Any value with the digits of the reader's language."""
    return wording.digits(str(value), language())


def number(value: int | Decimal) -> str:
    """A number with its thousands apart."""
    return wording.number(value, language())


def day(value: date | datetime) -> str:
    """A day as tables show it: ۱۴۰۵/۰۹/۰۱, in Tehran."""
    return wording.day(_day_of(value), language())


def prose_day(value: date | datetime) -> str:
    """A day as prose has it: ۱ آذر ۱۴۰۵."""
    return wording.long_day(_day_of(value), language())


def long_day(value: date | datetime) -> str:
    """A day with its name: یکشنبه ۱ آذر ۱۴۰۵."""
    return f"{said('weekday', str(_day_of(value).isoweekday()))} {prose_day(value)}"


def clock(value: datetime) -> str:
    """The time of day in Tehran: ۰۹:۳۵."""
    return digits(f"{value.astimezone(TEHRAN):%H:%M}")


def month_name(value: int) -> str:
    """The name of a Jalali month written 140509, without its year."""
    return wording.month(value, language()).rsplit(" ", 1)[0]


def month_and_year(value: int) -> str:
    """A Jalali month written 140509, with its year."""
    return wording.month(value, language())


def toman(rials: int) -> str:
    """An amount of rials, in toman."""
    return wording.money(rials, language())


def toman_number(rials: int) -> str:
    """An amount of rials in toman, without the word."""
    return wording.number(Decimal(rials) / 10, language())


def kilometres(metres: int) -> str:
    """A distance of metres, in kilometres."""
    return wording.kilometres(metres, language())


def phone(number_e164: str) -> str:
    """A phone number as people in Iran write it; one from abroad keeps its country code."""
    local = "0" + number_e164.removeprefix(IRAN) if number_e164.startswith(IRAN) else number_e164
    return digits(local)


def label(value: object, kind: str) -> str:
    """The word for an enum's value: ``'done'|label('status')``."""
    return said(kind, str(value))


def known_label(value: object, kind: str) -> str:
    """The word for a stored value that the product may know no more, else the value as it is."""
    return wording.texts(language()).get(f"{kind}.{value}", str(value))


def percent(basis_points: int) -> str:
    """A rate in hundredths of a per cent, as a percentage."""
    return wording.percent(Decimal(basis_points) / 10_000, language())


def moment(instant: datetime) -> str:
    """An instant with its day and its time of day, in Tehran."""
    return f"{day(instant)}{wording.comma(language())}{clock(instant)}"


def in_language(text: Label) -> str:
    """A text that comes in both languages, in the reader's."""
    return text.in_language(language())


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


def _day_of(value: date | datetime) -> date:
    return business_day(value) if isinstance(value, datetime) else value


FILTERS: Mapping[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        clock,
        day,
        days_from,
        digits,
        in_language,
        initials,
        key,
        kilometres,
        known_label,
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
        prose_day,
        tone,
        toman,
        toman_number,
    )
}
