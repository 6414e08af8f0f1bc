"""The only place that makes aliases of tables: each comes with the row rule it must be read through."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, exists, select

from backoffice.query.context import Context
from backoffice.query.fields import Condition, Rows
from backoffice.query.registry import Entity


@dataclass(frozen=True, eq=False)
class Source:
    """One alias of an entity's table, its columns, and the condition that leaves the rows the viewer may see.

    ``optional``: an outer join may leave it without a row.
    """

    entity: Entity
    table: FromClause
    rows: Rows
    rule: Condition
    optional: bool = False


def source_of(entity: Entity, context: Context, table: FromClause | None = None, *, optional: bool = False) -> Source:
    """A new alias of the entity's table, or ``table``, which has the same columns, in its place."""
    table = entity.table.alias() if table is None else table
    return Source(entity, table, table.c, entity.visible(table.c, context.viewer), optional)


def some(name: str, context: Context, on: Callable[[Rows], Condition]) -> Condition:
    """That there is a row of this entity, visible to the viewer, for which ``on(rows)`` holds."""
    source = source_of(context.entities[name], context)
    return exists().where(source.rule, on(source.rows)).select_from(source.table)


def those(name: str, column: str, context: Context, that: Callable[[Rows], Condition]) -> Select[Any]:
    """The values of a column of this entity's rows, visible to the viewer, for which ``that(rows)`` holds.

    Unlike ``some`` it is found once for the whole statement: for conditions that few rows meet.
    """
    source = source_of(context.entities[name], context)
    return select(source.rows[column]).where(source.rule, that(source.rows))
