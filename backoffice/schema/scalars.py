"""The scalars beside GraphQL's own: Date, DateTime, Decimal, Rial and JSON."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

from backoffice.domain.money import RIAL_LIMIT

Rial = NewType("Rial", int)
"""Whole rials."""

DECIMAL_DIGITS = 28


def _date_text(value: date) -> str:
    return value.isoformat()


def _date_of(value: object) -> date:
    """A date of ten characters: Python would also take 20250806 and 2025-W32-3."""
    if isinstance(value, str) and len(value) == len("2025-08-06") and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError("A Date is written like 2025-08-06.")


def _instant_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a time without an offset cannot leave the desk")
    return value.isoformat()


def _instant_of(value: object) -> datetime:
    if isinstance(value, str) and "T" in value.upper():
        try:
            instant = datetime.fromisoformat(value)
            if instant.utcoffset() is not None:
                instant.astimezone(UTC)  # what no clock shows there cannot be stored
                return instant
        except (ValueError, OverflowError):
            pass
    raise GraphQLError("A DateTime is written with an offset, like 2025-08-06T12:00:00+03:30.")


def _decimal_text(value: Decimal) -> str:
    return format(value, "f")


def _decimal_of(value: object) -> Decimal:
    if isinstance(value, str) and len(value) <= DECIMAL_DIGITS and value.isascii():
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) < DECIMAL_DIGITS:
            return number
    raise GraphQLError(f'A Decimal is a number in a string of at most {DECIMAL_DIGITS} characters, like "12.50".')


class SumTooLarge(ValueError):
    """A sum of rials that no JSON number carries without loss."""

    def __init__(self) -> None:
        super().__init__("A sum is larger than a Rial, 2^53 - 1: ask for fewer records, or by more dimensions.")


def _rial_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no amount of rials")
    if not -RIAL_LIMIT <= value <= RIAL_LIMIT:
        raise SumTooLarge
    return value


def _rial_of(value: object) -> int:
    try:
        return _rial_number(value)
    except ValueError:
        raise GraphQLError("A Rial is a whole number of rials within ±(2^53 - 1).") from None


def _as_is(value: object) -> object:
    return value


SCALARS: Mapping[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description="A day, ISO 8601, Gregorian: `2025-08-06`.",
        serialize=_date_text,
        parse_value=_date_of,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, ISO 8601 with an offset: `2025-08-06T12:00:00+03:30`.",
        serialize=_instant_text,
        parse_value=_instant_of,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='A decimal number as a string, so that no digit is lost: `"12.50"`.',
        serialize=_decimal_text,
        parse_value=_decimal_of,
    ),
    Rial: strawberry.scalar(
        name="Rial",
        description="Whole rials within ±(2^53 - 1), a JSON number. (`Int` ends at 214 million toman.)",
        serialize=_rial_number,
        parse_value=_rial_of,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value.",
        serialize=_as_is,
        parse_value=_as_is,
    ),
}
