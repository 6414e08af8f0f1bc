"""Decisions on their way into the database, with everything to make them again, and back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backoffice.domain.coverage import AllowanceUse, Decision, EditionRef, Facts, PlanRef, Reason
from backoffice.domain.money import Component, PriceLine, PriceUnit
from backoffice.domain.tariff import TariffBook
from backoffice.models import CoverageDecision, DocumentKind, FrozenDocument, TariffEdition
from backoffice.operations.plans import frozen_body
from backoffice.operations.result import Decided
from backoffice.operations.work import Work

ENGINE = "2"
"""Which rules of deciding made a decision: raised when ``domain.coverage.decide`` answers the same facts otherwise."""


def store_decision(work: Work, decided: Decided) -> CoverageDecision:
    """The decision as a row with its inputs, the tariff book they name frozen beside it."""
    freeze_book(work.session, decided.facts.book)
    row = CoverageDecision(**decision_values(decided, work.now))
    work.session.add(row)
    work.session.flush()
    return row


def decision_values(decided: Decided, at: datetime) -> dict[str, object]:
    """What the row of a decision taken ``at`` holds, by its columns."""
    decision, use = decided.decision, decided.decision.allowance
    return {
        "outcome": decision.outcome,
        "amount": decision.amount,
        "vat": decision.vat,
        "shadow_amount": decision.shadow_amount,
        "billed_minutes": decision.billed_minutes,
        "provisional": decision.provisional,
        "overridden": decision.overridden,
        "fingerprint": decision.fingerprint,
        "plan_code": decision.plan.code,
        "plan_version": decision.plan.version,
        "plan_hash": decision.plan.content_hash,
        "book_hash": decided.facts.book.content_hash,
        "edition_id": None if decision.edition is None else decision.edition.id,
        "tax_rate_id": decision.tax_id,
        "period_id": decision.period_id,
        "term": decision.term,
        "allowance_key": None if use is None else use.key,
        "allowance_limit": None if use is None else use.limit,
        "allowance_used": None if use is None else use.used,
        "lines": [line.to_document() for line in decision.lines],
        "reasons": [reason.to_document() for reason in decision.reasons],
        "missing_inputs": list(decision.missing_inputs),
        "inputs": decided.facts.to_document(),
        "engine": ENGINE,
        "decided_at": at,
    }


def stored_decision(session: Session, row: CoverageDecision) -> Decision:
    """The decision that was stored in ``row``."""
    return Decision(
        outcome=row.outcome,
        plan=PlanRef(row.plan_code, row.plan_version, row.plan_hash),
        reasons=tuple(Reason(**reason) for reason in _documents(row.reasons)),
        amount=row.amount,
        vat=row.vat,
        lines=tuple(_line(line) for line in _documents(row.lines)),
        billed_minutes=row.billed_minutes,
        provisional=row.provisional,
        edition=_edition(session, row.edition_id),
        tax_id=row.tax_rate_id,
        period_id=row.period_id,
        term=row.term,
        allowance=_allowance(row),
        missing_inputs=tuple(row.missing_inputs),
        shadow_amount=row.shadow_amount,
        overridden=row.overridden,
    )


def stored_facts(session: Session, row: CoverageDecision) -> Facts:
    """The facts that the decision in ``row`` was made from."""
    return Facts.from_document(row.inputs, lambda document_hash: frozen_body(session, document_hash))


def decided_again(session: Session, decision_id: int | None) -> Decided | None:
    """A stored decision beside its facts, for an answer that is repeated."""
    if decision_id is None:
        return None
    row = session.get_one(CoverageDecision, decision_id)
    return Decided(stored_decision(session, row), stored_facts(session, row))


def freeze_book(session: Session, book: TariffBook) -> None:
    """Keep the book once. Somebody else may keep the very same one at the same moment."""
    kept = select(FrozenDocument.hash).where(FrozenDocument.hash == book.content_hash)
    if session.scalar(kept) is not None:
        return
    try:
        with session.begin_nested():
            session.add(FrozenDocument(hash=book.content_hash, kind=DocumentKind.TARIFF_BOOK, body=book.to_document()))
    except IntegrityError:
        if session.scalar(kept) is None:
            raise


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


def _edition(session: Session, edition_id: int | None) -> EditionRef | None:
    if edition_id is None:
        return None
    edition = session.get_one(TariffEdition, edition_id)
    return EditionRef(edition.id, edition.jalali_year, edition.version)


def _allowance(row: CoverageDecision) -> AllowanceUse | None:
    if row.allowance_key is None or row.allowance_limit is None or row.allowance_used is None:
        return None
    return AllowanceUse(row.period_id, row.allowance_key, row.allowance_limit, row.allowance_used)
