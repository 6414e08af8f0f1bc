"""What an entity is, and the register that takes none without a row rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Table

from backoffice.access.access_class import AccessClass
from backoffice.models import Base
from backoffice.plugins import Registry
from backoffice.query.field_kinds import (
    Column,
    Computed,
    Condition,
    Connection,
    Expression,
    FieldKind,
    Linked,
    Many,
    One,
    Rows,
    Sources,
    Through,
)
from backoffice.query.given import Given

RowRule: TypeAlias = Callable[[Rows, AccessClass], Condition]
Filter: TypeAlias = Callable[[Rows, Given, Sources], Condition]


class Unregistrable(TypeError):
    """An entity's declaration cannot be used; the message names the entity and says why."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A column by which an entity can be ordered and paged; it is never null."""

    column: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Interface:
    """How rows of one table are objects of several types: by the value of ``column``.

    ``types`` gives the type's name by that value; all other rows, and those whose stored data is not ``readable`` for
    their own type, are ``fallback``, which has none of the ``special`` fields. Whatever is asked, a row has one type.
    """

    column: str
    types: Callable[[Registry], Mapping[str, str]]
    fallback: str
    special: frozenset[str]
    readable: Computed


@dataclass(frozen=True, kw_only=True)
class Entity:
    """One GraphQL type over one table.

    ``visible`` is the row rule that every alias of the table is read through. ``permission`` is needed to reach the
    entity through a field of another. ``lookups`` find one object by a business key. ``filters``, ``search`` and
    ``orders`` serve its pages; the first order is the default. ``listed_by`` orders the list of all of them.
    """

    name: str
    model: type[Base]
    visible: RowRule
    fields: Mapping[str, FieldKind]
    permission: str | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    search: Filter | None = None
    lookups: Mapping[str, Filter] = field(default_factory=dict)
    listed_by: tuple[Order, ...] = ()
    interface: Interface | None = None

    @property
    def table(self) -> Table:
        """The model's table."""
        table = self.model.__table__
        if not isinstance(table, Table):
            raise Unregistrable(f"{self.name}: its model is not a table")
        return table

    @property
    def key(self) -> str:
        """The name of the primary key's column."""
        return self.table.primary_key.columns[0].name


class Entities:
    """The registered entities by name. Columns are checked when one is added, targets by ``complete``."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_name: dict[str, Entity] = {}
        for entity in entities:
            self.add(entity)
        self.complete()

    def __getitem__(self, name: str) -> Entity:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._by_name.values())

    def add(self, entity: Entity) -> None:
        """Register an entity. Raises ``Unregistrable`` without a row rule, for a taken name or an unknown column."""
        if not callable(entity.visible):
            raise Unregistrable(f"{entity.name}: give it a row rule, visible(rows, access)")
        if entity.name in self._by_name:
            raise Unregistrable(f"{entity.name}: the name is taken")
        if unknown := _own_columns(entity) - set(entity.table.c.keys()):
            raise Unregistrable(f"{entity.name}: {entity.table.name} has no column {', '.join(sorted(unknown))}")
        self._by_name[entity.name] = entity

    def complete(self) -> None:
        """Raise ``Unregistrable`` where a field leads to an entity or a column that is not there."""
        for entity in self:
            for name, kind in entity.fields.items():
                for target, column in _foreign_columns(kind):
                    if target not in self or (column or self[target].key) not in self[target].table.c:
                        raise Unregistrable(f"{entity.name}.{name}: there is no {target}.{column}")


def _own_columns(entity: Entity) -> set[str]:
    named = {order.column for order in (*entity.orders.values(), *entity.listed_by)}
    for kind in entity.fields.values():
        if isinstance(kind, Column):
            named.add(kind.name)
        elif isinstance(kind, Computed):
            named.update(name for name in kind.needs if not isinstance(entity.fields.get(name), Expression))
    return named | ({entity.interface.column, *entity.interface.readable.needs} if entity.interface else set())


def _foreign_columns(kind: FieldKind) -> list[tuple[str, str | None]]:
    match kind:
        case One(target=target):
            return [(target, None)]
        case Through(one=one, column=column):
            return [(one.target, column)]
        case Many(target=target, key=key, order=order, column=column):
            return [(target, name) for name in (key, *order, column)]
        case Linked(link=link, key=key, to=to, order=order):
            return [(link, key), *((to.target, name) for name in order)]
        case Connection(target=target, key=key):
            return [(target, key)]
        case _:
            return []
