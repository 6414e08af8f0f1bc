"""Run worked decisions: each scenario sells an asset of its own, and records and voids as its steps say."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from backoffice.access.credentials import generated_password
from backoffice.access.roles import roles_of, system_viewer, viewer_of
from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import TEHRAN
from backoffice.domain.service import Mode, Subject
from backoffice.models import CustomerKind, Staff
from backoffice.operations.add_staff import AddStaff, add_staff
from backoffice.operations.case_report import CaseReport, Failure, outcome_shown, problems_shown
from backoffice.operations.create_customer import CreateCustomer, create_customer
from backoffice.operations.create_product import CreateProduct, create_product
from backoffice.operations.desk import Desk
from backoffice.operations.record_service import RecordService, record_service
from backoffice.operations.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.renew_support import RenewSupport, renew_support
from backoffice.operations.result import Result
from backoffice.operations.void_service import VoidService, void_service

Document = Mapping[str, Any]

CHANNEL = "phone"


class CaseError(Exception):
    """A scenario could not even be set up; the message tells the problems."""


def run_scenarios(desk: Desk, data: Document) -> CaseReport:
    """Run every scenario of a file of cases, each with the clock at its own moments.

    The desk must have the file's head loaded, and an office. Leaves what it records behind: give it a desk of its own.
    """
    clerk = _clerk(desk)
    product = CreateProduct(sku=uuid.uuid4().hex, name="cases", support_plan=desk.default_plan)
    product_id = _id(create_product(desk, clerk, product))
    failures = [_run(_Scenario(desk, clerk, product_id, scenario)) for scenario in data["scenarios"]]
    found = tuple(failure for failure in failures if failure is not None)
    return CaseReport(len(failures) - len(found), found)


class _Scenario:
    """One scenario under way: its asset, and the records of its steps so far."""

    def __init__(self, desk: Desk, clerk: Viewer, product_id: int, scenario: Document) -> None:
        self.desk = desk
        self.clerk = clerk
        self.name = str(scenario["name"])
        self.steps: list[Document] = scenario["steps"]
        self.records: list[int | None] = []
        self.asset_id = self._sell(product_id, scenario)

    def record(self, step: Document) -> Result:
        """Record the step's service at the moment it was done, else asked for."""
        performed_at = _instant(step.get("performedAt"))
        requested_at = datetime.fromisoformat(step["requestedAt"])
        command = RecordService(
            service_type=step["serviceType"],
            mode=Mode(step["mode"]),
            channel=CHANNEL,
            request={},
            asset_id=self.asset_id,
            subject=Subject(step["subject"]) if "subject" in step else None,
            requested_at=requested_at,
            performed_at=performed_at,
            minutes=step.get("minutes"),
            distance_metres=step.get("distanceMetres"),
        )
        return record_service(self._at(performed_at or requested_at), self.clerk, command)

    def void(self, record_id: int) -> Result:
        """Void the record of an earlier step."""
        command = VoidService(id=record_id, version=1, reason=self.name)
        return void_service(self.desk, self.clerk, command)

    def _sell(self, product_id: int, scenario: Document) -> int:
        customer = CreateCustomer(name=self.name, kind=CustomerKind.COMPANY)
        customer_id = _id(create_customer(self.desk, self.clerk, customer))
        purchased_on = date.fromisoformat(scenario["purchasedOn"])
        purchase = RegisterPurchase(
            customer_id=customer_id,
            product_id=product_id,
            serial_number=uuid.uuid4().hex,
            purchased_on=purchased_on,
        )
        asset_id = _id(register_purchase(self._at(_noon(purchased_on)), self.clerk, purchase))
        for renewal in scenario.get("renewals", ()):
            starts_on = date.fromisoformat(renewal["startsOn"])
            _id(renew_support(self.desk, self.clerk, RenewSupport(asset_id=asset_id, starts_on=starts_on)))
        return asset_id

    def _at(self, moment: datetime) -> Desk:
        return replace(self.desk, clock=lambda: moment)


def _run(scenario: _Scenario) -> Failure | None:
    for number, step in enumerate(scenario.steps, start=1):
        expected, got = _step(scenario, step)
        if expected != got:
            return Failure(scenario=scenario.name, step=number, expected=expected, got=got)
    return None


def _step(scenario: _Scenario, step: Document) -> tuple[Document, Document]:
    """What was expected of the step, and what came of it, in the same words."""
    if "void" in step:
        result = scenario.void(scenario.records[step["void"]] or 0)
        scenario.records.append(None)
        return {}, problems_shown(result.problems)
    result = scenario.record(step)
    scenario.records.append(result.id)
    return step["expect"], outcome_shown(result, step["expect"])


def _clerk(desk: Desk) -> Viewer:
    """A member of staff of the head office, made for the occasion."""
    command = AddStaff(username=f"cases-{uuid.uuid4().hex}", role="admin", password=generated_password())
    staff_id = _id(add_staff(desk, system_viewer(), command))
    with desk.database.reading() as session:
        return viewer_of(session.get_one(Staff, staff_id), roles_of(session, staff_id))


def _id(result: Result) -> int:
    if result.id is None or result.problems:
        raise CaseError(f"a scenario cannot be set up: {problems_shown(result.problems)}")
    return result.id


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=TEHRAN)
