"""One page of a connection at the root."""

from typing import Any

from sqlalchemy import FromClause, Select, func, select

from backoffice.query.connections import Page, Pages
from backoffice.query.ground import Ground
from backoffice.query.lists import Shaper
from backoffice.query.outline import Outlined
from backoffice.query.run import Run


class RootPage:
    """One page of a root connection: at most one statement for its rows and one for its count."""

    def __init__(self, name: str, field: Outlined, ground: Ground, shape_of: Shaper) -> None:
        self.pages = Pages(name, field, ground, shape_of)
        self._chosen = self._rows() if self.pages.asks_rows else None
        self._counted = self._count() if self.pages.asks_count else None

    def read(self, run: Run) -> object:
        """The connection's dict."""
        pages, parameters = self.pages, self.pages.parameters(run)
        rows = () if self._chosen is None else run.rows(self._chosen, parameters)
        count = None if self._counted is None else run.rows(self._counted, parameters)[0][0]
        page = pages.cut(rows)
        return pages.answer(Page(page, pages.level.beside(run, page), len(rows) > len(page), count))

    def _rows(self) -> Select[Any]:
        """Chosen first, inside the row rule and the filters; joined to what they refer to after."""
        pages, source = self.pages, self.pages.level.source
        chosen = self._keys()
        joined = chosen.join(source.table, source.rows[pages.entity.key] == chosen.c.key)
        return pages.level.statement(joined).order_by(*pages.window.ordering(source.rows))

    def _keys(self) -> FromClause:
        """Joined before, SQLite would read the joined tables whole and sort."""
        pages, inner = self.pages, self.pages.ground.of(self.pages.entity.name)
        rows, window = inner.rows, self.pages.window
        chosen = select(rows[pages.entity.key].label("key")).where(
            inner.rule, *pages.conditions(rows), *window.conditions(rows)
        )
        return chosen.order_by(*window.ordering(rows)).limit(pages.limit).subquery()

    def _count(self) -> Select[Any]:
        source = self.pages.ground.of(self.pages.entity.name)
        counted = select(func.count()).select_from(source.table)
        return counted.where(source.rule, *self.pages.conditions(source.rows))
