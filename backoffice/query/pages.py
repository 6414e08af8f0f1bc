"""Which page of an ordered list is asked for, and the keyset conditions that find it without counting rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, tuple_
from sqlalchemy.types import TypeDecorator, TypeEngine

from backoffice.query.cursors import InvalidPage, from_cursor, to_cursor
from backoffice.query.fields import Condition, Rows
from backoffice.query.registry import Entity

DEFAULT_LENGTH = 50
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Window:
    """``length`` objects in the order of one column (its entity's key deciding between equals), from a cursor on.

    ``backward``: the last ones, not the first ones. ``after`` and ``before`` are decoded cursors.
    """

    entity: Entity
    order: str
    descending: bool
    length: int
    backward: bool
    after: tuple[object, int] | None
    before: tuple[object, int] | None

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

    def _beyond(self, rows: Rows, place: tuple[object, int], *, falling: bool) -> Condition:
        columns = [rows[name] for name in self.columns]
        values = place[-len(columns) :]
        here = tuple_(*columns)
        there = tuple_(*(literal(value, column.type) for value, column in zip(values, columns, strict=True)))
        return here < there if falling else here > there

    def cursor(self, value: object, key: int) -> str:
        """The cursor of the object with this key and this value of the ordering column."""
        return to_cursor(self.order, value, key)


def window_of(entity: Entity, arguments: Mapping[str, object]) -> Window:
    """The window that ``first``, ``after``, ``last``, ``before`` and ``order_by`` ask for. Raises ``InvalidPage``."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise InvalidPage("BAD_REQUEST", "Ask for the first or for the last, not for both.")
    order, descending = _order(entity, arguments.get("order_by"))
    kind = _kind(entity.table.c[entity.orders[order].column].type)
    return Window(
        entity=entity,
        order=order,
        descending=descending,
        length=_length(first if last is None else last),
        backward=last is not None,
        after=_place(arguments.get("after"), order, kind),
        before=_place(arguments.get("before"), order, kind),
    )


def _kind(column: TypeEngine[Any]) -> type:
    return (column.impl_instance if isinstance(column, TypeDecorator) else column).python_type


def _place(cursor: object, order: str, kind: type) -> tuple[object, int] | None:
    return None if cursor is None else from_cursor(cursor, order, kind)


def _length(asked: object) -> int:
    if asked is None:
        return DEFAULT_LENGTH
    if not isinstance(asked, int) or not 1 <= asked <= LONGEST:
        raise InvalidPage("LIMIT_EXCEEDED", f"A page has 1 to {LONGEST} objects, not {asked}.")
    return asked


def _order(entity: Entity, asked: object) -> tuple[str, bool]:
    """Name and direction of an order asked for as ``{"field": …, "direction": …}``, else of the entity's first one."""
    if isinstance(asked, Mapping):
        return str(asked["field"]).lower(), str(asked["direction"]).lower() == "desc"
    name = next(iter(entity.orders))
    return name, entity.orders[name].descending
