"""The one way to a coverage decision, for a preview and a commit: assemble the facts, let the service type decide."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.domain.coverage import AllowanceUsage, AssetFacts, Facts, PeriodFacts
from backoffice.domain.override import override
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.rates import Unpriced
from backoffice.models import Allowance, AllowanceSlot, Asset, SupportPeriod
from backoffice.operations.result import Decided, Refusal, refuse
from backoffice.operations.rules.addenda import AnsweringPlans, answering_plans
from backoffice.operations.rules.published_plans import default_plan
from backoffice.operations.rules.tariff_books import tariff_book, tax_table
from backoffice.operations.services.service_question import Question
from backoffice.operations.services.slots import not_of
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
    default = default_plan(session, work.desk.default_plan)
    sold = {(period.plan_id, period.plan_hash) for period in periods}
    plans = answering_plans(session, {(default.id, default.document_hash), *sold})
    return Facts(
        asked=question.asked,
        offering=question.service_type.offering,
        asset=None if question.asset is None else _asset_facts(question, question.asset, periods=periods, plans=plans),
        default_plan=plans.for_question(default.id, default.document_hash, question.asked),
        book=tariff_book(session),
        taxes=tax_table(session),
        usage=_usage(session, periods, question.record_id),
    )


def _periods(session: Session, asset: Asset) -> Sequence[SupportPeriod]:
    live = select(SupportPeriod).where(SupportPeriod.asset_id == asset.id, SupportPeriod.cancelled_at.is_(None))
    return session.scalars(live.order_by(SupportPeriod.track, SupportPeriod.starts_on)).all()


def _asset_facts(
    question: Question, asset: Asset, *, periods: Sequence[SupportPeriod], plans: AnsweringPlans
) -> AssetFacts:
    return AssetFacts(
        asset.purchased_on,
        tuple(
            PeriodFacts(
                id=period.id,
                track=period.track,
                starts_on=period.starts_on,
                ends_before=period.ends_before,
                plan=plans.for_question(period.plan_id, period.plan_hash, question.asked),
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
