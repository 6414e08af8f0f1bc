"""Where a request stands: inside or outside a support period, and which term of which plan answers.

The rule, step by step:

1. Without an asset the default plan's outside column answers.
2. A period covers the day its own plan's coverage clock points at, unless that or the work is before the purchase.
3. Among the periods that cover it, support before warranty, the first whose plan has an inside term judged by that very
   track answers. When none has, but one has no inside term at all, that plan does not offer the service.
4. Otherwise an outside column answers: of the latest period begun by then; before the first period, of the first; where
   the asset has none, of the default plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from backoffice.domain.calendar import business_day
from backoffice.domain.decision import Reason
from backoffice.domain.facts import AssetFacts, Facts, PeriodFacts, ServiceAsked
from backoffice.domain.period import Track
from backoffice.domain.plan import ClockName, SupportPlan
from backoffice.domain.term import PlanTerm, Side


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """The plan and side that answer, the period when inside, the term when there is one, and why."""

    plan: SupportPlan
    side: Side
    period: PeriodFacts | None
    term: PlanTerm | None
    reason: Reason


def find_entitlement(facts: Facts) -> Entitlement:
    """Where the request of ``facts`` stands."""
    if facts.asset is None:
        code = "no_asset" if facts.offering.needs_asset else "asset_not_needed"
        return _outside(facts, facts.default_plan, Reason(code))
    covering = _covering(facts.asset, facts.asked)
    inside = [_inside(facts, period) for period in covering]
    for entitlement in inside:
        if entitlement.term and entitlement.period and entitlement.term.track is entitlement.period.track:
            return entitlement
    for entitlement in inside:
        if entitlement.term is None:
            return entitlement
    if inside and inside[0].term:
        return _off_track(facts, inside[0].term.track, covering[0])
    return _outside_of(facts, facts.asset)


def judged_day(asked: ServiceAsked, clock: ClockName) -> date:
    """The business day of the instant that ``clock`` names; of the request while the work is not done."""
    if clock == "performed_at" and asked.performed_at is not None:
        return business_day(asked.performed_at)
    return business_day(asked.requested_at)


def _covering(asset: AssetFacts, asked: ServiceAsked) -> list[PeriodFacts]:
    def covers(period: PeriodFacts) -> bool:
        day = judged_day(asked, period.plan.coverage_clock)
        is_owned = asset.purchased_on <= _first_day(asked, period.plan)
        return is_owned and period.starts_on <= day < period.ends_before

    return sorted(filter(covers, asset.periods), key=_support_first)


def _first_day(asked: ServiceAsked, plan: SupportPlan) -> date:
    """The day that coverage is judged on, or the day of the work where that is earlier."""
    return min(judged_day(asked, plan.coverage_clock), judged_day(asked, "performed_at"))


def _support_first(period: PeriodFacts) -> tuple[bool, date]:
    return period.track is not Track.SUPPORT, period.starts_on


def _inside(facts: Facts, period: PeriodFacts) -> Entitlement:
    day = judged_day(facts.asked, period.plan.coverage_clock)
    params = {
        "period_id": period.id,
        "track": period.track.value,
        "starts_on": period.starts_on.isoformat(),
        "last_day": _last_day(period),
        "day": day.isoformat(),
    }
    term = _term(facts, period.plan, Side.INSIDE)
    return Entitlement(
        plan=period.plan, side=Side.INSIDE, period=period, term=term, reason=Reason("inside_period", params)
    )


def _outside(facts: Facts, plan: SupportPlan, reason: Reason) -> Entitlement:
    term = _term(facts, plan, Side.OUTSIDE)
    return Entitlement(plan=plan, side=Side.OUTSIDE, period=None, term=term, reason=reason)


def _off_track(facts: Facts, track: Track, period: PeriodFacts) -> Entitlement:
    """Some period runs, but not on the track the service is judged by."""
    day = judged_day(facts.asked, period.plan.coverage_clock)
    return _outside(facts, period.plan, Reason("outside_track", {"track": track.value, "day": day.isoformat()}))


def _outside_of(facts: Facts, asset: AssetFacts) -> Entitlement:
    if not asset.periods:
        return _outside(facts, facts.default_plan, _never_covered(facts, asset))
    by_start = sorted(asset.periods, key=lambda period: (period.starts_on, period.track is Track.SUPPORT))
    begun = [p for p in by_start if p.starts_on <= judged_day(facts.asked, p.plan.coverage_clock)]
    plan = begun[-1].plan if begun else by_start[0].plan
    first_day = _first_day(facts.asked, plan)
    if first_day < asset.purchased_on:
        return _outside(facts, plan, _before_purchase(asset, first_day))
    day = judged_day(facts.asked, plan.coverage_clock)
    return _outside(facts, plan, _apart(begun, [p for p in by_start if p not in begun], day))


def _never_covered(facts: Facts, asset: AssetFacts) -> Reason:
    first_day = _first_day(facts.asked, facts.default_plan)
    return _before_purchase(asset, first_day) if first_day < asset.purchased_on else Reason("no_period")


def _before_purchase(asset: AssetFacts, day: date) -> Reason:
    return Reason("before_purchase", {"day": day.isoformat(), "purchased_on": asset.purchased_on.isoformat()})


def _apart(begun: list[PeriodFacts], coming: list[PeriodFacts], day: date) -> Reason:
    """Before, between or after the periods."""
    params = {"day": day.isoformat()}
    if begun:
        params["last_day"] = max(_last_day(period) for period in begun)
    if coming:
        params["starts_on"] = min(period.starts_on for period in coming).isoformat()
    if begun and coming:
        return Reason("between_periods", params)
    return Reason("after_period" if begun else "before_first_period", params)


def _last_day(period: PeriodFacts) -> str:
    return (period.ends_before - timedelta(days=1)).isoformat()


def _term(facts: Facts, plan: SupportPlan, side: Side) -> PlanTerm | None:
    asked = facts.asked
    return plan.find_term(asked.service_type, asked.mode, asked.subject, side)
