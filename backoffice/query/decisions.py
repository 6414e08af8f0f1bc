"""A decision that is not stored, as a source of one row with the columns of those that are."""

from collections.abc import Mapping

from sqlalchemy import FromClause, literal, select

from backoffice.domain.coverage import Decision
from backoffice.query.registry import Entity


def as_source(decision: Decision, entity: Entity) -> FromClause:
    """What the statement builder reads in place of the table, so that a preview is shaped by the very same code."""
    values = _columns(decision)
    columns = (literal(values.get(column.name), column.type).label(column.name) for column in entity.table.c)
    return select(*columns).subquery()


def _columns(decision: Decision) -> Mapping[str, object]:
    allowance = decision.allowance
    return {
        "outcome": decision.outcome,
        "amount": decision.amount,
        "vat": decision.vat,
        "shadow_amount": decision.shadow_amount,
        "billed_minutes": decision.billed_minutes,
        "provisional": decision.provisional,
        "overridden": decision.overridden,
        "fingerprint": decision.fingerprint,
        "edition_id": decision.edition.id if decision.edition else None,
        "period_id": decision.period_id,
        "allowance_key": allowance.key if allowance else None,
        "allowance_limit": allowance.limit if allowance else None,
        "allowance_used": allowance.used if allowance else None,
        "lines": [line.to_document() for line in decision.lines],
        "reasons": [reason.to_document() for reason in decision.reasons],
        "missing_inputs": list(decision.missing_inputs),
    }
