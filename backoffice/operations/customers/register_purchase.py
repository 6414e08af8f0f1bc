"""Register a purchase: the asset, and the support periods that come with it under a frozen plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.period import Track
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Asset, Customer
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups, quantities, texts
from backoffice.operations.command import Command
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.asset_rows import Sale, asset_values
from backoffice.operations.customers.period_rows import initial_openings
from backoffice.operations.customers.periods import asset_document, open_period
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules import plans
from backoffice.operations.sites import site_of
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_SERIAL = 80


@dataclass(frozen=True, kw_only=True)
class RegisterPurchase(Command):
    """What was sold to whom. ``support_plan`` is a code, the product's plan unless given.

    ``support_starts_on`` and ``support_months`` are of the support track; the warranty always begins with the purchase
    and lasts what the plan says.
    """

    operation: ClassVar[str] = "register_purchase"

    customer_id: int
    product_id: int
    serial_number: str
    purchased_on: date
    site_id: int | None = None
    support_plan: str | None = None
    support_starts_on: date | None = None
    support_months: int | None = None


def register_purchase(desk: Premises, viewer: Viewer, command: RegisterPurchase) -> Result:
    """``id`` is the asset's. The customer is a customer from now on, not a prospect.

    DUPLICATE for a serial number already there, in any digits and either case; NOT_FOUND for an unknown customer,
    product, site or plan; INVALID for a purchase in the future, or support that begins before it.
    """
    return perform(desk, viewer, "asset.write", command, lambda work: _register(work, command))


def _register(work: Work, command: RegisterPurchase) -> Done:
    _refuse_impossible_days(work, command)
    customer = lookups.customer(work, command.customer_id)
    product = lookups.product(work, command.product_id)
    plan = plans.newest_published(work.session, command.support_plan or product.support_plan_code, path="support_plan")
    asset = _sold(work, command, customer)
    _open_initial_periods(work, asset, plan, command)
    customer_rows.no_longer_a_prospect(work, customer)
    after = asset_document(work.session, asset)
    return Done(entity="Asset", entity_id=asset.id, events=(Event.ASSET_REGISTERED,), after=after)


def _refuse_impossible_days(work: Work, command: RegisterPurchase) -> None:
    if command.purchased_on > work.today:
        raise refuse(ErrorCode.INVALID, "in_the_future", path=("purchased_on",))
    if command.support_starts_on is not None and command.support_starts_on < command.purchased_on:
        raise refuse(ErrorCode.INVALID, "before_purchase", path=("support_starts_on",))


def _sold(work: Work, command: RegisterPurchase, customer: Customer) -> Asset:
    site = site_of(work, command.site_id, customer)
    sale = Sale(
        serial_number=texts.required(command.serial_number, "serial_number", longest=LONGEST_SERIAL),
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
    months = dict(plans.frozen_plan(work.session, plan.document_hash).months)
    starts = dict.fromkeys(months, command.purchased_on)
    starts[Track.SUPPORT] = command.support_starts_on or command.purchased_on
    support_months = quantities.months(command.support_months)
    if support_months is not None:
        months[Track.SUPPORT] = support_months
    for opening in initial_openings(months, starts):
        open_period(work, asset, plan, opening)
