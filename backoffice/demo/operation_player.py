"""Where the demo is played: every step an operation, done by a member of staff at its own moment."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backoffice.access.viewers import roles_of, viewer_of
from backoffice.demo.customer_plans import CustomerPlan
from backoffice.demo.purchases import Purchase, Renewal
from backoffice.demo.services import ServicePlan
from backoffice.demo.words import words
from backoffice.domain.problem import ErrorCode
from backoffice.models import CustomerStage, Product, Staff
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.desk import Desk
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service

UNANSWERABLE = {ErrorCode.NEEDS_INPUT, ErrorCode.NO_TARIFF, ErrorCode.NOT_OFFERED}
"""Answers that leave no record behind; a desk with tariffs or plans of its own may give them."""


class DemoFailed(Exception):
    """An operation refused what the demo takes for possible; the message has the problems."""


class OperationPlayer:
    """The desk, its staff, and what has been entered so far. Everything takes ``at``, the moment of the step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._customers: dict[str, int] = {}
        self._sites: dict[str, int] = {}
        self._assets: dict[str, int] = {}
        self._records: dict[int, int] = {}
        self._versions: Counter[int] = Counter()
        with desk.database.reading() as session:
            self._products = dict(session.execute(select(Product.sku, Product.id)).all())
            usernames = [one["username"] for one in words("desk")["staff"]]
            staff = session.scalars(select(Staff).where(Staff.username.in_(usernames))).all()
            self._staff = {one.username: viewer_of(one, roles_of(session, one.id)) for one in staff}
        self._supervisor = next(one for one in self._staff.values() if one.may("record.void"))

    def arrive(self, at: datetime, plan: CustomerPlan) -> None:
        """Enter a customer with their sites."""
        command = CreateCustomer(
            code=plan.code,
            name=plan.name,
            kind=plan.kind,
            stage=CustomerStage.PROSPECT,
            city=plan.city,
            phones=plan.phones,
        )
        customer_id = _id(create_customer(self._at(at), self._supervisor, command))
        self._customers[plan.code] = customer_id
        for site in plan.sites:
            new_site = CreateSite(
                customer_id=customer_id,
                title=site.title,
                address=site.address,
                city=plan.city,
                distance_metres=site.metres,
                distance_source=None if site.metres is None else words("places")["distance_source"],
                measured_on=None if site.metres is None else at.date(),
            )
            self._sites[site.key] = _id(create_site(self._at(at), self._supervisor, new_site))

    def sell(self, at: datetime, purchase: Purchase) -> None:
        """Register a purchase."""
        command = RegisterPurchase(
            customer_id=self._customers[purchase.customer.code],
            product_id=self._products[purchase.sku],
            serial_number=purchase.serial,
            purchased_on=purchase.bought_on,
            site_id=self._sites[purchase.site.key],
        )
        self._assets[purchase.serial] = _id(register_purchase(self._at(at), self._supervisor, command))

    def renew(self, at: datetime, purchase: Purchase, renewal: Renewal) -> None:
        """Renew the support of a unit."""
        command = RenewSupport(asset_id=self._assets[purchase.serial], starts_on=renewal.starts_on)
        _id(renew_support(self._at(at), self._supervisor, command))

    def record(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Record a service, done or still to do."""
        done = plan.done_at_once
        command = RecordService(
            service_type=plan.kind,
            mode=plan.mode,
            asset_id=None if plan.purchase is None else self._assets[plan.purchase.serial],
            customer_id=self._customers[plan.customer.code],
            subject=plan.subject,
            requested_at=plan.requested_at,
            performed_at=plan.performed_at if done else None,
            minutes=plan.minutes if done else None,
            channel=plan.channel,
            request=plan.request,
            result=plan.result if done else None,
        )
        self._keep(number, record_service(self._at(at), self._staff[plan.author], command))

    def schedule(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Say when it is to be done, and by whom."""
        if number in self._records:
            assignee_id = self._staff[plan.assignee].staff_id
            command = ScheduleService(
                **self._version_of(number), scheduled_at=plan.scheduled_at, assignee_id=assignee_id
            )
            self._keep(number, schedule_service(self._at(at), self._staff[plan.author], command))

    def start(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Begin the work."""
        if number in self._records:
            command = StartService(**self._version_of(number))
            self._keep(number, start_service(self._at(at), self._staff[plan.assignee], command))

    def complete(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Complete what was open."""
        if number in self._records:
            command = CompleteService(
                id=self._records[number],
                version=self._versions[number],
                performed_at=plan.performed_at,
                minutes=plan.minutes,
                service_type=plan.kind,
                result=plan.result,
            )
            self._keep(number, complete_service(self._at(at), self._staff[plan.assignee], command))

    def close(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Close what was done."""
        if number in self._records:
            command = CloseService(**self._version_of(number))
            self._keep(number, close_service(self._at(at), self._staff[plan.author], command))

    def cancel(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Cancel what was open."""
        if number in self._records:
            command = CancelService(**self._version_of(number), reason=plan.reason)
            self._keep(number, cancel_service(self._at(at), self._staff[plan.author], command))

    def void(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Void what was done."""
        if number in self._records:
            command = VoidService(**self._version_of(number), reason=plan.reason)
            self._keep(number, void_service(self._at(at), self._supervisor, command))

    def _keep(self, number: int, result: Result) -> None:
        """The record under the script's number, a version on, unless the desk has no answer."""
        if {problem.code for problem in result.problems} & UNANSWERABLE:
            return
        self._records[number] = _id(result)
        self._versions[number] += 1

    def _version_of(self, number: int) -> dict[str, Any]:
        return {"id": self._records[number], "version": self._versions[number]}

    @property
    def tally(self) -> str:
        """What was entered, counted."""
        return f"{len(self._customers)} customers, {len(self._assets)} units sold, {len(self._records)} services"

    def _at(self, moment: datetime) -> Desk:
        return replace(self._desk, clock=lambda: moment)


def _id(result: Result) -> int:
    if result.id is None or result.problems:
        raise DemoFailed("; ".join(str(problem) for problem in result.problems))
    return result.id
