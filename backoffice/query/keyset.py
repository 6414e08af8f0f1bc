"""Which page of an ordered list is asked for, and the keyset conditions that find it without counting rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.types import TypeDecorator, TypeEngine

from backoffice.query.cursors import InvalidPage, from_cursor, to_cursor
from backoffice.query.field_kinds import Condition, Rows
from backoffice.query.given import Given
from backoffice.query.registry import Entity

DEFAULT_LENGTH = 50
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Window:
    """``length`` objects in the order of one column (its entity's key deciding between equals), from a cursor on.

    ``backward``: the last ones, not the first ones. ``after`` and ``before`` are cursors.
    """

    entity: Entity
    order: str
    descending: bool
    length: int
    backward: bool
    after: Given | None
    before: Given | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that decide the place of an object."""
        column = self.entity.orders[self.order].column
        return (column,) if column == self.entity.key else (column, self.entity.key)

    def ordering(self, rows: Rows) -> list[ColumnElement[Any]]:
        """ORDER BY as the statement needs it: from the end of the list when going backward."""
        falling = self.descending != self.backward
        return [rows[name].desc() if falling else rows[name].asc() for name in self.columns]

    def conditions(self, rows: Rows) -> list[Condition]:
        """What keeps the rows between the cursors."""
        found = []
        if self.after is not None:
            found.append(self._beyond(rows, self.after, falling=self.descending))
        if self.before is not None:
            found.append(self._beyond(rows, self.before, falling=not self.descending))
        return found

    def _beyond(self, rows: Rows, cursor: Given, *, falling: bool) -> Condition:
        columns = [rows[name] for name in self.columns]
        here = tuple_(*columns)
        there = tuple_(*(cursor.bind(column.type, self._decoded(column.name), part=column.name) for column in columns))
        return here < there if falling else here > there

    def _decoded(self, column: str) -> Callable[[object], object]:
        """From a cursor to one of its values. Raises ``InvalidPage``."""
        kind = _kind(self.entity.table.c[self.entity.orders[self.order].column].type)
        place = 1 if column == self.entity.key else 0
        return lambda cursor: from_cursor(cursor, self.order, kind)[place]

    def cursor(self, value: object, key: int) -> str:
        """The cursor of the object with this key and this value of the ordering column."""
        return to_cursor(self.order, value, key)


def window_of(entity: Entity, given: Given) -> Window:
    """The window that ``first``, ``after``, ``last``, ``before`` and ``order_by`` ask for. Raises ``InvalidPage``."""
    if "first" in given and "last" in given:
        raise InvalidPage("BAD_REQUEST", "Ask for the first or for the last, not for both.")
    order, descending = _order(entity, given)
    return Window(
        entity=entity,
        order=order,
        descending=descending,
        length=_length(given),
        backward="last" in given,
        after=given.get("after"),
        before=given.get("before"),
    )


def _kind(column: TypeEngine[Any]) -> type:
    return (column.impl_instance if isinstance(column, TypeDecorator) else column).python_type


def _length(given: Given) -> int:
    asked = next((given[name].literal for name in ("first", "last") if name in given), DEFAULT_LENGTH)
    if not isinstance(asked, int) or not 1 <= asked <= LONGEST:
        raise InvalidPage("LIMIT_EXCEEDED", f"A page has 1 to {LONGEST} objects, not {asked}.")
    return asked


def _order(entity: Entity, given: Given) -> tuple[str, bool]:
    """Name and direction of the order asked for, else of the entity's first one."""
    asked = given["order_by"].literal if "order_by" in given else None
    if isinstance(asked, tuple):
        return str(asked[0]), asked[1] == "desc"
    name = next(iter(entity.orders))
    return name, entity.orders[name].descending
