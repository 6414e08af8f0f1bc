"""The declarative base, and the column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Dialect, Enum, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from backoffice.domain.money import RIAL_LIMIT

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware and in UTC out; a naive one is refused with ValueError.

    SQLite keeps it as sortable text in UTC, PostgreSQL as ``timestamptz``.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"an instant needs its offset from UTC, this one has none: {value.isoformat()}")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Words = String().with_variant(String(collation="C"), "postgresql")
"""Text that is ordered and compared by code point on both databases."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON document; Python's None is SQL's NULL. PostgreSQL keeps neither the order of keys nor U+0000."""

Identifier = BigInteger().with_variant(Integer, "sqlite")

LARGEST_ID = 2**63 - 1
"""What an identifier holds; a database refuses to look for anything larger."""

LARGEST_INTEGER = 2**31 - 1
"""What every other whole number holds: a version, a year."""

Id = Annotated[int, mapped_column(Identifier, primary_key=True)]
"""The primary key of a table, given out by the database."""


class Base(DeclarativeBase):
    """The base of every table; nothing is loaded behind the caller's back."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={str: Words, datetime: UTCDateTime()}
    )

    def change(self, values: Mapping[str, object]) -> None:
        """Give the row other values in these columns; raises TypeError for one that it does not have."""
        for column, value in values.items():
            if column not in self.__table__.columns:
                raise TypeError(f"{column!r} is no column of {self.__tablename__}")
            setattr(self, column, value)


def is_possible_id(number: int) -> bool:
    """Whether a row can have this primary key: what cannot is not looked for."""
    return 0 < number <= LARGEST_ID


def one_of(values: type[StrEnum], column: str) -> Enum:
    """The type of ``column``: the values of ``values`` as text, with a CHECK constraint of the column's name."""
    return Enum(
        values,
        name=column,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def rial_range(column: str, least: int = 0) -> CheckConstraint:
    """A CHECK that ``column`` holds a number of rials from ``least`` up to the limit, or nothing."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {RIAL_LIMIT}", name=column)


def at_least(column: str, least: int) -> CheckConstraint:
    """A CHECK that ``column`` is not below ``least``."""
    return CheckConstraint(f"{column} >= {least}", name=column)
