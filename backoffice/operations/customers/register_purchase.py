"""Register a purchase: the asset, and the support periods that come with it under a frozen plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Asset, Customer
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.asset_rows import Sale, asset_values
from backoffice.operations.customers.customer_subjects import CUSTOMER
from backoffice.operations.customers.period_rows import initial_openings
from backoffice.operations.customers.periods import asset_document, open_period
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import (
    MONTHS,
    Day,
    Id,
    PastDay,
    Text,
)
from backoffice.operations.operation import Operation
from backoffice.operations.rules import published_plans
from backoffice.operations.site_distances import site_of
from backoffice.operations.usual_fields import PublishedPlan
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RegisterPurchase(Command):
    """What was sold to whom. ``support_plan`` is a code, the product's plan unless given.

    ``support_starts_on`` and ``support_months`` are of the support track; the warranty always begins with the purchase
    and lasts what the plan says.
    """

    customer_id: Annotated[int, Given(Id("Customer"), Label(fa="مشتری", en="Customer"), about="Who bought.")]
    product_id: Annotated[int, Given(Id("Product"), Label(fa="محصول", en="Product"), about="What was bought.")]
    serial_number: Annotated[
        str, Given(Text(80), Label(fa="شمارهٔ سریال", en="Serial number"), about="Serial number of the unit.")
    ]
    purchased_on: Annotated[
        date, Given(PastDay(), Label(fa="تاریخ خرید", en="Purchased on"), about="The day of purchase.")
    ]
    site_id: Annotated[int | None, Given(Id("Site"), Label(fa="محل", en="Site"), about="Where it stands.")] = None
    support_plan: Annotated[
        str | None,
        Given(
            PublishedPlan,
            Label(fa="طرح پشتیبانی", en="Support plan"),
            about="Code of the plan sold with it; the product's when left out.",
        ),
    ] = None
    support_starts_on: Annotated[
        date | None,
        Given(
            Day(),
            Label(fa="آغاز پشتیبانی", en="Support starts on"),
            about="When support begins; on the day of purchase when left out.",
        ),
    ] = None
    support_months: Annotated[
        int | None,
        Given(
            MONTHS,
            Label(fa="مدت پشتیبانی (ماه)", en="Months of support"),
            about="How many Jalali months of support; the plan's when left out.",
        ),
    ] = None

    def contradictions(self) -> Iterator[Problem]:
        """Support that begins before the purchase."""
        if self.support_starts_on is not None and self.support_starts_on < self.purchased_on:
            yield Problem(code=ErrorCode.INVALID, detail="before_purchase", path=("support_starts_on",))


def _register(work: Work, command: RegisterPurchase) -> Done:
    customer = lookups.customer(work, command.customer_id)
    product = lookups.product(work, command.product_id)
    plan = published_plans.newest_published(
        work.session, command.support_plan or product.support_plan_code, path="support_plan"
    )
    asset = _sold(work, command, customer)
    _open_initial_periods(work, asset, plan, command)
    customer_rows.no_longer_a_prospect(work, customer)
    after = asset_document(work.session, asset)
    return Done(entity="Asset", entity_id=asset.id, events=(Event.ASSET_REGISTERED,), after=after)


def _sold(work: Work, command: RegisterPurchase, customer: Customer) -> Asset:
    site = site_of(work, command.site_id, customer)
    sale = Sale(
        serial_number=command.serial_number,
        customer_id=customer.id,
        product_id=command.product_id,
        site_id=None if site is None else site.id,
        purchased_on=command.purchased_on,
    )
    asset = Asset(**asset_values(sale, work.now))
    insert_unless_taken(work.session, asset, lambda: _taken(work, asset.serial_folded))
    return asset


def _taken(work: Work, serial_folded: str) -> Problem | None:
    taken = work.session.scalar(select(Asset.serial_number).where(Asset.serial_folded == serial_folded))
    if taken is None:
        return None
    return Problem(
        code=ErrorCode.DUPLICATE, detail="serial_number", path=("serial_number",), params={"serial_number": taken}
    )


def _open_initial_periods(work: Work, asset: Asset, plan: PlanRow, command: RegisterPurchase) -> None:
    months = dict(published_plans.frozen_plan(work.session, plan.document_hash).months)
    starts = dict.fromkeys(months, command.purchased_on)
    starts[Track.SUPPORT] = command.support_starts_on or command.purchased_on
    if command.support_months is not None:
        months[Track.SUPPORT] = command.support_months
    for opening in initial_openings(months, starts):
        open_period(work, asset, plan, opening)


register_purchase = Operation(
    name="register_purchase",
    label=Label(fa="ثبت خرید", en="Register a purchase"),
    description="Enter a sold unit, with its first support periods under the plan's terms of today.",
    permission="asset.write",
    command=RegisterPurchase,
    entity="Asset",
    events=(Event.ASSET_REGISTERED,),
    about=CUSTOMER,
    body=_register,
    in_api=True,
)
"""``id`` is the asset's. The customer is a customer from now on, not a prospect.

DUPLICATE for a serial number already there, in any digits and either case; NOT_FOUND for an unknown customer,
product, site or plan; INVALID for a purchase in the future, or support that begins before it.
"""
