"""Whole numbers, kilometres and toman as they are typed."""

from decimal import Decimal, InvalidOperation

from backoffice.pages.fields.typed import TypedField
from backoffice.pages.language import language
from backoffice.wording import marked

BAD_NUMBER = "عددی درست بنویسید."
METRES_IN_A_KILOMETRE = 1000
MOST_METRES = 10**9
RIALS_IN_A_TOMAN = 10
MOST_TOMANS = 10**14
MOST_DIGITS = 9


class WholeNumberField(TypedField):
    """A whole number from 0 up."""

    data: int | None

    def read(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
            raise ValueError(BAD_NUMBER)
        return int(text)


class KilometresField(TypedField):
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
        return marked(f"{kilometres.normalize():f}", language())


class TomanField(TypedField):
    """An amount typed in toman; ``data`` is in whole rials."""

    data: int | None

    def read(self, text: str) -> int:
        plain = without_separators(text)
        if not plain.isascii() or not plain.isdigit() or len(plain) > len(str(MOST_TOMANS)):
            raise ValueError(BAD_NUMBER)
        return int(plain) * RIALS_IN_A_TOMAN

    def write(self, value: int) -> str:
        return marked(f"{value // RIALS_IN_A_TOMAN:,}", language())


class NumberTextField(TypedField):
    """A number as a service type's schema will read it; ``data`` is text in Latin digits."""

    inputmode = "decimal"
    data: str | None

    def read(self, text: str) -> str:
        return without_separators(text).replace("٫", ".")


def without_separators(text: str) -> str:
    """A number without the marks between its thousands."""
    return text.replace("٬", "").replace(",", "").replace("،", "")
