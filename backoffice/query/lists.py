"""Whole lists that hang on objects: all sites of each customer, in one statement."""

from collections.abc import Callable, Mapping, Sequence

from backoffice.query.batch import batch, in_batch
from backoffice.query.context import Context
from backoffice.query.fields import Many
from backoffice.query.level import Level, Run, Shape
from backoffice.query.selection import Field
from backoffice.query.sources import Source, source_of

Shaper = Callable[[Level, Source, Field], Shape]
"""Adds to a level what the objects of a source need for the field's selection, and gives their shape."""


class HangingList:
    """The objects, or the values of one column, of a ``Many`` for a batch of parents."""

    def __init__(self, many: Many, field: Field, context: Context, shape_of: Shaper) -> None:
        self.dialect = context.dialect
        source = source_of(context.entities[many.target], context)
        self.level = Level(source, context)
        self.parent = self.level.column(source, many.key)
        self.shape = _column(self.level, many.column) if many.column else shape_of(self.level, source, field)
        chosen = self.level.statement().where(in_batch(source.rows[many.key], context.dialect))
        if many.where is not None:
            chosen = chosen.where(many.where(source.rows, context))
        self.statement = chosen.order_by(*(source.rows[name] for name in many.order))

    def read(self, run: Run, keys: Sequence[int]) -> Mapping[int, object]:
        """The list of each of these parents."""
        found: dict[int, list[object]] = {key: [] for key in keys}
        rows = run(self.statement, batch(keys, self.dialect)) if keys else ()
        lists = self.level.lists(run, rows)
        for row in rows:
            found[row[self.parent]].append(self.shape(row, lists))
        return found


def _column(level: Level, name: str) -> Shape:
    position = level.column(level.source, name)
    return lambda row, lists: row[position]
