"""The plan, offerings, tariff and scenarios that the domain's tests decide with."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from backoffice.domain.coverage import AssetFacts, Decision, Facts, PeriodFacts, ServiceAsked
from backoffice.domain.period import Track, period_bounds
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.tariff import BillingRule, PriceUnit, TariffBook, TariffEdition, TariffLine, TariffMapping
from backoffice.domain.tax import TaxRate, TaxTable

DATA = Path(__file__).parents[1] / "data"
CASES: dict[str, Any] = json.loads((DATA / "decisions.json").read_text(encoding="utf-8"))
PLAN = shipped_plan()

REMOTE, PHONE, ON_SITE, AT_COMPANY, AT_AGENCY = Mode
BOTH = frozenset(Subject)
PLACES = frozenset({REMOTE, ON_SITE, AT_COMPANY, AT_AGENCY})

OFFERINGS = {
    offering.code: offering
    for offering in (
        Offering("installation", PLACES),
        Offering("reinstallation", PLACES, BOTH),
        Offering("training", PLACES),
        Offering("lock_removal", PLACES, BOTH),
        Offering("version_update", PLACES),
        Offering("customization", PLACES),
        Offering("model_upgrade", PLACES),
        Offering("troubleshooting", PLACES | {PHONE}),
        Offering("retraining", frozenset({PHONE, REMOTE})),
        Offering("guidance", frozenset({PHONE, REMOTE})),
        Offering("access_codes", frozenset({PHONE, REMOTE})),
        Offering("on_site_visit", frozenset({ON_SITE})),
        Offering("periodic_service", frozenset({REMOTE, ON_SITE, AT_COMPANY})),
        Offering("demo", frozenset({REMOTE, ON_SITE, AT_COMPANY}), needs_asset=False),
        Offering("success_call", frozenset({PHONE})),
    )
}


def _edition(number: int, data: Mapping[str, Any]) -> TariffEdition:
    rates = data["rates"]
    lines = (
        TariffLine("hour", PriceUnit.HOUR, rates["hour"]),
        TariffLine("callout", PriceUnit.CALL_OUT, rates["callout"]),
        TariffLine("km", PriceUnit.KILOMETRE, rates["km"]),
    )
    effective_from = date.fromisoformat(data["effectiveFrom"])
    return TariffEdition(number, data["jalaliYear"], data["version"], effective_from, lines)


def _tax(number: int, data: Mapping[str, Any]) -> TaxRate:
    before = data["before"]
    return TaxRate(
        number,
        date.fromisoformat(data["from"]),
        date.fromisoformat(before) if before else None,
        Decimal(data["rate"]),
    )


EVERY_SERVICE = TariffMapping("*", labour="hour", call_out="callout", kilometre="km")
BOOK = TariffBook(
    editions=tuple(_edition(number, data) for number, data in enumerate(CASES["tariffEditions"], start=1)),
    billing=tuple(
        BillingRule(Mode(mode), rule["minimumMinutes"], rule["stepMinutes"]) for mode, rule in CASES["billing"].items()
    ),
    mappings=(EVERY_SERVICE,),
)
TAXES = TaxTable(tuple(_tax(number, data) for number, data in enumerate(CASES["taxRates"], start=1)))

BOUGHT = date(2025, 8, 6)  # 15 Mordad 1404
INSIDE = datetime.fromisoformat("2025-08-23T12:00:00+03:30")
OUTSIDE = datetime.fromisoformat("2026-08-23T12:00:00+03:30")


def year_from(starts_on: date, *, period_id: int = 1, plan: Any = PLAN, track: Track = Track.SUPPORT) -> PeriodFacts:
    """One year of support from a day on."""
    starts_on, ends_before = period_bounds(starts_on, 0, 12)
    return PeriodFacts(id=period_id, track=track, starts_on=starts_on, ends_before=ends_before, plan=plan)


ASSET = AssetFacts(BOUGHT, (year_from(BOUGHT),))


def facts(service_type: str, mode: Mode, at: datetime = INSIDE, **changes: Any) -> Facts:
    """What is known of one service done at an instant; ``changes`` are fields of ServiceAsked and of Facts."""
    offering = OFFERINGS[service_type]
    asked = {
        "service_type": service_type,
        "mode": mode,
        "subject": offering.default_subject,
        "requested_at": at,
        "performed_at": at,
        "minutes": 60,
    }
    around = {"offering": offering, "asset": ASSET, "default_plan": PLAN, "book": BOOK, "taxes": TAXES}
    for name, value in changes.items():
        (around if name in Facts.__dataclass_fields__ else asked)[name] = value
    return Facts(asked=ServiceAsked(**asked), **around)


def codes(decision: Decision) -> list[str]:
    """The codes of a decision's reasons, in order."""
    return [reason.code for reason in decision.reasons]
