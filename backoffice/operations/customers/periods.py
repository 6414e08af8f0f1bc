"""Opening support periods: the plan frozen, its allowances granted, never two at once on one track."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.period import Period, Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Allowance, Asset, SupportPeriod
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations.audit_documents import document_of
from backoffice.operations.customers.period_rows import Opening, allowance_values, granted, period_values
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.rules.published_plans import frozen_plan
from backoffice.operations.work import Work


def open_period(work: Work, asset: Asset, plan: PlanRow, opening: Opening) -> SupportPeriod:
    """The new period with a frozen ``plan`` and full fresh allowances; PERIOD_OVERLAP when another shares a day."""
    values = period_values(opening, asset_id=asset.id, plan_id=plan.id, plan_hash=plan.document_hash, now=work.now)
    period = SupportPeriod(**values)
    insert_unless_taken(work.session, period, lambda: _overlap(work.session, asset, opening))
    _grant(work.session, period, frozen_plan(work.session, plan.document_hash))
    return period


def periods_of(session: Session, asset: Asset, track: Track) -> Sequence[Period]:
    """The asset's periods on a track, cancelled ones included, by their start."""
    chosen = select(SupportPeriod).where(SupportPeriod.asset_id == asset.id, SupportPeriod.track == track)
    return [
        Period(row.starts_on, row.ends_before, track, row.cancelled_at is not None)
        for row in session.scalars(chosen.order_by(SupportPeriod.starts_on))
    ]


def asset_document(session: Session, asset: Asset) -> Mapping[str, object]:
    """The asset with its periods, for the audit trail."""
    chosen = select(SupportPeriod).where(SupportPeriod.asset_id == asset.id)
    periods = session.scalars(chosen.order_by(SupportPeriod.track, SupportPeriod.starts_on))
    return document_of(asset, periods=[document_of(period) for period in periods])


def _grant(session: Session, period: SupportPeriod, plan: SupportPlan) -> None:
    session.add_all(Allowance(**allowance_values(rule, period.id)) for rule in granted(plan, period.track))
    session.flush()


def _overlap(session: Session, asset: Asset, opening: Opening) -> Problem | None:
    wanted = Period(opening.starts_on, opening.ends_before, opening.track)
    for period in periods_of(session, asset, opening.track):
        if period.overlaps(wanted):
            params = {"starts_on": period.starts_on, "last_day": period.last_day}
            return Problem(code=ErrorCode.PERIOD_OVERLAP, path=("starts_on",), params=params)
    return None
