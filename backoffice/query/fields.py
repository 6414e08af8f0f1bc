"""The kinds of fields an entity can have, declared in ``entities`` and read in ``shape`` and ``level``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement

from backoffice.query.context import Context
from backoffice.query.selection import Field

Rows: TypeAlias = Any
"""The columns of one alias of a table, by name. SQLAlchemy has no static type for that."""

Condition: TypeAlias = ColumnElement[bool]


@dataclass(frozen=True)
class Column:
    """A column's value as it is."""

    name: str


@dataclass(frozen=True)
class Expression:
    """A value computed by the database from the entity's rows."""

    sql: Callable[[Rows, Context], ColumnElement[Any]]


@dataclass(frozen=True)
class Computed:
    """A value computed in Python. ``prepare`` sees what was asked, once, and gives the function of ``needs``."""

    needs: tuple[str, ...]
    prepare: Callable[[Field, Context], Callable[..., object]]


@dataclass(frozen=True)
class One:
    """The one object of ``target`` that ``on(rows, target rows, context)`` finds.

    Not ``nullable``: whoever sees the entity sees it.
    """

    target: str
    on: Callable[[Rows, Rows, Context], Condition]
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
    where: Callable[[Rows, Context], Condition] | None = None
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
    return One(target, lambda rows, found, context: found.id == rows[column], nullable=False)


def may_reference(target: str, column: str) -> One:
    """The object that a foreign key names, if it names one and the viewer sees it."""
    return One(target, lambda rows, found, context: found.id == rows[column], nullable=True)
