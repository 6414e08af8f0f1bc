"""The one way to a coverage decision, for a preview and a commit: assemble the facts, let the service type decide."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.domain.coverage import AllowanceUsage, AssetFacts, Facts, PeriodFacts
from backoffice.domain.overriding import override
from backoffice.domain.plan import SupportPlan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.rates import Unpriced
from backoffice.models import Allowance, AllowanceSlot, Asset, SupportPeriod
from backoffice.operations.asking import Question
from backoffice.operations.plans import default_plan_hash, frozen_plans
from backoffice.operations.result import Decided, Refusal, refuse
from backoffice.operations.slots import not_of
from backoffice.operations.tariffs import tariff_book, tax_table
from backoffice.operations.work import Work
from backoffice.plugins import calls


def decide_for(work: Work, question: Question) -> Decided:
    """The decision on ``question`` by what the database holds now; a supervisor's override stands.

    PLUGIN_FAILURE when the service type fails, NO_TARIFF when nothing stands behind the override's amount any more.
    """
    facts = facts_of(work, question)
    decision = calls.decide(question.service_type, question.request, facts)
    if isinstance(decision, Problem):
        raise Refusal(decision)
    if question.override is None:
        return Decided(decision, facts)
    overridden = override(decision, facts, question.override)
    if isinstance(overridden, Unpriced):
        raise refuse(ErrorCode.NO_TARIFF, decision=Decided(decision, facts))
    return Decided(overridden, facts, engine=decision)


def facts_of(work: Work, question: Question) -> Facts:
    """Everything the decision is made from; slots of the record that is decided again are not counted."""
    session = work.session
    periods = [] if question.asset is None else _periods(session, question.asset)
    default_hash = default_plan_hash(session, work.desk.default_plan)
    plans = frozen_plans(session, {default_hash, *(period.plan_hash for period in periods)})
    return Facts(
        asked=question.asked,
        offering=question.service_type.offering,
        asset=None if question.asset is None else _asset_facts(question.asset, periods, plans),
        default_plan=plans[default_hash],
        book=tariff_book(session),
        taxes=tax_table(session),
        usage=_usage(session, periods, question.record_id),
    )


def _periods(session: Session, asset: Asset) -> Sequence[SupportPeriod]:
    live = select(SupportPeriod).where(SupportPeriod.asset_id == asset.id, SupportPeriod.cancelled_at.is_(None))
    return session.scalars(live.order_by(SupportPeriod.track, SupportPeriod.starts_on)).all()


def _asset_facts(asset: Asset, periods: Sequence[SupportPeriod], plans: Mapping[str, SupportPlan]) -> AssetFacts:
    return AssetFacts(
        asset.purchased_on,
        tuple(
            PeriodFacts(
                id=period.id,
                track=period.track,
                starts_on=period.starts_on,
                ends_before=period.ends_before,
                plan=plans[period.plan_hash],
            )
            for period in periods
        ),
    )


def _usage(session: Session, periods: Sequence[SupportPeriod], record_id: int | None) -> tuple[AllowanceUsage, ...]:
    """The live slots of the periods' allowances, counted; allowances with none are left out."""
    if not periods:
        return ()
    counted = (
        select(Allowance.period_id, Allowance.key, func.count())
        .join(AllowanceSlot, AllowanceSlot.allowance_id == Allowance.id)
        .where(Allowance.period_id.in_([period.id for period in periods]))
        .where(AllowanceSlot.released_at.is_(None), not_of(record_id))
        .group_by(Allowance.period_id, Allowance.key)
        .order_by(Allowance.period_id, Allowance.key)
    )
    return tuple(AllowanceUsage(period_id, key, used) for period_id, key, used in session.execute(counted))
