"""A decision that is not stored, as a source of one row with the columns of those that are."""

from sqlalchemy import FromClause, literal, select

from backoffice.domain.coverage import Decision
from backoffice.models.decision_columns import columns_of
from backoffice.query.registry import Entity


def as_source(decision: Decision, entity: Entity) -> FromClause:
    """What the statement builder reads in place of the table, so that a preview is shaped by the very same code."""
    values = columns_of(decision)
    columns = (literal(values.get(column.name), column.type).label(column.name) for column in entity.table.c)
    return select(*columns).subquery()
