"""A decision as the columns of its row, and read back from them: the one spelling of a decision in the database."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backoffice.domain.decision import AllowanceUse, Decision, EditionRef, PlanRef, Reason
from backoffice.domain.money import Component, PriceLine, PriceUnit
from backoffice.models.decision import CoverageDecision

ALIKE = (
    "outcome",
    "amount",
    "vat",
    "billed_minutes",
    "provisional",
    "period_id",
    "term",
    "shadow_amount",
    "exhausted",
    "override_reason",
)
"""Columns that hold what the decision's attribute of the same name holds."""


def columns_of(decision: Decision) -> dict[str, object]:
    """What the row of ``decision`` holds, by its columns; not what it was decided from, when, or by which rules."""
    use, edition = decision.allowance, decision.edition
    return {
        **{name: getattr(decision, name) for name in ALIKE},
        "overridden": decision.overridden,
        "fingerprint": decision.fingerprint,
        "plan_code": decision.plan.code,
        "plan_version": decision.plan.version,
        "plan_hash": decision.plan.content_hash,
        "edition_id": None if edition is None else edition.id,
        "tax_rate_id": decision.tax_id,
        "allowance_key": None if use is None else use.key,
        "allowance_limit": None if use is None else use.limit,
        "allowance_used": None if use is None else use.used,
        "lines": [line.to_document() for line in decision.lines],
        "reasons": [reason.to_document() for reason in decision.reasons],
        "missing_inputs": list(decision.missing_inputs),
    }


def decision_in(row: CoverageDecision, edition: EditionRef | None) -> Decision:
    """The decision that ``columns_of`` made the row of; ``edition`` is the one that the row's ``edition_id`` names."""
    return Decision(
        **{name: getattr(row, name) for name in ALIKE},
        plan=PlanRef(row.plan_code, row.plan_version, row.plan_hash),
        reasons=tuple(_reason(reason) for reason in row.reasons),
        lines=tuple(_line(line) for line in row.lines),
        edition=edition,
        tax_id=row.tax_rate_id,
        allowance=_allowance(row),
        missing_inputs=tuple(row.missing_inputs),
    )


def _reason(document: Mapping[str, Any]) -> Reason:
    return Reason(document["code"], document["params"])


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
