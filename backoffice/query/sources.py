"""Conditions about rows of other entities, through their row rules."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from backoffice.query.field_kinds import Condition, Rows, Sources


def some(name: str, sources: Sources, on: Callable[[Rows], Condition]) -> Condition:
    """That there is a row of this entity, visible to the viewer, for which ``on(rows)`` holds."""
    source = sources.of(name)
    return exists().where(source.rule, on(source.rows)).select_from(source.table)


def those(name: str, column: str, sources: Sources, that: Callable[[Rows], Condition]) -> Select[Any]:
    """The values of a column of this entity's rows, visible to the viewer, for which ``that(rows)`` holds.

    Unlike ``some`` it is found once for the whole statement: for conditions that few rows meet.
    """
    source = sources.of(name)
    return select(source.rows[column]).where(source.rule, that(source.rows))


def number_of(name: str, sources: Sources, outer: Rows, that: Callable[[Rows], Condition]) -> ColumnElement[int]:
    """How many rows of this entity, visible to the viewer, ``that(rows)`` holds for, for each row of ``outer``."""
    source = sources.of(name)
    counted = select(func.count()).select_from(source.table).where(source.rule, that(source.rows))
    return counted.correlate(outer.id.table).scalar_subquery()
