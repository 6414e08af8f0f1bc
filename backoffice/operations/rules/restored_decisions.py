"""Stored decisions as they were taken, beside the facts they were taken from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.coverage import AllowanceUse, Decision, EditionRef, Facts, PlanRef, Reason
from backoffice.domain.facts import plans_named
from backoffice.domain.money import Component, PriceLine, PriceUnit
from backoffice.models import CoverageDecision, TariffEdition
from backoffice.operations.result import Decided
from backoffice.operations.rules.plans import frozen_plans
from backoffice.operations.rules.tariffs import frozen_books


def restored_decision(session: Session, row: CoverageDecision) -> Decided:
    """The decision that was stored in ``row``, with its facts."""
    return restored_decisions(session, (row,))[0]


def restored_decisions(session: Session, rows: Sequence[CoverageDecision]) -> Sequence[Decided]:
    """The same for several, in their order; in as many statements for many as for one."""
    plans = frozen_plans(session, {name for row in rows for name in plans_named(row.inputs)})
    books = frozen_books(session, {row.book_hash for row in rows})
    editions = _editions(session, {row.edition_id for row in rows} - {None})
    return [Decided(_decision(row, editions), Facts.from_document(row.inputs, plans, books)) for row in rows]


def restored_reasons(stored: object) -> tuple[Reason, ...]:
    """The reasons of a stored decision."""
    return tuple(Reason(**reason) for reason in _documents(stored))


def _editions(session: Session, ids: set[int | None]) -> Mapping[int | None, EditionRef]:
    chosen = select(TariffEdition.id, TariffEdition.jalali_year, TariffEdition.version)
    found = session.execute(chosen.where(TariffEdition.id.in_(ids))) if ids else ()
    return {edition_id: EditionRef(edition_id, year, version) for edition_id, year, version in found}


def _decision(row: CoverageDecision, editions: Mapping[int | None, EditionRef]) -> Decision:
    return Decision(
        outcome=row.outcome,
        plan=PlanRef(row.plan_code, row.plan_version, row.plan_hash),
        reasons=restored_reasons(row.reasons),
        amount=row.amount,
        vat=row.vat,
        lines=tuple(_line(line) for line in _documents(row.lines)),
        billed_minutes=row.billed_minutes,
        provisional=row.provisional,
        edition=editions.get(row.edition_id),
        tax_id=row.tax_rate_id,
        period_id=row.period_id,
        term=row.term,
        allowance=_allowance(row),
        missing_inputs=tuple(row.missing_inputs),
        shadow_amount=row.shadow_amount,
        overridden=row.overridden,
    )


def _documents(stored: object) -> list[dict[str, Any]]:
    return list(stored) if isinstance(stored, list) else []


def _line(document: Mapping[str, Any]) -> PriceLine:
    return PriceLine(
        component=Component(document["component"]),
        quantity=Decimal(document["quantity"]),
        unit=PriceUnit(document["unit"]),
        rate=document["rate"],
        amount=document["amount"],
        covered=document["covered"],
    )


def _allowance(row: CoverageDecision) -> AllowanceUse | None:
    if row.allowance_key is None or row.allowance_limit is None or row.allowance_used is None:
        return None
    return AllowanceUse(row.period_id, row.allowance_key, row.allowance_limit, row.allowance_used)
