"""How commands tell what they have read: a line for each object to people, JSON to programs.

A command with the option ``TOLD`` is handed a ``Teller`` and does not know which of the two it is. Fields are named as
the GraphQL API names them, and so is the JSON.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol, TypeAlias, cast

import click

from backoffice.domain.calendar import TEHRAN, business_day
from backoffice.wording import day

Row: TypeAlias = Mapping[str, object]

Columns: TypeAlias = Mapping[str, str | Callable[[Row], object]]
"""What people see of an object, by its heading: a field, one of an object inside (``office.code``), or made of it."""

GAP = "  "
NOTHING = "-"
NUMBER = re.compile(rf"[+-]?\d[\d,.]*%?|{NOTHING}")
INVISIBLE = {"Mn", "Me", "Cf"}
"""Categories of characters that take no room: marks above letters, joiners and non-joiners."""


@dataclass(frozen=True)
class Table:
    """Objects that belong to another, told below it."""

    title: str
    rows: Sequence[Row]
    columns: Columns


class Teller(Protocol):
    """Prints objects."""

    def rows(self, rows: Sequence[Row], columns: Columns) -> None:
        """A list, in its order."""

    def text(self, value: object, lines: Iterable[str]) -> None:
        """Whatever is no table: people see the lines, programs the value."""

    def one(self, row: Row, columns: Columns, *tables: Table) -> None:
        """One object; people see what belongs to it in ``tables``, programs see ``row`` alone, so it has all of it."""


class _AsText:
    def rows(self, rows: Sequence[Row], columns: Columns) -> None:
        aligned = [_column(heading, [_value(row, column) for row in rows]) for heading, column in columns.items()]
        for line in zip(*aligned, strict=True):
            click.echo(GAP.join(line).rstrip())

    def text(self, value: object, lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(line.rstrip())

    def one(self, row: Row, columns: Columns, *tables: Table) -> None:
        width = max(map(_width, columns))
        for heading, column in columns.items():
            click.echo(f"{_left(heading, width)}{GAP}{shown(_value(row, column))}")
        for table in tables:
            click.echo(f"\n{table.title}")
            self.rows(table.rows, table.columns)


class _AsJson:
    def rows(self, rows: Sequence[Row], columns: Columns) -> None:
        click.echo(_json(rows))

    def text(self, value: object, lines: Iterable[str]) -> None:
        click.echo(_json(value))

    def one(self, row: Row, columns: Columns, *tables: Table) -> None:
        click.echo(_json(row))


TOLD = click.option(
    "--json",
    "told",
    is_flag=True,
    callback=lambda context, option, given: _AsJson() if given else _AsText(),
    help="Print JSON, for programs.",
)


def shown(value: object) -> str:
    """A value on one line, for people: instants in Tehran, days in both calendars, enums as commands take them."""
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case Enum():
            return value.name
        case datetime():
            return f"{value.astimezone(TEHRAN):%Y-%m-%d %H:%M} ({day(business_day(value), 'en')})"
        case date():
            return f"{value.isoformat()} ({day(value, 'en')})"
        case list() | tuple():
            return ", ".join(map(shown, value)) or NOTHING
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in str(value))


def _value(row: Row, column: str | Callable[[Row], object]) -> object:
    if callable(column):
        return column(row)
    value: object = row
    for name in column.split("."):
        value = None if value is None else cast(Row, value)[name]
    return value


def _column(heading: str, values: Sequence[object]) -> list[str]:
    """The cells of a column, all of one width; numbers stand below one another."""
    cells = [heading, *map(shown, values)]
    width = max(map(_width, cells))
    align = _right if all(NUMBER.fullmatch(cell) for cell in cells[1:]) else _left
    return [align(cell, width) for cell in cells]


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.category(letter) in INVISIBLE else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def _left(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    """What JSON can hold: enums as GraphQL names them, instants in UTC."""
    match value:
        case Enum():
            return value.name
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Mapping():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    return value
