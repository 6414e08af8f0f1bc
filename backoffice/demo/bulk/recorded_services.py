"""Records on a sheet as the operations leave them: decided, opened and finished, with their slots and charges."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from backoffice.demo.bulk import held_slots
from backoffice.demo.bulk.desk_at_start import DeskAtStart
from backoffice.demo.bulk.forms import Filled, Forms
from backoffice.demo.bulk.held_slots import Hand
from backoffice.demo.bulk.row_sheet import RowSheet
from backoffice.demo.bulk.sold_units import SoldUnits
from backoffice.demo.bulk.units import AllowanceKey, Held, Unit
from backoffice.demo.operation_player import DemoFailed
from backoffice.demo.services import ServicePlan
from backoffice.domain.coverage import Decision, Facts, Outcome, ServiceAsked
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    Charge,
    CoverageDecision,
    DecisionRole,
    RecordDecision,
    ServiceRecord,
)
from backoffice.operations.result import Decided
from backoffice.operations.services.charge_rows import charge_values, payable
from backoffice.operations.services.finishing import objections_of_type, seen_by_type
from backoffice.operations.services.record_rows import RecordEntry, naming_values, record_values
from backoffice.operations.services.stored_decisions import decision_values
from backoffice.operations.services.suggesting import PAID_FOR
from backoffice.plugins import Part, Registry, ServiceType, calls


@dataclass(slots=True)
class Opened:
    """A record that more steps are to come to."""

    id: int
    asked: ServiceAsked
    request: Filled
    coverage_id: int
    slot: Held | None = None
    charge_id: int | None = None
    wanting: AllowanceKey | None = None
    status: RecordStatus = RecordStatus.REQUESTED
    version: int = 1


class RecordedServices(SoldUnits):
    """What was recorded so far, beside what was sold."""

    def __init__(self, sheet: RowSheet, start: DeskAtStart, registry: Registry) -> None:
        super().__init__(sheet, start)
        self._registry = registry
        self._forms = Forms()
        self.recorded = 0

    def _decided(
        self, service_type: ServiceType, request: Filled, asked: ServiceAsked, *, unit: Unit | None, own: Held | None
    ) -> Decided:
        """The decision by what has been entered so far, the record's own slot not counted."""
        plan = self._start.sold.answers(asked)
        facts = Facts(
            asked=asked,
            offering=service_type.offering,
            asset=None if unit is None else unit.facts_by(plan),
            default_plan=plan,
            book=self._start.book,
            taxes=self._start.taxes,
            usage=() if unit is None else unit.usage(own),
        )
        decision = calls.decide(service_type, request.values, facts)
        if isinstance(decision, Problem):
            raise DemoFailed(str(decision))
        return Decided(decision, facts)

    def _open_record(
        self,
        by: Hand,
        plan: ServicePlan,
        unit: Unit | None,
        *,
        asked: ServiceAsked,
        request: Filled,
        decided: Decided,
    ) -> Opened:
        """The record as requested, its estimate in force, its slot reserved."""
        service_type = self._type_of(plan)
        estimate_id = self.sheet.add(CoverageDecision, decision_values(decided, by.now))
        author = self._start.staff[plan.author]
        entry = RecordEntry(
            asked=asked,
            channel=plan.channel,
            customer_id=self.parties[plan.customer.code].id,
            asset_id=None if unit is None else unit.id,
            product_id=None if unit is None else unit.sale.product_id,
            site_id=None if unit is None else unit.sale.site_id,
            office_id=author.office_id,
            author_id=author.id,
            recorded_by=author.actor,
            request_version=service_type.version,
            request=request.stored,
        )
        values = record_values(entry, decided.decision, decision_id=estimate_id, now=by.now)
        record_id = self.sheet.add(ServiceRecord, values)
        self._name_decision(by, record_id, estimate_id, role=DecisionRole.ESTIMATE)
        self.recorded += 1
        opened = Opened(record_id, asked, request, coverage_id=estimate_id)
        opened.slot = self._placed(by, opened, decided, unit=unit)
        return opened

    def _finish(self, by: Hand, plan: ServicePlan, opened: Opened, *, decided: Decided) -> None:
        """The record done: its result kept, its slot committed, its charge proposed."""
        service_type = self._type_of(plan)
        result = self._forms.filled(service_type, Part.RESULT, plan.result)
        self._let_the_type_judge(service_type, plan, opened, result=result, decided=decided)
        opened.status = RecordStatus.DONE
        done = {"status": opened.status, "result_version": service_type.version, "result_data": result.stored}
        self.sheet.change(ServiceRecord, opened.id, done)
        if opened.slot is not None:
            held_slots.commit(self.sheet, by, opened.slot, record_id=opened.id)
        self._propose_charge(by, opened, decided)
        self._note_want(opened, decided.decision, self._unit_of(plan))

    def _let_the_type_judge(
        self, service_type: ServiceType, plan: ServicePlan, opened: Opened, *, result: Filled, decided: Decided
    ) -> None:
        seen = seen_by_type(
            opened.asked,
            opened.request.values,
            record_id=opened.id,
            status=opened.status,
            customer_id=self.parties[plan.customer.code].id,
            asset_id=None if plan.purchase is None else self.units[plan.purchase.serial].id,
        )
        fail_on(plan, objections_of_type(service_type, seen, result.values, facts=decided.facts))

    def _propose_charge(self, by: Hand, opened: Opened, decided: Decided) -> None:
        decision = decided.decision
        due = payable(
            opened.coverage_id,
            amount=decision.amount,
            edition_id=None if decision.edition is None else decision.edition.id,
            tax_rate_id=decision.tax_id,
        )
        if due is not None:
            opened.charge_id = self.sheet.add(Charge, charge_values(opened.id, due, now=by.now))

    def _note_want(self, opened: Opened, decision: Decision, unit: Unit | None) -> None:
        """What was paid for want of a slot is suggested once one is given back."""
        if unit is None or decision.exhausted is None or decision.period_id is None or decision.outcome not in PAID_FOR:
            return
        opened.wanting = (decision.period_id, decision.exhausted)
        unit.wanting.setdefault(opened.wanting, {})[opened.id] = opened.coverage_id

    def _placed(self, by: Hand, opened: Opened, decided: Decided, *, unit: Unit | None) -> Held | None:
        """The slot that the decision grants: the record's own, another, or none and its own given back."""
        use, own = decided.decision.allowance, opened.slot
        if unit is None:
            return None
        key = None
        if decided.decision.outcome is Outcome.ALLOWANCE and use is not None and use.period_id is not None:
            key = (use.period_id, use.key)
        if own is not None and own.key != key:
            held_slots.release(self.sheet, by, own, unit=unit, record_id=opened.id)
            own = None
        if key is None or own is not None:
            return own
        return held_slots.reserve(self.sheet, by, unit, key=key, record_id=opened.id)

    def _name_decision(self, by: Hand, record_id: int, decision_id: int, *, role: DecisionRole) -> None:
        self.sheet.add(RecordDecision, naming_values(record_id, decision_id, role=role, now=by.now))

    def _type_of(self, plan: ServicePlan) -> ServiceType:
        return self._registry.service_types[plan.kind]

    def _unit_of(self, plan: ServicePlan) -> Unit | None:
        return None if plan.purchase is None else self.units[plan.purchase.serial]

    def _hand(self, username: str, at: datetime) -> Hand:
        return Hand(self._start.staff[username].id, at.astimezone(UTC))


def asked_by(service_type: ServiceType, plan: ServicePlan, unit: Unit | None) -> ServiceAsked:
    """What is asked when the service is recorded, the work done or not."""
    return ServiceAsked(
        service_type=service_type.code,
        mode=plan.mode,
        subject=plan.subject or service_type.offering.default_subject,
        requested_at=plan.requested_at.astimezone(UTC),
        performed_at=plan.performed_at.astimezone(UTC) if plan.done_at_once else None,
        minutes=plan.minutes if plan.done_at_once else None,
        distance_metres=None if unit is None else unit.metres,
    )


def fail_on(plan: ServicePlan, objections: Iterable[Problem]) -> None:
    """Raise ``DemoFailed`` when the service type has something against the service."""
    found = "; ".join(str(objection) for objection in objections)
    if found:
        raise DemoFailed(f"{plan.kind}: {found}")
