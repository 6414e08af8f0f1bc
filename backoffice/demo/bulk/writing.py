"""Writing a sheet: executemany on SQLite, COPY on PostgreSQL, values spelled as the models spell them."""
# ruff: noqa: S608 - the statements are put together from the models' own names

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Connection, Dialect, Table, text

from backoffice.demo.bulk.row_sheet import Row, RowSheet
from backoffice.models import AllowanceSlot
from backoffice.models.base import Base

Spelling = Callable[[Any], object]

RELEASED_FIRST = AllowanceSlot.__tablename__
"""Slots are given back before others of their number are taken: no two of them are live at once."""


@dataclass(frozen=True)
class Form:
    """A table's columns in their order, each with how its values are spelled on one database."""

    table: str
    spellings: Mapping[str, Spelling | None]

    def line(self, row: Row) -> tuple[object, ...]:
        """The values of ``row`` in the order of the columns."""
        value = row.get
        return tuple([_spelled(value(column), spelling) for column, spelling in self.spellings.items()])

    def spelled(self, column: str, value: object) -> object:
        """One value as the driver takes it."""
        return _spelled(value, self.spellings[column])


def _spelled(value: object, spelling: Spelling | None) -> object:
    return value if value is None or spelling is None else spelling(value)


class Writer:
    """Writes sheets to one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self._on_sqlite = dialect.name == "sqlite"
        self._forms = {table.name: _form(table, dialect) for table in Base.metadata.sorted_tables}

    def write(self, connection: Connection, sheet: RowSheet) -> None:
        """Write everything on the sheet, in an order that no constraint minds."""
        self._update(connection, RELEASED_FIRST, sheet.changed.pop(RELEASED_FIRST, {}))
        for table, form in self._forms.items():
            if sheet.added.get(table):
                self._insert(connection, form, sheet.added[table].values())
        for table, rows in sheet.changed.items():
            self._update(connection, table, rows)

    def _insert(self, connection: Connection, form: Form, rows: Iterable[Row]) -> None:
        columns = ", ".join(form.spellings)
        lines = map(form.line, rows)
        if self._on_sqlite:
            places = ", ".join("?" * len(form.spellings))
            connection.exec_driver_sql(f"INSERT INTO {form.table} ({columns}) VALUES ({places})", list(lines))
            return
        with connection.connection.cursor().copy(f"COPY {form.table} ({columns}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)

    def _update(self, connection: Connection, table: str, rows: Mapping[int, Row]) -> None:
        place = "?" if self._on_sqlite else "%s"
        for columns, lines in _alike(self._forms[table], rows).items():
            told = ", ".join(f"{column} = {place}" for column in columns)
            connection.exec_driver_sql(f"UPDATE {table} SET {told} WHERE id = {place}", lines)


def _alike(form: Form, rows: Mapping[int, Row]) -> Mapping[tuple[str, ...], list[tuple[object, ...]]]:
    """The changes by the columns that they change."""
    found: defaultdict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
    for number, row in rows.items():
        values = (form.spelled(column, value) for column, value in row.items())
        found[tuple(row)].append((*values, number))
    return found


def _form(table: Table, dialect: Dialect) -> Form:
    return Form(table.name, {column.name: _spelling(column, dialect) for column in table.columns})


def _spelling(column: Column[Any], dialect: Dialect) -> Spelling | None:
    if isinstance(column.type, JSON):
        return _json
    spelling: Spelling | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return spelling


def _json(document: object) -> str:
    """The canonical JSON of a document of plain values, faster than ``domain.canonical`` writes it."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def first_numbers(connection: Connection, wanted: Mapping[str, int]) -> Mapping[str, int]:
    """The first of so many ids that are free in each table.

    On PostgreSQL they are taken from the sequence, so that nobody else is given one; on SQLite whoever adds a row
    before the load is over makes it fail at its next sheet.
    """
    numbering = _after_the_last if connection.dialect.name == "sqlite" else _from_sequence
    return dict(numbering(connection, wanted))


def _after_the_last(connection: Connection, wanted: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for table in wanted:
        yield table, connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").scalar_one()


def _from_sequence(connection: Connection, wanted: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for table, count in wanted.items():
        connection.exec_driver_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        taken = text("SELECT setval(name, nextval(name) + :more) FROM pg_get_serial_sequence(:table, 'id') AS name")
        last: int = connection.execute(taken, {"table": table, "more": count - 1}).scalar_one()
        yield table, last - count + 1
