"""Whole lists that hang on objects: all sites of each customer, all products it is linked to, in one statement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement

from backoffice.query.batch import batch, in_batch
from backoffice.query.field_kinds import Linked, Many, Rows, Source
from backoffice.query.ground import Ground
from backoffice.query.level import Level, Shape
from backoffice.query.outline import Outlined
from backoffice.query.run import Run

Shaper: TypeAlias = Callable[[Level, Source, Outlined], Shape]
"""Adds to a level what the objects of a source need for the field's selection, and gives their shape."""


class HangingList:
    """The objects of a ``Many`` or a ``Linked``, or the values of one column, for a batch of parents."""

    def __init__(self, kind: Many | Linked, field: Outlined, ground: Ground, shape_of: Shaper) -> None:
        self.dialect = ground.dialect
        source = ground.of(kind.link if isinstance(kind, Linked) else kind.target)
        self.level = Level(source, ground)
        self.parent = self.level.column(source, kind.key)
        listed = self.level.join(source, kind.to) if isinstance(kind, Linked) else source
        column = kind.column if isinstance(kind, Many) else None
        self.shape = _column(self.level, column) if column else shape_of(self.level, listed, field)
        chosen = self.level.statement().where(in_batch(source.rows[kind.key], ground.dialect))
        if isinstance(kind, Many) and kind.where is not None:
            chosen = chosen.where(kind.where(source.rows, ground))
        self.statement = chosen.order_by(*_ordering(kind, listed.rows))

    def read(self, run: Run, keys: Sequence[int]) -> Mapping[int, object]:
        """The list of each of these parents."""
        found: dict[int, list[object]] = {key: [] for key in keys}
        rows = run.rows(self.statement, batch(keys, self.dialect)) if keys else ()
        beside = self.level.beside(run, rows)
        for row in rows:
            found[row[self.parent]].append(self.shape(row, beside))
        return found


def _ordering(kind: Many | Linked, rows: Rows) -> Iterator[ColumnElement[Any]]:
    falls = isinstance(kind, Many) and kind.descending
    return (rows[name].desc() if falls else rows[name] for name in kind.order)


def _column(level: Level, name: str) -> Shape:
    position = level.column(level.source, name)
    return lambda row, beside: row[position]
