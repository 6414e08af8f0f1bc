"""A used PostgreSQL database made like its template again: the rows, and the next number of every sequence.

Only what differs is touched. The role must be a superuser: rows that may only be added are taken away, and no trigger
may answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import make_url

OURS = 16_384
"""The first oid that PostgreSQL gives to what is not its own."""

FORM = sql.SQL(
    " UNION ALL ".join(
        f"SELECT count(*), sum(xmin::text::bigint) FROM {catalogue} WHERE {column} >= {OURS}"
        for catalogue, column in (
            ("pg_class", "oid"),
            ("pg_attribute", "attrelid"),
            ("pg_constraint", "oid"),
            ("pg_trigger", "oid"),
            ("pg_proc", "oid"),
            ("pg_namespace", "oid"),
        )
    )
)
"""Tables, columns, constraints, triggers and functions, by the transactions that wrote them. A copy has the same."""

Marks = Mapping[str, tuple[int, int]]
"""Of each table, how many rows it has and the sum of the transactions that wrote them: no change leaves both alone."""


NO_ROWS = (0, 0)


class Unlike(Exception):
    """The tables themselves are no longer the template's."""


@dataclass(frozen=True)
class Sequence:
    """What a sequence says next."""

    name: str
    last_value: int
    is_called: bool


class Original:
    """What a template holds, read once; nobody else may be connected to it, and it must not change."""

    def __init__(self, template: str) -> None:
        with _connect(template) as connection:
            self.form = connection.execute(FORM).fetchall()
            self.names = _names(connection, "r")
            self.sequences = _sequences(connection, _names(connection, "S"))
            self.marks = _marks(connection, self.names)
            self.rows = {name: _copied_out(connection, name) for name in self.names if self.marks[name] != NO_ROWS}
        self.restored: dict[str, Marks] = {}

    def restore(self, url: str, connection: psycopg.Connection) -> None:
        """Make the database like the template, whoever else is still connected to it. Raises ``Unlike``."""
        _disconnect_others(connection)
        if connection.execute(FORM).fetchall() != self.form:
            raise Unlike(url)
        before, now = self.restored.get(url, self.marks), _marks(connection, self.names)
        changed = [name for name in self.names if now[name] != before[name]]
        if changed:
            self._restore_rows(connection, changed)
            self.restored[url] = _marks(connection, self.names)
        self._restore_sequences(connection)

    def _restore_rows(self, connection: psycopg.Connection, changed: list[str]) -> None:
        emptied = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in changed]
        with connection.transaction():
            connection.execute(sql.SQL(";").join([sql.SQL("SET LOCAL session_replication_role = replica"), *emptied]))
            for name in self.rows.keys() & changed:
                _copy_in(connection, name, self.rows[name])

    def _restore_sequences(self, connection: psycopg.Connection) -> None:
        now = set(_sequences(connection, [one.name for one in self.sequences]))
        moved = [_reset(one) for one in self.sequences if one not in now]
        if moved:
            connection.execute(sql.SQL("SELECT ") + sql.SQL(",").join(moved))


def _reset(one: Sequence) -> sql.Composed:
    named = sql.Literal(f'"{one.name}"')
    return sql.SQL("setval({}, {}, {})").format(named, sql.Literal(one.last_value), sql.Literal(one.is_called))


class Connections:
    """Connections to databases that wait for their next use, of which the newest few are kept: the first look at
    every table costs more than all the rest."""

    KEPT = 3

    def __init__(self) -> None:
        self._kept: dict[str, psycopg.Connection] = {}

    def to(self, url: str) -> psycopg.Connection:
        """A connection in autocommit; it stays ours to close."""
        self._kept[url] = self._kept.pop(url, None) or _connect(url)
        for old in list(self._kept)[: -self.KEPT]:
            self.close(old)
        return self._kept[url]

    def close(self, url: str) -> None:
        """Leave a database, whether or not there is a connection to it."""
        if url in self._kept:
            self._kept.pop(url).close()


def _connect(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, options="-c synchronous_commit=off")


def _disconnect_others(connection: psycopg.Connection) -> None:
    connection.execute(
        """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
    )


def _names(connection: psycopg.Connection, kind: str) -> list[str]:
    wanted = "SELECT relname FROM pg_class WHERE relkind = %s AND relnamespace = 'public'::regnamespace ORDER BY oid"
    return [name for (name,) in connection.execute(wanted, (kind,))]


def _marks(connection: psycopg.Connection, names: list[str]) -> Marks:
    one = sql.SQL("SELECT {}, count(*), coalesce(sum(xmin::text::bigint), 0)::bigint FROM {}")
    every = sql.SQL(" UNION ALL ").join(one.format(sql.Literal(name), sql.Identifier(name)) for name in names)
    return {name: (rows, written) for name, rows, written in connection.execute(every)}


def _sequences(connection: psycopg.Connection, names: list[str]) -> list[Sequence]:
    one = sql.SQL("SELECT {}, last_value, is_called FROM {}")
    every = sql.SQL(" UNION ALL ").join(one.format(sql.Literal(name), sql.Identifier(name)) for name in names)
    return [Sequence(*row) for row in connection.execute(every)]


def _copied_out(connection: psycopg.Connection, name: str) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as rows:
        return b"".join(bytes(row) for row in rows)


def _copy_in(connection: psycopg.Connection, name: str, rows: bytes) -> None:
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
        copy.write(rows)
