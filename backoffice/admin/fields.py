"""Form fields that take what Persian keyboards write: digits of every set, Jalali dates, kilometres, lists by lines."""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, TypeAlias

from wtforms import BooleanField, Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from backoffice.domain.calendar import TEHRAN, parse_jalali
from backoffice.domain.text import to_latin_digits, to_persian_digits
from backoffice.wording import day as written_day

REQUIRED = "این را بنویسید."
CHOOSE = "یکی را برگزینید."
BAD_DATE = "چنین روزی در تقویم شمسی نیست. مانند ۱۴۰۵/۰۹/۰۱ بنویسید."
BAD_CLOCK = "ساعت را مانند ۰۹:۳۰ بنویسید."
BAD_MOMENT = "روز و ساعت را مانند ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰ بنویسید."
SENT_BEFORE = "این فرم پیش‌تر با نوشته‌های دیگری فرستاده و ثبت شده است. اگر این هم باید جداگانه ثبت شود، دوباره بفرستید."
BAD_NUMBER = "عددی درست بنویسید."
METRES_IN_A_KILOMETRE = 1000
MOST_METRES = 10**9
RIALS_IN_A_TOMAN = 10
MOST_TOMANS = 10**14
MOST_DIGITS = 9

Choice: TypeAlias = tuple[str, str]
"""A value and the words for it."""

Validators: TypeAlias = list[Any] | None


@dataclass(frozen=True)
class Required:
    """The validator of a field that must be filled in. What could not be read has its own error already."""

    message: str

    @property
    def field_flags(self) -> dict[str, bool]:
        """What WTForms notes on the field, for its label."""
        return {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop the other validators where nothing was filled in."""
        if not field.data:
            raise StopValidation("" if field.process_errors else self.message)


def required() -> Required:
    """For what is written."""
    return Required(REQUIRED)


def chosen() -> Required:
    """For what is chosen."""
    return Required(CHOOSE)


class TextField(Field):
    """A line of text, without blanks around it; an empty one is None."""

    ltr: ClassVar[bool] = False
    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0].strip() or None) if valuelist else None

    def _value(self) -> str:
        return self.data or ""


class CodeField(TextField):
    """A code or serial number: written from left to right, its digits Latin."""

    ltr = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.data = to_latin_digits(self.data) if self.data else None


class LongTextField(TextField):
    """Several lines of text; empty is None."""


class SourceField(LongTextField):
    """A text for machines, line by line as it was written; one of blanks alone is None."""

    ltr = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0].replace("\r\n", "\n") if valuelist else ""
        self.data = text if text.strip() else None


class LinesField(Field):
    """A list, one value on each line."""

    data: Sequence[str] | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        lines = valuelist[0].splitlines() if valuelist else ()
        self.data = tuple(line.strip() for line in lines if line.strip())

    def _value(self) -> str:
        return "\n".join(self.data or ())


class _TypedField(Field):
    """A value typed as text: what was typed is shown again when it cannot be read."""

    ltr: ClassVar[bool] = True
    inputmode: ClassVar[str] = "numeric"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = to_latin_digits(valuelist[0]).strip() if valuelist else ""
        self.data = self.read(text) if text else None

    def read(self, text: str) -> object:
        """The value of a text in Latin digits; raises ValueError with what to tell the reader."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as people read it."""
        return to_persian_digits(str(value))

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class JalaliDateField(_TypedField):
    """A day, typed or picked as ۱۴۰۵/۰۹/۰۱; ``data`` is a Gregorian date."""

    data: date | None

    def read(self, text: str) -> date:
        try:
            return parse_jalali(text)
        except ValueError:
            raise ValueError(BAD_DATE) from None

    def write(self, value: date) -> str:
        return written_day(value, "fa")


class ClockField(_TypedField):
    """A time of day in Tehran, as ۰۹:۳۰."""

    data: time | None

    def read(self, text: str) -> time:
        hours, _, minutes = text.partition(":")
        try:
            return time(int(hours), int(minutes))
        except ValueError:
            raise ValueError(BAD_CLOCK) from None

    def write(self, value: time) -> str:
        return to_persian_digits(f"{value:%H:%M}")


class MomentField(_TypedField):
    """An instant in Tehran, as ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰; ``data`` is an aware datetime."""

    data: datetime | None

    def read(self, text: str) -> datetime:
        day, _, clock = text.partition(" ")
        try:
            return datetime.combine(parse_jalali(day), time.fromisoformat(clock.strip() or "00:00"), TEHRAN)
        except ValueError:
            raise ValueError(BAD_MOMENT) from None

    def write(self, value: datetime) -> str:
        there = value.astimezone(TEHRAN)
        return f"{written_day(there.date(), 'fa')} {to_persian_digits(f'{there:%H:%M}')}"


class WholeNumberField(_TypedField):
    """A whole number from 0 up."""

    data: int | None

    def read(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
            raise ValueError(BAD_NUMBER)
        return int(text)


class KilometresField(_TypedField):
    """A distance typed in kilometres; ``data`` is in whole metres."""

    inputmode = "decimal"
    data: int | None

    def read(self, text: str) -> int:
        try:
            metres = Decimal(text.replace("٫", ".").replace("/", ".")) * METRES_IN_A_KILOMETRE
        except InvalidOperation:
            raise ValueError(BAD_NUMBER) from None
        if not metres.is_finite() or not 0 <= metres <= MOST_METRES or metres != metres.to_integral_value():
            raise ValueError(BAD_NUMBER)
        return int(metres)

    def write(self, value: int) -> str:
        kilometres = Decimal(value) / METRES_IN_A_KILOMETRE
        return to_persian_digits(f"{kilometres.normalize():f}").replace(".", "٫")


class TomanField(_TypedField):
    """An amount typed in toman; ``data`` is in whole rials."""

    data: int | None

    def read(self, text: str) -> int:
        plain = without_separators(text)
        if not plain.isascii() or not plain.isdigit() or len(plain) > len(str(MOST_TOMANS)):
            raise ValueError(BAD_NUMBER)
        return int(plain) * RIALS_IN_A_TOMAN

    def write(self, value: int) -> str:
        return to_persian_digits(f"{value // RIALS_IN_A_TOMAN:,}").replace(",", "٬")


class NumberTextField(_TypedField):
    """A number as a service type's schema will read it; ``data`` is text in Latin digits."""

    inputmode = "decimal"
    data: str | None

    def read(self, text: str) -> str:
        return without_separators(text).replace("٫", ".")


def without_separators(text: str) -> str:
    """A number without the marks between its thousands."""
    return text.replace("٬", "").replace(",", "").replace("،", "")


class OneOfField(Field):
    """One of a few choices, all to be seen; ``data`` is its value, or None where none is made.

    ``choices`` are pairs of value and words. What is not among them is refused.
    """

    data: str | None

    def __init__(
        self, label: str = "", validators: Validators = None, *, choices: Iterable[Choice] = (), **arguments: Any
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0] or None) if valuelist else None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is not None and self.data not in {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice: its value, its words, whether it is made."""
        return [(value, words, value == str(self.data or "")) for value, words in self.choices]


class SelectOneField(OneOfField):
    """One of many choices."""


class ChecksField(Field):
    """Any of a few choices; ``data`` is the list of their values."""

    data: list[str] | None

    def __init__(
        self, label: str = "", validators: Validators = None, *, choices: Iterable[Choice], **more: Any
    ) -> None:
        super().__init__(label, validators, **more)
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [text for text in valuelist if text]

    def pre_validate(self, form: BaseForm) -> None:
        if not set(self.data or ()) <= {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice: its value, its words, whether it is made."""
        return [(value, words, value in (self.data or ())) for value, words in self.choices]


class CheckField(BooleanField):
    """A box to tick."""


class HiddenTextField(TextField):
    """What the page carries from one request to the next."""

    widget = HiddenInput()


class VersionField(Field):
    """The version of an object as it was read; ``number`` is 0, which no version is, where it was not given."""

    widget = HiddenInput()
    data: int | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None

    @property
    def number(self) -> int:
        """The version."""
        return self.data or 0

    def _value(self) -> str:
        return str(self.number)


class SeenAtField(Field):
    """The instant at which the page was made; None where it was not given."""

    widget = HiddenInput()
    data: datetime | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        with suppress(ValueError):
            instant = datetime.fromisoformat(valuelist[0] if valuelist else "")
            self.data = None if instant.tzinfo is None else instant

    def _value(self) -> str:
        return "" if self.data is None else self.data.isoformat()


class RepeatKeyField(HiddenTextField):
    """A random key that makes sending one form twice the same as sending it once."""

    def __init__(self, label: str = "", **arguments: Any) -> None:
        super().__init__(label, default=_new_key, **arguments)

    def renew(self) -> None:
        """Begin another form: what is sent next is not what was sent before."""
        self.data = _new_key()


def _new_key() -> str:
    return secrets.token_urlsafe(16)
