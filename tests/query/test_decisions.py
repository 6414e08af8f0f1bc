"""A decision that was only previewed is answered like one that is stored."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from backoffice.domain.coverage import AllowanceUse, Decision, EditionRef, Outcome, PlanRef, Reason
from backoffice.domain.money import Component, PriceLine, PriceUnit
from backoffice.models import TariffEdition
from backoffice.query.selection import asked, want
from tests.query.building import HASH, NOW, TODAY, World

WANTED = want(
    "outcome", "amount", "vat", "billed_minutes", "provisional", "overridden", "shadow_amount", "missing_inputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    reasons=want("code", "params", "message"),
    allowance=want("key", "limit", "used"),
    tariff_edition=want("id", "jalali_year"),
    period=want("track", "status", plan=want("name"), allowances=want("key", "remaining", label=asked(language="en"))),
)  # fmt: skip

PLAN = PlanRef("padra-standard", 1, HASH)


@dataclass(frozen=True)
class Taken:
    decision: Decision


def as_stored(decision: Decision) -> dict[str, object]:
    """The columns that storing it fills."""
    use = decision.allowance
    return {
        "outcome": decision.outcome,
        "amount": decision.amount,
        "vat": decision.vat,
        "shadow_amount": decision.shadow_amount,
        "billed_minutes": decision.billed_minutes,
        "provisional": decision.provisional,
        "fingerprint": decision.fingerprint,
        "edition_id": decision.edition.id if decision.edition else None,
        "period_id": decision.period_id,
        "allowance_key": use.key if use else None,
        "allowance_limit": use.limit if use else None,
        "allowance_used": use.used if use else None,
        "lines": [line.to_document() for line in decision.lines],
        "reasons": [reason.to_document() for reason in decision.reasons],
        "missing_inputs": list(decision.missing_inputs),
    }


@pytest.fixture
def decisions(world: World) -> list[Decision]:
    period = world.add_period(world.add_asset(world.add_customer()), -1, 9)
    world.add_allowance(period)
    edition = world.add(TariffEdition, jalali_year=1405, version=1, effective_from=TODAY, source="-", created_at=NOW)
    line = PriceLine(Component.LABOUR, Decimal("1.75"), PriceUnit.HOUR, 4_000_000, 7_000_000, covered=True)
    return [
        Decision(
            outcome=Outcome.ALLOWANCE,
            plan=PLAN,
            reasons=(Reason("free_inside"), Reason("vat", {"rate": "0.1", "amount": 700_000})),
            amount=0,
            vat=0,
            lines=(line,),
            billed_minutes=105,
            provisional=True,
            edition=EditionRef(edition.id, 1405, 1),
            period_id=period.id,
            allowance=AllowanceUse(period.id, "on_site_visit", 3, 1),
            shadow_amount=7_700_000,
        ),
        Decision(
            outcome=Outcome.NEEDS_INPUT,
            plan=PLAN,
            reasons=(Reason("distance_unknown"),),
            missing_inputs=("distance_metres",),
        ),
    ]


def test_a_preview_has_the_shape_of_a_stored_decision(world: World, decisions: list[Decision]):
    for decision in decisions:
        record = world.add_record(world.add_customer(), decision=as_stored(decision))

        stored = world.reader().one("ServiceRecord", {"id": record.id}, want(coverage=WANTED))

        assert stored is not None
        assert world.reader().decision(Taken(decision), WANTED) == stored["coverage"]


def test_a_preview_names_what_is_missing_as_the_api_does(world: World, decisions: list[Decision]):
    found = world.reader().decision(Taken(decisions[1]), want("outcome", "amount", "missing_inputs"))

    assert found == {"outcome": Outcome.NEEDS_INPUT, "amount": None, "missing_inputs": ["distance_metres"]}
