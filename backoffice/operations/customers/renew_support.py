"""Renew an asset's support: a further period with full fresh allowances, after the last one or after a gap."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.problem import ErrorCode
from backoffice.models import Asset
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers.customer_subjects import ASSET, AssetId
from backoffice.operations.customers.period_rows import Opening, renewal_opening
from backoffice.operations.customers.periods import asset_document, open_period, periods_of
from backoffice.operations.kinds import MONTHS, Day
from backoffice.operations.operation import Operation
from backoffice.operations.result import refuse
from backoffice.operations.rules import published_plans
from backoffice.operations.usual_fields import PublishedPlan
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RenewSupport(Command):
    """Renews the support track, not a warranty. ``support_plan`` is a code, the product's plan unless given."""

    asset_id: AssetId
    starts_on: Annotated[date, Given(Day(), Label(fa="آغاز", en="Starts on"), about="When it begins.")]
    support_plan: Annotated[
        str | None,
        Given(
            PublishedPlan,
            Label(fa="طرح پشتیبانی", en="Support plan"),
            about="Code of the plan; the product's when left out.",
        ),
    ] = None
    support_months: Annotated[
        int | None,
        Given(
            MONTHS,
            Label(fa="مدت پشتیبانی (ماه)", en="Months of support"),
            about="How many Jalali months; the plan's when left out.",
        ),
    ] = None


def _renew(work: Work, command: RenewSupport) -> Done:
    asset = lookups.asset(work, command.asset_id)
    lookups.lock(work, asset)
    if command.starts_on < asset.purchased_on:
        raise refuse(ErrorCode.INVALID, "before_purchase", path=("starts_on",))
    product = lookups.product(work, asset.product_id)
    plan = published_plans.newest_published(
        work.session, command.support_plan or product.support_plan_code, path="support_plan"
    )
    before = asset_document(work.session, asset)
    open_period(work, asset, plan, _opening(work, asset, plan, command))
    asset.version += 1
    asset.updated_at = work.now
    work.session.flush()
    after = asset_document(work.session, asset)
    return Done(entity="Asset", entity_id=asset.id, events=(Event.SUPPORT_RENEWED,), before=before, after=after)


def _opening(work: Work, asset: Asset, plan: PlanRow, command: RenewSupport) -> Opening:
    months = command.support_months
    if months is None:
        months = published_plans.frozen_plan(work.session, plan.document_hash).months[Track.SUPPORT]
    return renewal_opening(periods_of(work.session, asset, Track.SUPPORT), command.starts_on, months=months)


renew_support = Operation(
    name="renew_support",
    label=Label(fa="تمدید پشتیبانی", en="Renew support"),
    description="Add a support period.",
    permission="support.renew",
    command=RenewSupport,
    entity="Asset",
    events=(Event.SUPPORT_RENEWED,),
    about=ASSET,
    body=_renew,
    in_api=True,
)
"""``id`` is the asset's. PERIOD_OVERLAP when a period shares a day of it; INVALID before the purchase."""
