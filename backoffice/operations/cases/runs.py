"""Run worked decisions: each scenario sells an asset of its own, and records and voids as its steps say."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from backoffice.access.credentials import generated_password
from backoffice.access.viewer import Viewer
from backoffice.access.viewers import roles_of, system_viewer, viewer_of
from backoffice.domain.calendar import TEHRAN
from backoffice.models import CustomerKind, Staff
from backoffice.operations.cases.case_report import CaseFailure, CaseReport, outcome_shown, problems_shown
from backoffice.operations.cases.scenario import Scenario, ServiceStep, Step, VoidStep
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.premises import Premises
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.staff.add_staff import AddStaff, add_staff

CHANNEL = "phone"
CASES = "cases"
"""What everything that is made for a scenario is called, and why it is taken back."""

Shown = Mapping[str, object]


class CaseError(Exception):
    """What a scenario stands on could not be made; ``shown`` tells the problems."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown)
        self.shown = shown


def run_scenarios(desk: Premises, scenarios: Iterable[Scenario]) -> CaseReport:
    """Run every scenario, each with the clock at its own moments.

    The desk must have the head of their file loaded, and an office. Leaves what it records behind: give it a desk of
    its own.
    """
    market = _market(desk)
    outcomes = [_run(_Run(desk, market, scenario)) for scenario in scenarios]
    failures = tuple(failure for failure in outcomes if failure is not None)
    return CaseReport(len(outcomes) - len(failures), failures)


@dataclass(frozen=True)
class _Market:
    """Who sells what to whom in every scenario; none of it matters to a decision."""

    clerk: Viewer
    product_id: int
    customer_id: int


class _Run:
    """One scenario under way: its asset, and the records of its steps so far."""

    def __init__(self, desk: Premises, market: _Market, scenario: Scenario) -> None:
        self.desk = desk
        self.clerk = market.clerk
        self.market = market
        self.scenario = scenario
        self.records: list[int | None] = []

    def sell(self) -> int:
        """The asset's id, bought and renewed as the scenario says; raises ``CaseError``."""
        bought = self._at(datetime.combine(self.scenario.purchased_on, time(12), tzinfo=TEHRAN))
        purchase = RegisterPurchase(
            customer_id=self.market.customer_id,
            product_id=self.market.product_id,
            serial_number=uuid.uuid4().hex,
            purchased_on=self.scenario.purchased_on,
        )
        asset_id = _id(register_purchase(bought, self.clerk, purchase))
        for starts_on in self.scenario.renewals:
            _id(renew_support(self.desk, self.clerk, RenewSupport(asset_id=asset_id, starts_on=starts_on)))
        return asset_id

    def record(self, asset_id: int, step: ServiceStep) -> Shown:
        """What comes of recording the step's service at the moment it was done, else asked for."""
        command = RecordService(
            service_type=step.service_type,
            mode=step.mode,
            channel=CHANNEL,
            request={},
            asset_id=asset_id,
            subject=step.subject,
            requested_at=step.requested_at,
            performed_at=step.performed_at,
            minutes=step.minutes,
            distance_metres=step.distance_metres,
        )
        result = record_service(self._at(step.performed_at or step.requested_at), self.clerk, command)
        self.records.append(result.id)
        return outcome_shown(result, step.expect)

    def void(self, step: VoidStep) -> Shown:
        """What comes of taking an earlier step back: voided when its work was done, else cancelled."""
        record_id = self.records[step.void] or 0
        self.records.append(None)
        if _was_done(self.scenario.steps[step.void]):
            end = VoidService(id=record_id, version=1, reason=CASES)
            return problems_shown(void_service(self.desk, self.clerk, end).problems)
        drop = CancelService(id=record_id, version=1, reason=CASES)
        return problems_shown(cancel_service(self.desk, self.clerk, drop).problems)

    def _at(self, moment: datetime) -> Premises:
        return replace(self.desk, clock=lambda: moment)


def _run(run: _Run) -> CaseFailure | None:
    """The first step that does not come out."""
    name = run.scenario.name
    try:
        asset_id = run.sell()
    except CaseError as error:
        return CaseFailure(scenario=name, step=0, expected={}, got=error.shown)
    for number, step in enumerate(run.scenario.steps, start=1):
        expected: Shown = {} if isinstance(step, VoidStep) else step.expect
        got = run.void(step) if isinstance(step, VoidStep) else run.record(asset_id, step)
        if expected != got:
            return CaseFailure(scenario=name, step=number, expected=expected, got=got)
    return None


def _market(desk: Premises) -> _Market:
    clerk = _clerk(desk)
    product = CreateProduct(sku=uuid.uuid4().hex, name=CASES, support_plan=desk.default_plan)
    customer = CreateCustomer(name=CASES, kind=CustomerKind.COMPANY)
    return _Market(clerk, _id(create_product(desk, clerk, product)), _id(create_customer(desk, clerk, customer)))


def _clerk(desk: Premises) -> Viewer:
    """A member of staff of the head office, made for the occasion."""
    command = AddStaff(username=f"{CASES}-{uuid.uuid4().hex}", role="admin", password=generated_password())
    staff_id = _id(add_staff(desk, system_viewer(), command))
    with desk.database.reading() as session:
        return viewer_of(session.get_one(Staff, staff_id), roles_of(session, staff_id))


def _was_done(step: Step) -> bool:
    return isinstance(step, ServiceStep) and step.performed_at is not None


def _id(result: Result) -> int:
    if result.id is None or result.problems:
        raise CaseError(problems_shown(result.problems))
    return result.id
