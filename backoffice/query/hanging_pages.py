"""The pages of a connection that hangs on objects: one for each of them, all read together."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import FromClause, Select, func, select

from backoffice.query.batch import batch, in_batch
from backoffice.query.connections import Page, Pages
from backoffice.query.field_kinds import Connection
from backoffice.query.ground import Ground
from backoffice.query.lists import Shaper
from backoffice.query.outline import Outlined
from backoffice.query.run import Row, Run


class HangingPages:
    """At most one statement for the rows of all pages and one for all counts, whatever the number of objects."""

    def __init__(self, connection: Connection, field: Outlined, ground: Ground, shape_of: Shaper) -> None:
        self.key = connection.key
        self.dialect = ground.dialect
        self.pages = Pages(connection.target, field, ground, shape_of)
        self.parent = self.pages.level.column(self.pages.level.source, connection.key)
        self._chosen = self._rows() if self.pages.asks_rows else None
        self._counted = self._counts() if self.pages.asks_count else None

    def read(self, run: Run, keys: Sequence[int]) -> Mapping[int, object]:
        """The connection's dict for each of these objects."""
        pages, parameters = self.pages, {**self.pages.parameters(run), **batch(keys, self.dialect)}
        rows = run.rows(self._chosen, parameters) if self._chosen is not None and keys else ()
        counted = run.rows(self._counted, parameters) if self._counted is not None and keys else ()
        counts = {row[0]: row[1] for row in counted}
        read: dict[int, list[Row]] = {key: [] for key in keys}
        for row in rows:
            read[row[self.parent]].append(row)
        cut = {key: pages.cut(found) for key, found in read.items()}
        beside = pages.level.beside(run, [row for page in cut.values() for row in page])
        return {
            key: pages.answer(Page(page, beside, len(read[key]) > len(page), counts.get(key, 0)))
            for key, page in cut.items()
        }

    def _rows(self) -> Select[Any]:
        """Ranked within their object first, inside the row rule and the filters; joined to what they refer to after."""
        pages, source = self.pages, self.pages.level.source
        ranked = self._ranked()
        joined = ranked.join(source.table, source.rows[pages.entity.key] == ranked.c.key)
        return pages.level.statement(joined).where(ranked.c.place <= pages.limit).order_by(ranked.c.place)

    def _ranked(self) -> FromClause:
        pages, inner = self.pages, self.pages.ground.of(self.pages.entity.name)
        rows, window = inner.rows, self.pages.window
        place = func.row_number().over(partition_by=rows[self.key], order_by=window.ordering(rows))
        chosen = select(rows[pages.entity.key].label("key"), place.label("place")).where(
            inner.rule, in_batch(rows[self.key], self.dialect), *pages.conditions(rows), *window.conditions(rows)
        )
        return chosen.subquery()

    def _counts(self) -> Select[Any]:
        source = self.pages.ground.of(self.pages.entity.name)
        key = source.rows[self.key]
        counted = select(key, func.count()).where(source.rule, in_batch(key, self.dialect))
        return counted.where(*self.pages.conditions(source.rows)).group_by(key)
