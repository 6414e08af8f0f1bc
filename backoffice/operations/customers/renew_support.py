"""Renew an asset's support: a further period with full fresh allowances, after the last one or after a gap."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.period import Track
from backoffice.domain.problem import ErrorCode
from backoffice.models import Asset
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups, quantities
from backoffice.operations.command import Command
from backoffice.operations.customers.period_rows import Opening, renewal_opening
from backoffice.operations.customers.periods import asset_document, open_period, periods_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules import plans
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RenewSupport(Command):
    """Renews the support track, not a warranty. ``support_plan`` is a code, the product's plan unless given."""

    operation: ClassVar[str] = "renew_support"

    asset_id: int
    starts_on: date
    support_plan: str | None = None
    support_months: int | None = None


def renew_support(desk: Premises, viewer: Viewer, command: RenewSupport) -> Result:
    """``id`` is the asset's. PERIOD_OVERLAP when a period shares a day of it; INVALID before the purchase."""
    return perform(desk, viewer, "support.renew", command, lambda work: _renew(work, command))


def _renew(work: Work, command: RenewSupport) -> Done:
    asset = lookups.asset(work, command.asset_id)
    lookups.lock(work, asset)
    if command.starts_on < asset.purchased_on:
        raise refuse(ErrorCode.INVALID, "before_purchase", path=("starts_on",))
    product = lookups.product(work, asset.product_id)
    plan = plans.newest_published(work.session, command.support_plan or product.support_plan_code, path="support_plan")
    before = asset_document(work.session, asset)
    open_period(work, asset, plan, _opening(work, asset, plan, command))
    asset.version += 1
    asset.updated_at = work.now
    work.session.flush()
    after = asset_document(work.session, asset)
    return Done(entity="Asset", entity_id=asset.id, events=(Event.SUPPORT_RENEWED,), before=before, after=after)


def _opening(work: Work, asset: Asset, plan: PlanRow, command: RenewSupport) -> Opening:
    months = quantities.months(command.support_months)
    if months is None:
        months = plans.frozen_plan(work.session, plan.document_hash).months[Track.SUPPORT]
    return renewal_opening(periods_of(work.session, asset, Track.SUPPORT), command.starts_on, months=months)
