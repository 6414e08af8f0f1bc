"""Connections: pages of a list, at the root or hanging on objects, with their cursors and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from backoffice.query.batch import batch, in_batch
from backoffice.query.context import Context
from backoffice.query.fields import Connection, Condition, Rows
from backoffice.query.level import Level, Lists, Row, Run, Shape
from backoffice.query.lists import Shaper
from backoffice.query.pages import Window, window_of
from backoffice.query.registry import Entity
from backoffice.query.selection import TYPENAME, Field, Selection
from backoffice.query.sources import source_of
from backoffice.query.texts import storable


@dataclass(frozen=True)
class Page:
    """The rows of one page in their order. ``more``: the list goes on beyond the page's far end."""

    rows: Sequence[Row]
    lists: Lists
    more: bool
    count: int | None


Part = Callable[[Page], object]
"""The value of one field of a connection."""


class Pages:
    """What is asked of a connection: how its rows are read, and the answer that a page of them makes."""

    def __init__(self, entity: Entity, field: Field, context: Context, shape_of: Shaper) -> None:
        self.entity = entity
        self.context = context
        self.arguments = field.arguments
        self.window = window_of(entity, field.arguments)
        self.level = Level(source_of(entity, context), context)
        self._place = [self.level.column(self.level.source, name) for name in self.window.columns]
        self._shape_of = shape_of
        fields = (field.selection or Selection({})).of(f"{entity.name}Connection")
        self.asks_rows = any(one.name in ("nodes", "edges", "pageInfo") for one in fields)
        self.asks_count = any(one.name == "totalCount" for one in fields)
        self._parts = [(one.key, self._part(one)) for one in fields]

    def conditions(self, rows: Rows) -> list[Condition]:
        """What ``filter`` and ``search`` ask of an alias of the entity."""
        asked = self.arguments.get("filter")
        wanted = asked.items() if isinstance(asked, Mapping) else ()
        found = [self.entity.filters[name](rows, value, self.context) for name, value in wanted if value is not None]
        text = self.arguments.get("search")
        if isinstance(text, str) and text.strip() and self.entity.search is not None:
            found.append(self.entity.search(rows, storable(text), self.context))
        return found

    @property
    def one_more(self) -> ColumnElement[int]:
        """The limit, one above the page's length to see whether there is more. A literal: a bind gets a generic plan."""
        return literal_column(str(self.window.length + 1))

    def answer(self, run: Run, rows: Sequence[Row], count: int | None) -> object:
        """The connection's dict for rows that hold one more than the page if there is more."""
        page = rows[: self.window.length]
        ordered = page[::-1] if self.window.backward else page
        lists = self.level.lists(run, ordered)
        return self.answer_with(Page(ordered, lists, len(rows) > self.window.length, count))

    def answer_with(self, page: Page) -> object:
        """The connection's dict."""
        return {key: part(page) for key, part in self._parts}

    def _part(self, field: Field) -> Part:
        match field.name:
            case "nodes":
                return self._nodes(field)
            case "edges":
                return self._edges(field)
            case "pageInfo":
                return self._page_info(field)
            case "totalCount":
                return lambda page: page.count
            case "totalCountIsExact":
                return lambda page: True
            case name if name == TYPENAME:
                return lambda page: f"{self.entity.name}Connection"
        raise KeyError(f"{self.entity.name}Connection.{field.name}")

    def _nodes(self, field: Field) -> Part:
        shape = self._shape_of(self.level, self.level.source, field)
        return lambda page: [shape(row, page.lists) for row in page.rows]

    def _edges(self, field: Field) -> Part:
        type_name = f"{self.entity.name}Edge"
        fields = (field.selection or Selection({})).of(type_name)
        parts = [(one.key, self._edge_part(one, type_name)) for one in fields]
        return lambda page: [{key: part(row, page.lists) for key, part in parts} for row in page.rows]

    def _edge_part(self, field: Field, type_name: str) -> Shape:
        if field.name == "node":
            return self._shape_of(self.level, self.level.source, field)
        if field.name == "cursor":
            return lambda row, lists: self._cursor(row)
        return lambda row, lists: type_name

    def _page_info(self, field: Field) -> Part:
        fields = (field.selection or Selection({})).of("PageInfo")
        return lambda page: {one.key: self._about(page, one.name) for one in fields}

    def _about(self, page: Page, name: str) -> object:
        forward_more = page.more if not self.window.backward else self.window.before is not None
        backward_more = page.more if self.window.backward else self.window.after is not None
        return {
            "hasNextPage": forward_more,
            "hasPreviousPage": backward_more,
            "startCursor": self._cursor(page.rows[0]) if page.rows else None,
            "endCursor": self._cursor(page.rows[-1]) if page.rows else None,
            TYPENAME: "PageInfo",
        }[name]

    def _cursor(self, row: Row) -> str:
        return self.window.cursor(row[self._place[0]], row[self._place[-1]])


class RootPage:
    """One page of a root connection: at most one statement for its rows and one for its count."""

    def __init__(self, entity: Entity, field: Field, context: Context, shape_of: Shaper) -> None:
        self.pages = Pages(entity, field, context, shape_of)

    def read(self, run: Run) -> object:
        """The connection's dict."""
        pages = self.pages
        rows = run(self._rows(), {}) if pages.asks_rows else ()
        count = run(self._count(), {})[0][0] if pages.asks_count else None
        return pages.answer(run, rows, count)

    def _rows(self) -> Select[Any]:
        pages, rows = self.pages, self.pages.level.source.rows
        chosen = pages.level.statement().where(*pages.conditions(rows), *pages.window.conditions(rows))
        return chosen.order_by(*pages.window.ordering(rows)).limit(pages.one_more)

    def _count(self) -> Select[Any]:
        source = source_of(self.pages.entity, self.pages.context)
        counted = select(func.count()).select_from(source.table)
        return counted.where(source.rule, *self.pages.conditions(source.rows))


class HangingPages:
    """One page for each of a batch of parents: at most one statement for all rows and one for all counts."""

    def __init__(self, connection: Connection, field: Field, context: Context, shape_of: Shaper) -> None:
        self.key = connection.key
        self.dialect = context.dialect
        self.pages = Pages(context.entities[connection.target], field, context, shape_of)
        self.parent = self.pages.level.column(self.pages.level.source, connection.key)

    def read(self, run: Run, keys: Sequence[int]) -> Mapping[int, object]:
        """The connection's dict for each of these parents."""
        pages, parameters = self.pages, batch(keys, self.dialect)
        rows = run(self._rows(), parameters) if pages.asks_rows and keys else ()
        counts = dict(map(tuple, run(self._counts(), parameters))) if pages.asks_count and keys else {}
        lists = pages.level.lists(run, rows)
        by_parent: dict[int, list[Row]] = {key: [] for key in keys}
        for row in rows:
            by_parent[row[self.parent]].append(row)
        return {key: self._page(found, lists, counts.get(key, 0)) for key, found in by_parent.items()}

    def _page(self, rows: Sequence[Row], lists: Lists, count: int) -> object:
        window = self.pages.window
        page = rows[: window.length]
        ordered = page[::-1] if window.backward else page
        return self.pages.answer_with(Page(ordered, lists, len(rows) > window.length, count))

    def _rows(self) -> Select[Any]:
        """The rows of all pages: ranked within their parents first, inside the rule and the filters, then joined."""
        pages, source = self.pages, self.pages.level.source
        ranked = self._ranked()
        joined = ranked.join(source.table, source.rows[pages.entity.key] == ranked.c.key)
        return pages.level.statement(joined).where(ranked.c.place <= pages.one_more).order_by(ranked.c.place)

    def _ranked(self) -> Any:
        pages, inner = self.pages, source_of(self.pages.entity, self.pages.context)
        rows, window = inner.rows, self.pages.window
        place = func.row_number().over(partition_by=rows[self.key], order_by=window.ordering(rows))
        chosen = select(rows[pages.entity.key].label("key"), place.label("place")).where(
            inner.rule, in_batch(rows[self.key], self.dialect), *pages.conditions(rows), *window.conditions(rows)
        )
        return chosen.subquery()

    def _counts(self) -> Select[Any]:
        source = source_of(self.pages.entity, self.pages.context)
        key = source.rows[self.key]
        counted = select(key, func.count()).where(source.rule, in_batch(key, self.dialect))
        return counted.where(*self.pages.conditions(source.rows)).group_by(key)
