"""A decision that is not stored, as a source of one row with the columns of those that are."""

from collections.abc import Mapping

from sqlalchemy import FromClause, bindparam, select

from backoffice.domain.coverage import Decision
from backoffice.models import CoverageDecision
from backoffice.models.decision_columns import columns_of
from backoffice.query.registry import Entity


def as_source(entity: Entity) -> FromClause:
    """What the statement builder reads in place of the table, so that a preview is shaped by the very same code."""
    columns = (bindparam(_bind(column.name), type_=column.type).label(column.name) for column in entity.table.c)
    return select(*columns).subquery()


def bound(decision: object) -> Mapping[str, object]:
    """The values of that row for a decision; what it does not say is null."""
    if not isinstance(decision, Decision):
        raise TypeError(f"a decision was expected, not {decision!r}")
    values = columns_of(decision)
    return {_bind(column.name): values.get(column.name) for column in CoverageDecision.__table__.c}


def _bind(column: str) -> str:
    return f"decided_{column}"
