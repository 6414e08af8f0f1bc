"""One flat SELECT in the making: its columns and joins, and the lists that hang on its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Select, and_, literal, select

from backoffice.query.field_kinds import Condition, One, Source
from backoffice.query.ground import Ground
from backoffice.query.moment import Moment
from backoffice.query.outline import Outlined
from backoffice.query.run import Row, Run


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row is shaped with: for each list of its level the values by the row's key, and the moment."""

    lists: Sequence[Mapping[Any, object]]
    moment: Moment


Shape: TypeAlias = Callable[[Row, Beside], object]
"""The value of a row in the answer."""

Shaped: TypeAlias = Callable[[Row, Beside], dict[str, object]]
"""The answer of a row that is an object, by response keys."""


class Hanging(Protocol):
    """A list that hangs on rows of another level and is read for all of them in a fixed number of statements."""

    def read(self, run: Run, keys: Sequence[int]) -> Mapping[Any, object]:
        """The list's value for each of these keys."""


@dataclass(frozen=True, eq=False)
class Join:
    """How a to-one object comes into the statement: its source, joined ``on`` a condition."""

    source: Source
    on: Condition


class Level:
    """The columns, joins and hanging lists of one statement over ``source``. What is asked for twice is read once."""

    def __init__(self, source: Source, ground: Ground) -> None:
        self.source = source
        self.ground = ground
        self.columns: list[ColumnElement[Any]] = []
        self.joins: list[Join] = []
        self._positions: dict[tuple[Source, str], int] = {}
        self._joined: dict[tuple[Source, int], Source] = {}
        self._hanging: list[tuple[Source, Outlined, int, Hanging]] = []

    def column(self, source: Source, name: str) -> int:
        """The position in the row of a column."""
        return self.expression(source, name, source.rows[name])

    def expression(self, source: Source, name: str, sql: ColumnElement[Any]) -> int:
        """The position in the row of an expression, which ``name`` tells from the others of its source."""
        if (source, name) not in self._positions:
            self._positions[source, name] = len(self.columns)
            self.columns.append(sql)
        return self._positions[source, name]

    def join(self, source: Source, one: One) -> Source:
        """The source of the object that ``one`` leads to. Below an outer join everything is an outer join."""
        if (source, id(one)) not in self._joined:
            found = self.ground.joined(one.target, optional=one.nullable or source.optional)
            self.joins.append(Join(found, one.on(source.rows, found.rows, self.ground)))
            self._joined[source, id(one)] = found
        return self._joined[source, id(one)]

    def hang(self, source: Source, field: Outlined, make: Callable[[], Hanging]) -> tuple[int, int]:
        """Where the value of a list is found: its number, and the position of the key. The same list hangs once."""
        key = self.column(source, source.key)
        for number, (other, same, _, _) in enumerate(self._hanging):
            if other is source and _alike(same, field):
                return number, key
        self._hanging.append((source, field, key, make()))
        return len(self._hanging) - 1, key

    def statement(self, table: FromClause | None = None) -> Select[Any]:
        """The SELECT from ``table``, which holds the level's source, with every join and every row rule."""
        chain: FromClause = self.source.table if table is None else table
        for join in self.joins:
            condition = and_(join.on, join.source.rule)
            chain = chain.join(join.source.table, condition, isouter=join.source.optional)
        columns = self.columns or [literal(1)]  # only __typename was asked for: the row alone counts
        return select(*columns).select_from(chain).where(self.source.rule)

    def beside(self, run: Run, rows: Sequence[Row]) -> Beside:
        """What these rows are shaped with: the values of all hanging lists, read now."""
        lists = [
            hanging.read(run, sorted({row[key] for row in rows if row[key] is not None}))
            for _, _, key, hanging in self._hanging
        ]
        return Beside(lists, run.moment)


def _alike(one: Outlined, other: Outlined) -> bool:
    return (one.name, one.slot, one.outline) == (other.name, other.slot, other.outline)
