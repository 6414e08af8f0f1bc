"""What is asked of a connection, and the answer that a page of its rows makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, literal_column

from backoffice.query.field_kinds import Condition, Rows
from backoffice.query.given import Binds, Given
from backoffice.query.ground import Ground
from backoffice.query.keyset import window_of
from backoffice.query.level import Beside, Level, Shape
from backoffice.query.lists import Shaper
from backoffice.query.outline import Outlined
from backoffice.query.run import Row, Run
from backoffice.query.selection import TYPENAME


@dataclass(frozen=True)
class Page:
    """The rows of one page in their order. ``more``: the list goes on beyond the page's far end."""

    rows: Sequence[Row]
    beside: Beside
    more: bool
    count: int | None


Part = Callable[[Page], object]
"""The value of one field of a connection."""


class Pages:
    """What is asked of a connection: how its rows are read, and the answer that a page of them makes."""

    def __init__(self, name: str, field: Outlined, ground: Ground, shape_of: Shaper) -> None:
        self.entity = ground.entities[name]
        self.ground = ground
        self._field = field
        self._binds = Binds()
        self._given = Given(field.known, (), self._binds)
        self.window = window_of(self.entity, self._given)
        self.level = Level(ground.of(name), ground)
        self.window.conditions(self.level.source.rows)  # binds the cursors, so that they are judged beside a mere count
        self._place = [self.level.column(self.level.source, name) for name in self.window.columns]
        self._shape_of = shape_of
        fields = field.outline.of(f"{name}Connection")
        self.asks_rows = any(one.name in ("nodes", "edges", "page_info") for one in fields)
        self.asks_count = any(one.name == "total_count" for one in fields)
        self._parts = [(one.key, self._part(one)) for one in fields]

    def conditions(self, rows: Rows) -> list[Condition]:
        """What ``filter`` and ``search`` ask of an alias of the entity."""
        asked, text = self._given.get("filter"), self._given.get("search")
        found = [self.entity.filters[name](rows, asked[name], self.ground) for name in asked] if asked else []
        if text is not None and self.entity.search is not None:
            found.append(self.entity.search(rows, text, self.ground))
        return found

    def parameters(self, run: Run) -> dict[str, object]:
        """The values of the arguments, for the statements. Raises ``InvalidPage`` for a cursor of another list."""
        return self._binds.values(run.moment.arguments(self._field))

    @property
    def limit(self) -> ColumnElement[int]:
        """One above the page's length, to see whether there is more. A literal: with a bind PostgreSQL plans worse."""
        return literal_column(str(self.window.length + 1))

    def cut(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The page's rows in the list's order, of the statement's rows: those may be one more, and run backward."""
        page = rows[: self.window.length]
        return page[::-1] if self.window.backward else page

    def answer(self, page: Page) -> object:
        """The connection's dict."""
        return {key: part(page) for key, part in self._parts}

    def _part(self, field: Outlined) -> Part:
        match field.name:
            case "nodes":
                return self._nodes(field)
            case "edges":
                return self._edges(field)
            case "page_info":
                return self._page_info(field)
            case "total_count":
                return lambda page: page.count
            case "total_count_is_exact":
                return lambda page: True
            case name if name == TYPENAME:
                return lambda page: f"{self.entity.name}Connection"
        raise KeyError(f"{self.entity.name}Connection.{field.name}")

    def _nodes(self, field: Outlined) -> Part:
        shape = self._shape_of(self.level, self.level.source, field)
        return lambda page: [shape(row, page.beside) for row in page.rows]

    def _edges(self, field: Outlined) -> Part:
        type_name = f"{self.entity.name}Edge"
        fields = field.outline.of(type_name)
        parts = [(one.key, self._edge_part(one, type_name)) for one in fields]
        return lambda page: [{key: part(row, page.beside) for key, part in parts} for row in page.rows]

    def _edge_part(self, field: Outlined, type_name: str) -> Shape:
        if field.name == "node":
            return self._shape_of(self.level, self.level.source, field)
        if field.name == "cursor":
            return lambda row, beside: self._cursor(row)
        return lambda row, beside: type_name

    def _page_info(self, field: Outlined) -> Part:
        fields = field.outline.of("PageInfo")
        return lambda page: {one.key: self._about(page, one.name) for one in fields}

    def _about(self, page: Page, name: str) -> object:
        forward_more = page.more if not self.window.backward else self.window.before is not None
        backward_more = page.more if self.window.backward else self.window.after is not None
        return {
            "has_next_page": forward_more,
            "has_previous_page": backward_more,
            "start_cursor": self._cursor(page.rows[0]) if page.rows else None,
            "end_cursor": self._cursor(page.rows[-1]) if page.rows else None,
            TYPENAME: "PageInfo",
        }[name]

    def _cursor(self, row: Row) -> str:
        return self.window.cursor(row[self._place[0]], row[self._place[-1]])
