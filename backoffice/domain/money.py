"""Amounts in whole rials. No floats: every rounding is written here and goes one known way."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from backoffice.domain.canonical import JSON

RIAL_LIMIT = 2**53 - 1
"""The largest amount the API can carry as a JSON number without loss."""


class Component(StrEnum):
    """What a line of a price is for; each is covered, or not, on its own."""

    LABOUR = "labour"
    TRAVEL = "travel"
    PARTS = "parts"
    SHIPPING = "shipping"


class PriceUnit(StrEnum):
    """What a tariff line's rate is for one of."""

    HOUR = "hour"
    SESSION = "session"
    DAY = "day"
    KILOMETRE = "kilometre"
    CALL_OUT = "call_out"
    PIECE = "piece"
    PERCENT = "percent"


@dataclass(frozen=True)
class PriceLine:
    """``quantity`` units at ``rate`` rials: ``amount`` rials, rounded down. A covered line is shown, not charged."""

    component: Component
    quantity: Decimal
    unit: PriceUnit
    rate: int
    amount: int
    covered: bool = False

    def to_document(self) -> dict[str, JSON]:
        """The line as JSON, the quantity as text."""
        return {
            "component": self.component.value,
            "quantity": str(self.quantity),
            "unit": self.unit.value,
            "rate": self.rate,
            "amount": self.amount,
            "covered": self.covered,
        }


def labour_amount(rate: int, minutes: int) -> int:
    """``minutes`` at ``rate`` rials an hour, rounded down to a whole rial."""
    return rate * minutes // 60


def distance_amount(rate: int, metres: int) -> int:
    """``metres`` at ``rate`` rials a kilometre, rounded down to a whole rial."""
    return rate * metres // 1000


def vat_on(amount: int, rate: Decimal) -> int:
    """The VAT on ``amount`` rials at ``rate`` (0.10 is ten per cent), half a rial rounded up."""
    numerator, denominator = rate.as_integer_ratio()
    return (2 * amount * numerator + denominator) // (2 * denominator)


def vat_within(amount: int, rate: Decimal) -> int:
    """The VAT in ``amount`` rials that include it at ``rate``, half a rial rounded up."""
    numerator, denominator = rate.as_integer_ratio()
    whole = denominator + numerator
    return (2 * amount * numerator + whole) // (2 * whole)


def payable(lines: Iterable[PriceLine]) -> int:
    """The rials of the lines that are not covered, before VAT."""
    return sum(line.amount for line in lines if not line.covered)


def covered(lines: Iterable[PriceLine]) -> int:
    """The rials of the lines that are covered, before VAT."""
    return sum(line.amount for line in lines if line.covered)


def quantity_of(units: int, parts_per_unit: int) -> Decimal:
    """``units / parts_per_unit`` to four places without trailing zeros: 105 minutes of 60 are 1.75 hours."""
    exact = (Decimal(units) / Decimal(parts_per_unit)).quantize(Decimal("0.0001"))
    return Decimal(f"{exact:f}".rstrip("0").rstrip("."))
