"""One page of a connection at the root."""

from typing import Any

from sqlalchemy import FromClause, Select, func, select

from backoffice.query.connections import Page, Pages
from backoffice.query.context import Context
from backoffice.query.level import Run
from backoffice.query.lists import Shaper
from backoffice.query.registry import Entity
from backoffice.query.selection import Field
from backoffice.query.sources import source_of


class RootPage:
    """One page of a root connection: at most one statement for its rows and one for its count."""

    def __init__(self, entity: Entity, field: Field, context: Context, shape_of: Shaper) -> None:
        self.pages = Pages(entity, field, context, shape_of)

    def read(self, run: Run) -> object:
        """The connection's dict."""
        pages = self.pages
        rows = run(self._rows(), {}) if pages.asks_rows else ()
        count = run(self._count(), {})[0][0] if pages.asks_count else None
        page = pages.cut(rows)
        return pages.answer(Page(page, pages.level.lists(run, page), len(rows) > len(page), count))

    def _rows(self) -> Select[Any]:
        """Chosen first, inside the row rule and the filters; joined to what they refer to after."""
        pages, source = self.pages, self.pages.level.source
        chosen = self._chosen()
        joined = chosen.join(source.table, source.rows[pages.entity.key] == chosen.c.key)
        return pages.level.statement(joined).order_by(*pages.window.ordering(source.rows))

    def _chosen(self) -> FromClause:
        """Joined before, SQLite would read the joined tables whole and sort."""
        pages, inner = self.pages, source_of(self.pages.entity, self.pages.context)
        rows, window = inner.rows, self.pages.window
        chosen = select(rows[pages.entity.key].label("key")).where(
            inner.rule, *pages.conditions(rows), *window.conditions(rows)
        )
        return chosen.order_by(*window.ordering(rows)).limit(pages.limit).subquery()

    def _count(self) -> Select[Any]:
        source = source_of(self.pages.entity, self.pages.context)
        counted = select(func.count()).select_from(source.table)
        return counted.where(source.rule, *self.pages.conditions(source.rows))
