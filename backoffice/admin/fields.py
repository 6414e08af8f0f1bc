"""Form fields that take what Persian keyboards write: digits of every set, Jalali dates, kilometres, one value a line."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import ClassVar, TypeAlias

from wtforms import BooleanField, Form, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from backoffice.domain.calendar import TEHRAN, parse_jalali
from backoffice.domain.text import to_latin_digits, to_persian_digits
from backoffice.wording import day as written_day

REQUIRED = "این را بنویسید."
CHOOSE = "یکی را برگزینید."
BAD_DATE = "چنین روزی در تقویم شمسی نیست. مانند ۱۴۰۵/۰۹/۰۱ بنویسید."
BAD_NUMBER = "عددی درست بنویسید."
METRES_IN_A_KILOMETRE = 1000

Choice: TypeAlias = tuple[str, str]
"""A value and the words for it."""


def required() -> DataRequired:
    """The validator of a field that must be filled in."""
    return DataRequired(REQUIRED)


def chosen() -> InputRequired:
    """The validator of a choice that must be made."""
    return InputRequired(CHOOSE)


class TextField(StringField):
    """A line of text, without blanks around it; an empty one is None."""

    ltr: ClassVar[bool] = False

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0].strip() or None) if valuelist else None


class CodeField(TextField):
    """A code or serial number: written from left to right, its digits Latin."""

    ltr = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.data = to_latin_digits(self.data) if self.data else None


class LongTextField(TextAreaField):
    """Several lines of text; empty is None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0].strip() or None) if valuelist else None


class LinesField(TextAreaField):
    """A list, one value on each line; ``data`` is a tuple."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.raw = valuelist[0] if valuelist else ""
        self.data = tuple(line.strip() for line in self.raw.splitlines() if line.strip())

    def _value(self) -> str:
        return "\n".join(self.data or ())


class _TypedField(StringField):
    """A value typed as text: what was typed is shown again when it cannot be read."""

    ltr = True
    inputmode = "numeric"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = to_latin_digits(valuelist[0]).strip() if valuelist else ""
        self.data = self.read(text) if text else None

    def read(self, text: str) -> object:
        """The value of a text in Latin digits; raises ValueError with what to tell the reader."""
        raise NotImplementedError

    def write(self, value: object) -> str:
        """The value as people read it."""
        return to_persian_digits(str(value))

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class JalaliDateField(_TypedField):
    """A day, typed or picked as ۱۴۰۵/۰۹/۰۱; ``data`` is a Gregorian date."""

    def read(self, text: str) -> date:
        try:
            return parse_jalali(text)
        except ValueError:
            raise ValueError(BAD_DATE) from None

    def write(self, value: object) -> str:
        return written_day(value, "fa") if isinstance(value, date) else str(value)


class WholeNumberField(_TypedField):
    """A whole number from 0 up."""

    def read(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise ValueError(BAD_NUMBER)
        return int(text)


class KilometresField(_TypedField):
    """A distance typed in kilometres; ``data`` is in whole metres."""

    inputmode = "decimal"

    def read(self, text: str) -> int:
        try:
            metres = Decimal(text.replace("٫", ".").replace("/", ".")) * METRES_IN_A_KILOMETRE
        except InvalidOperation:
            raise ValueError(BAD_NUMBER) from None
        if not metres.is_finite() or metres < 0 or metres != metres.to_integral_value() or metres > 10**9:
            raise ValueError(BAD_NUMBER)
        return int(metres)

    def write(self, value: object) -> str:
        kilometres = Decimal(str(value)) / METRES_IN_A_KILOMETRE
        return to_persian_digits(f"{kilometres.normalize():f}").replace(".", "٫")


class ClockField(_TypedField):
    """A time of day in Tehran, as ۰۹:۳۰; ``data`` is ``HH:MM`` in Latin digits."""

    def read(self, text: str) -> str:
        hours, colon, minutes = text.partition(":")
        if not (colon and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
            raise ValueError("ساعت را مانند ۰۹:۳۰ بنویسید.")
        return f"{int(hours):02d}:{int(minutes):02d}"


class MomentField(_TypedField):
    """An instant in Tehran, as ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰; ``data`` is an aware datetime."""

    def read(self, text: str) -> datetime:
        day, _, clock = text.partition(" ")
        try:
            return datetime.combine(parse_jalali(day), time.fromisoformat(clock.strip() or "00:00"), TEHRAN)
        except ValueError:
            raise ValueError("روز و ساعت را مانند ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰ بنویسید.") from None

    def write(self, value: object) -> str:
        if not isinstance(value, datetime):
            return str(value)
        there = value.astimezone(TEHRAN)
        return f"{written_day(there.date(), 'fa')} {to_persian_digits(f'{there:%H:%M}')}"


class NumberTextField(_TypedField):
    """A number as a service type's schema will read it; ``data`` is text in Latin digits."""

    inputmode = "decimal"

    def read(self, text: str) -> str:
        return text.replace("٫", ".").replace("٬", "").replace(",", "")


class OneOfField(StringField):
    """One of a few choices, all to be seen; ``data`` is its text, or None where none is made.

    ``choices`` are pairs of value and words. What is not among them is refused.
    """

    def __init__(
        self, label: str = "", validators: Sequence[object] = (), choices: Iterable[Choice] = (), **arguments: object
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0] or None) if valuelist else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and self.data not in {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice: its value, its words, whether it is made."""
        return [(value, words, value == str(self.data or "")) for value, words in self.choices]


class SelectOneField(OneOfField):
    """One of many choices."""


class ChecksField(OneOfField):
    """Any of a few choices; ``data`` is the list of their values."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [text for text in valuelist if text]

    def pre_validate(self, form: Form) -> None:
        if not set(self.data or ()) <= {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        return [(value, words, value in (self.data or ())) for value, words in self.choices]


class CheckField(BooleanField):
    """A box to tick."""


class VersionField(HiddenField):
    """The version of an object as it was read; ``data`` is a number."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist or not valuelist[0].isascii() or not valuelist[0].isdigit():
            raise ValueError(BAD_NUMBER)
        self.data = int(valuelist[0])


class RepeatKeyField(HiddenField):
    """A random key that makes sending one form twice the same as sending it once."""

    def __init__(self, label: str = "", **arguments: object) -> None:
        super().__init__(label, default=lambda: secrets.token_urlsafe(16), **arguments)
