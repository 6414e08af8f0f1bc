"""The words for what programs know by a code, in Persian and in English, and the way numbers and days are written.

The texts stand in ``translations/fa.toml`` and ``translations/en.toml`` under the same keys: ``reason.<code>``,
``problem.<code or detail>``, and ``<kind>.<value>`` for every enum. A placeholder names a parameter and how it is
written: ``{distance_metres:kilometres}``, ``{amount:money}``, ``{day:date}``, ``{mode:mode}`` (a text of that kind),
``{label:label}`` (one that comes in both languages), ``{service_type:service}`` (its code, or words for any),
``{used}`` (a number, or a text as it is).
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from string import Formatter

from backoffice.domain.calendar import jalali
from backoffice.domain.decision import Reason
from backoffice.domain.problem import Problem
from backoffice.domain.term import ANY_SERVICE
from backoffice.domain.text import to_persian_digits

LANGUAGES = ("fa", "en")

_MONTHS = {
    "fa": (
        *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
        *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    ),
    "en": (
        *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
        *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
    ),
}
_PERSIAN_MARKS = str.maketrans({",": "٬", ".": "٫"})


def say(code: str, params: Mapping[str, object], language: str) -> str:
    """The text of ``code`` with ``params`` in it; raises KeyError for an unknown code, language or parameter."""
    return _Words(language).vformat(texts(language)[code], (), dict(params))


def reason_text(reason: Reason, language: str) -> str:
    """A reason of a decision as a sentence."""
    return say(f"reason.{reason.code}", reason.params, language)


def problem_text(problem: Problem, language: str) -> str:
    """A problem as a sentence: its own text where it brings one, else that of its detail, else that of its code."""
    if problem.text is not None:
        return problem.text.in_language(language)
    detail = f"problem.{problem.detail}"
    return say(detail if detail in texts(language) else f"problem.{problem.code}", problem.params, language)


@cache
def texts(language: str) -> Mapping[str, str]:
    """Every text of ``language`` by its key; raises KeyError for a language there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    file = resources.files("backoffice") / "translations" / f"{language}.toml"
    groups = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{group}.{key}": text for group, entries in groups.items() for key, text in entries.items()}


def number(value: int | Decimal, language: str) -> str:
    """A number with its thousands apart: ۱٬۲۳۴٫۵ or 1,234.5."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return marked(text, language)


def marked(text: str, language: str) -> str:
    """A number that was written 1,234.5, with the digits and the marks of the language."""
    return to_persian_digits(text).translate(_PERSIAN_MARKS) if language == "fa" else text


def day(value: date, language: str) -> str:
    """A day as tables show it, in the Jalali calendar: ۱۴۰۵/۰۹/۰۱ or 1405/09/01."""
    shown = jalali(value)
    return digits(f"{shown.year:04d}/{shown.month:02d}/{shown.day:02d}", language)


def long_day(value: date, language: str) -> str:
    """A day as prose has it, in the Jalali calendar: ۱ آذر ۱۴۰۵ or 1 Azar 1405."""
    shown = jalali(value)
    return digits(f"{shown.day} {_MONTHS[language][shown.month - 1]} {shown.year}", language)


def month(value: int, language: str) -> str:
    """A Jalali month written 140509, as prose has it: آذر ۱۴۰۵ or Azar 1405."""
    year, number_in_year = divmod(value, 100)
    return digits(f"{_MONTHS[language][number_in_year - 1]} {year}", language)


def money(rials: int, language: str) -> str:
    """An amount of rials as people say it, in toman: ۵۲۱٬۴۰۰ تومان or 521,400 toman."""
    return f"{number(Decimal(rials) / 10, language)} {texts(language)['unit_name.toman']}"


def kilometres(metres: int, language: str) -> str:
    """A distance in metres as people say it: ۳۹٫۹ کیلومتر or 39.9 km."""
    return f"{number(Decimal(metres) / 1000, language)} {texts(language)['unit_name.kilometre']}"


def percent(rate: Decimal, language: str) -> str:
    """A rate as a percentage: 0.10 is ۱۰٪ or 10%."""
    return number(rate * 100, language) + ("٪" if language == "fa" else "%")


def comma(language: str) -> str:
    """What stands between the parts of a list."""
    return "، " if language == "fa" else ", "


def digits(text: str, language: str) -> str:
    """The text with the digits of the language, whichever it was written in."""
    return to_persian_digits(text) if language == "fa" else text


class _Words(Formatter):
    """Writes each parameter in the way its placeholder names."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:
        write = _WAYS.get(format_spec)
        if write is not None:
            return write(value, self.language)
        if format_spec:
            return self._texts_of(format_spec, value)
        return number(value, self.language) if isinstance(value, int) else str(value)

    def _texts_of(self, kind: str, value: object) -> str:
        """One text of a kind, or several after one another."""
        names = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
        return comma(self.language).join(texts(self.language)[f"{kind}.{name}"] for name in names)


def _day(value: object, language: str) -> str:
    return long_day(value if isinstance(value, date) else date.fromisoformat(str(value)), language)


def _label(value: object, language: str) -> str:
    return str(value[language]) if isinstance(value, Mapping) else str(value)


def _whole(value: object) -> int:
    return int(str(value))


_WAYS: dict[str, Callable[[object, str], str]] = {
    "date": _day,
    "label": _label,
    "money": lambda value, language: money(_whole(value), language),
    "kilometres": lambda value, language: kilometres(_whole(value), language),
    "percent": lambda value, language: percent(Decimal(str(value)), language),
    "service": lambda value, language: texts(language)["service.any"] if value == ANY_SERVICE else str(value),
    "year": lambda value, language: digits(str(value), language),
}
