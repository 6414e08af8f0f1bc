"""The situations a service type must be able to decide in, judged by the shipped plan and invented prices."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

from backoffice.domain.coverage import AllowanceUsage, AssetFacts, Facts, PeriodFacts, ServiceAsked
from backoffice.domain.money import PriceUnit
from backoffice.domain.period import Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.domain.tariff import BillingRule, TariffBook, TariffEdition, TariffLine, TariffMapping
from backoffice.domain.tax import TaxRate, TaxTable
from backoffice.plugins.contract import RecordFacts, ServiceType

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
DISTANCES = (None, 0, 39_999, 40_000)
"""In metres, around the limit of the free visit."""

BOOK = TariffBook(
    editions=(
        TariffEdition(
            1,
            1405,
            1,
            date(2026, 4, 1),
            (
                TariffLine("hour", PriceUnit.HOUR, 6_000_000),
                TariffLine("call_out", PriceUnit.CALL_OUT, 1_500_000),
                TariffLine("kilometre", PriceUnit.KILOMETRE, 30_000),
            ),
        ),
    ),
    billing=tuple(BillingRule(mode, 30, 15) for mode in Mode),
    mappings=(TariffMapping("*", "hour", "call_out", "kilometre"),),
)
TAXES = TaxTable((TaxRate(1, date(2020, 1, 1), None, Decimal("0.1")),))


def situations(service_type: ServiceType) -> Iterator[Facts]:
    """All modes and subjects; no asset, before, inside, after its period; used up or not; near, far, unknown."""
    plan = shipped_plan()
    assets = [None, *(_asset(plan, days_ago) for days_ago in (-30, 100, 900))]
    for mode, subject, distance, minutes in product(
        sorted(service_type.modes), sorted(service_type.subjects), DISTANCES, (None, 95)
    ):
        asked = ServiceAsked(
            service_type=service_type.code,
            mode=mode,
            subject=subject,
            requested_at=NOW,
            performed_at=None if minutes is None else NOW + timedelta(hours=2),
            minutes=minutes,
            distance_metres=distance,
        )
        for asset, used in product(assets, (0, 99)):
            yield _facts(service_type, plan, asked=asked, asset=asset, used=used)


def record_in(facts: Facts, request: Mapping[str, object]) -> RecordFacts:
    """A record in work, in the situation of ``facts``."""
    asked = facts.asked
    return RecordFacts(
        id=1,
        status=RecordStatus.IN_PROGRESS,
        mode=asked.mode,
        subject=asked.subject,
        customer_id=1,
        asset_id=1,
        requested_at=asked.requested_at,
        performed_at=asked.performed_at,
        minutes=asked.minutes,
        distance_metres=asked.distance_metres,
        request=request,
    )


def _asset(plan: SupportPlan, days_ago: int) -> AssetFacts:
    """An asset bought ``days_ago``, with a year of support."""
    starts_on = NOW.date() - timedelta(days=days_ago)
    period = PeriodFacts(
        id=1, track=Track.SUPPORT, starts_on=starts_on, ends_before=starts_on + timedelta(days=365), plan=plan
    )
    return AssetFacts(starts_on, (period,))


def _facts(
    service_type: ServiceType, plan: SupportPlan, *, asked: ServiceAsked, asset: AssetFacts | None, used: int
) -> Facts:
    return Facts(
        asked=asked,
        offering=service_type.offering,
        asset=asset,
        default_plan=plan,
        book=BOOK,
        taxes=TAXES,
        usage=tuple(AllowanceUsage(1, rule.key, min(used, rule.quantity)) for rule in plan.allowances),
    )
