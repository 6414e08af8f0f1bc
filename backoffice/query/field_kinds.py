"""The kinds of fields an entity can have, declared in ``entities`` and read in ``shape`` and ``level``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement, Date, FromClause, bindparam

from backoffice.plugins import Registry
from backoffice.query.outline import Outlined

Rows: TypeAlias = Any
"""The columns of one alias of a table, by name. SQLAlchemy has no static type for that."""

Condition: TypeAlias = ColumnElement[bool]

TODAY = bindparam("today", type_=Date)
"""The business day on which a plan is run."""


@dataclass(frozen=True, eq=False)
class Source:
    """One alias of an entity's table, its columns, and the condition that leaves the rows the viewer may see.

    ``optional``: an outer join may leave it without a row.
    """

    entity: str
    key: str
    table: FromClause
    rows: Rows
    rule: Condition
    optional: bool = False


class Sources(Protocol):
    """What conditions are made with: every table they look into is an alias that comes with its row rule."""

    def of(self, name: str) -> Source:
        """A new alias of an entity's table."""


@dataclass(frozen=True)
class Column:
    """A column's value as it is."""

    name: str


@dataclass(frozen=True)
class Expression:
    """A value computed by the database from the entity's rows."""

    sql: Callable[[Rows, Sources], ColumnElement[Any]]


@dataclass(frozen=True)
class Computed:
    """A value computed in Python. ``prepare`` sees what is asked and gives the function of the moment and ``needs``.

    These are names of columns, and of the entity's fields that are an ``Expression``.
    """

    needs: tuple[str, ...]
    prepare: Callable[[Outlined, Registry], Callable[..., object]]


@dataclass(frozen=True)
class One:
    """The one object of ``target`` that ``on(rows, target rows, sources)`` finds.

    Not ``nullable``: whoever sees the entity sees it.
    """

    target: str
    on: Callable[[Rows, Rows, Sources], Condition]
    nullable: bool


@dataclass(frozen=True)
class Through:
    """A column of the object that a ``One`` finds, null without such an object."""

    one: One
    column: str


@dataclass(frozen=True)
class Many:
    """All objects of ``target`` whose ``key`` holds the entity's id, ordered by columns; or one column of them."""

    target: str
    key: str
    order: tuple[str, ...]
    descending: bool = False
    where: Callable[[Rows, Sources], Condition] | None = None
    column: str | None = None


@dataclass(frozen=True)
class Linked:
    """All objects that ``to`` finds for rows of ``link`` whose ``key`` holds the entity's id, ordered by columns."""

    link: str
    key: str
    to: One
    order: tuple[str, ...]


@dataclass(frozen=True)
class Connection:
    """The pages of those objects of ``target`` whose column ``key`` holds the entity's id."""

    target: str
    key: str


FieldKind: TypeAlias = Column | Expression | Computed | One | Through | Many | Linked | Connection


def references(target: str, column: str) -> One:
    """The object that a NOT NULL foreign key names."""
    return One(target, lambda rows, found, sources: found.id == rows[column], nullable=False)


def may_reference(target: str, column: str) -> One:
    """The object that a foreign key names, if it names one and the viewer sees it."""
    return One(target, lambda rows, found, sources: found.id == rows[column], nullable=True)
