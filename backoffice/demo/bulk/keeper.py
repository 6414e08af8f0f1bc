"""Plays the demo's script onto sheets of rows: the rows that the operations would leave, decided as they decide."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

from backoffice.demo.bulk import slots
from backoffice.demo.bulk.forms import Filled, Forms
from backoffice.demo.bulk.sales import Sales
from backoffice.demo.bulk.sheet import Sheet
from backoffice.demo.bulk.slots import Hand
from backoffice.demo.bulk.standing import Standing
from backoffice.demo.bulk.units import Held, Unit
from backoffice.demo.course import STEPS
from backoffice.demo.services import ServicePlan
from backoffice.demo.stage import DemoFailed
from backoffice.domain.calendar import business_day, jalali_month
from backoffice.domain.coverage import REFUSALS, Facts, Outcome, ServiceAsked
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    Charge,
    ChargeStatus,
    CoverageDecision,
    DecisionRole,
    RecordDecision,
    ServiceRecord,
)
from backoffice.operations.result import Decided
from backoffice.operations.stored_decisions import decision_values
from backoffice.plugins import Part, RecordFacts, Registry, ServiceType, calls


@dataclass(slots=True)
class Opened:
    """A record that more steps are to come to."""

    id: int
    asked: ServiceAsked
    request: Filled
    coverage_id: int
    slot: Held | None = None
    charge_id: int | None = None
    status: RecordStatus = RecordStatus.REQUESTED
    version: int = 1


class Keeper(Sales):
    """A player of the script; what it was told stands on the sheet."""

    def __init__(self, sheet: Sheet, standing: Standing, registry: Registry) -> None:
        super().__init__(sheet, standing)
        self._registry = registry
        self._forms = Forms()
        self._opened: dict[int, Opened] = {}
        self.recorded = 0

    def record(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Record a service, done or still to do; one that the desk has no answer to is left out."""
        service_type, unit = self._type_of(plan), self._unit_of(plan)
        by, request = self._hand(plan.author, at), self._forms.filled(service_type, Part.REQUEST, plan.request)
        asked = _asked(service_type, plan, unit)
        decided = self._decided(service_type, request, asked, unit=unit, own=None)
        if decided.decision.outcome in REFUSALS:
            return
        _refuse(plan, calls.check(service_type, request.values, decided.facts))
        opened = self._open_record(by, plan, unit, asked=asked, request=request, decided=decided)
        if plan.done_at_once:
            self._finish(by, plan, opened, decided=decided)
        if len(STEPS[plan.course]) > 1:
            self._opened[number] = opened

    def schedule(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Say when it is to be done, and by whom."""
        clerk = self._standing.staff[plan.assignee]
        values = {
            "scheduled_at": plan.scheduled_at.astimezone(UTC),
            "assignee_id": clerk.id,
            "office_id": clerk.office_id,
        }
        self._step(at, number, plan, to=RecordStatus.SCHEDULED, **values)

    def start(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Begin the work."""
        self._step(at, number, plan, to=RecordStatus.IN_PROGRESS)

    def close(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Close what was done."""
        self._step(at, number, plan, to=RecordStatus.CLOSED)

    def cancel(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Cancel what was open."""
        self._end(self._hand(plan.author, at), number, plan, end=RecordStatus.CANCELLED)

    def void(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Void what was done."""
        self._end(Hand(self._standing.supervisor.id, at.astimezone(UTC)), number, plan, end=RecordStatus.VOIDED)

    def complete(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Complete what was open: decided again by what really happened."""
        opened = self._opened.pop(number, None)
        if opened is None:
            return
        service_type, unit, by = self._type_of(plan), self._unit_of(plan), self._hand(plan.assignee, at)
        opened.asked = replace(opened.asked, performed_at=plan.performed_at.astimezone(UTC), minutes=plan.minutes)
        decided = self._decided(service_type, opened.request, opened.asked, unit=unit, own=opened.slot)
        if decided.decision.outcome in REFUSALS:
            return
        opened.coverage_id = self.sheet.add(CoverageDecision, **decision_values(decided, by.now))
        self._name_decision(by, opened.id, opened.coverage_id, role=DecisionRole.COMPLETION)
        opened.version += 1
        self.sheet.change(
            ServiceRecord,
            opened.id,
            performed_at=opened.asked.performed_at,
            minutes=opened.asked.minutes,
            coverage_id=opened.coverage_id,
            outcome=decided.decision.outcome,
            amount=decided.decision.amount,
            shadow_amount=decided.decision.shadow_amount,
            version=opened.version,
            updated_at=by.now,
        )
        opened.slot = self._placed(by, opened, decided, unit=unit)
        self._finish(by, plan, opened, decided=decided)

    def _decided(
        self, service_type: ServiceType, request: Filled, asked: ServiceAsked, *, unit: Unit | None, own: Held | None
    ) -> Decided:
        """The decision by what has been entered so far, the record's own slot not counted."""
        facts = Facts(
            asked=asked,
            offering=service_type.offering,
            asset=None if unit is None else unit.facts,
            default_plan=self._standing.sold.plan,
            book=self._standing.book,
            taxes=self._standing.taxes,
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
        service_type, decision = self._type_of(plan), decided.decision
        estimate_id = self.sheet.add(CoverageDecision, **decision_values(decided, by.now))
        record_id = self.sheet.add(
            ServiceRecord,
            service_type=service_type.code,
            mode=asked.mode,
            subject=asked.subject,
            channel_code=plan.channel,
            status=RecordStatus.REQUESTED,
            customer_id=self.parties[plan.customer.code].id,
            asset_id=None if unit is None else unit.id,
            product_id=None if unit is None else unit.product_id,
            site_id=None if unit is None else unit.site_id,
            office_id=self._standing.staff[plan.author].office_id,
            author_id=by.staff_id,
            requested_at=asked.requested_at,
            performed_at=asked.performed_at,
            minutes=asked.minutes,
            distance_metres=asked.distance_metres,
            request_version=service_type.version,
            request_data=request.stored,
            estimate_id=estimate_id,
            coverage_id=estimate_id,
            outcome=decision.outcome,
            amount=decision.amount,
            shadow_amount=decision.shadow_amount,
            jalali_month=_month(business_day(asked.requested_at)),
            version=1,
            created_at=by.now,
            updated_at=by.now,
        )
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
        self.sheet.change(
            ServiceRecord,
            opened.id,
            status=opened.status,
            result_version=service_type.version,
            result_data=result.stored,
        )
        if opened.slot is not None:
            slots.commit(self.sheet, by, opened.slot, record_id=opened.id)
        self._propose_charge(by, opened, decided)

    def _let_the_type_judge(
        self, service_type: ServiceType, plan: ServicePlan, opened: Opened, *, result: Filled, decided: Decided
    ) -> None:
        seen = RecordFacts(
            id=opened.id,
            status=opened.status,
            mode=opened.asked.mode,
            subject=opened.asked.subject,
            customer_id=self.parties[plan.customer.code].id,
            asset_id=None if plan.purchase is None else self.units[plan.purchase.serial].id,
            requested_at=opened.asked.requested_at,
            performed_at=opened.asked.performed_at,
            minutes=opened.asked.minutes,
            distance_metres=opened.asked.distance_metres,
            request=opened.request.values,
        )
        _refuse(plan, calls.before_complete(service_type, seen, result.values, decided.facts))
        effects = calls.complete(service_type, seen, result.values, decided.facts)
        if isinstance(effects, Problem):
            _refuse(plan, [effects])

    def _propose_charge(self, by: Hand, opened: Opened, decided: Decided) -> None:
        decision = decided.decision
        if not decision.amount or decision.edition is None:
            return
        opened.charge_id = self.sheet.add(
            Charge,
            record_id=opened.id,
            decision_id=opened.coverage_id,
            amount=decision.amount,
            edition_id=decision.edition.id,
            tax_rate_id=decision.tax_id,
            status=ChargeStatus.PROPOSED,
            created_at=by.now,
        )

    def _placed(self, by: Hand, opened: Opened, decided: Decided, *, unit: Unit | None) -> Held | None:
        """The slot that the decision grants: the record's own, another, or none and its own given back."""
        use, own = decided.decision.allowance, opened.slot
        if unit is None:
            return None
        key = None
        if decided.decision.outcome is Outcome.ALLOWANCE and use is not None and use.period_id is not None:
            key = (use.period_id, use.key)
        if own is not None and own.key != key:
            slots.release(self.sheet, by, own, unit=unit, record_id=opened.id)
            own = None
        if key is None or own is not None:
            return own
        return slots.reserve(self.sheet, by, unit, key=key, record_id=opened.id)

    def _name_decision(self, by: Hand, record_id: int, decision_id: int, *, role: DecisionRole) -> None:
        self.sheet.add(RecordDecision, record_id=record_id, decision_id=decision_id, role=role, at=by.now)

    def _step(self, at: datetime, number: int, plan: ServicePlan, *, to: RecordStatus, **values: object) -> None:
        """A step that changes the record alone; its last one lets go of it."""
        opened = self._opened.get(number)
        if opened is None:
            return
        opened.status = to
        opened.version += 1
        now = at.astimezone(UTC)
        self.sheet.change(ServiceRecord, opened.id, status=to, version=opened.version, updated_at=now, **values)
        if opened.version == len(STEPS[plan.course]):
            del self._opened[number]

    def _end(self, by: Hand, number: int, plan: ServicePlan, *, end: RecordStatus) -> None:
        """Cancelled or voided: the slot given back, the charge reversed, nothing payable."""
        opened, unit = self._opened.pop(number, None), self._unit_of(plan)
        if opened is None:
            return
        if opened.slot is not None and unit is not None:
            slots.release(self.sheet, by, opened.slot, unit=unit, record_id=opened.id)
        if opened.charge_id is not None:
            self.sheet.change(Charge, opened.charge_id, status=ChargeStatus.REVERSED, reversed_at=by.now)
        self.sheet.change(
            ServiceRecord,
            opened.id,
            status=end,
            amount=0,
            end_reason=plan.reason,
            version=opened.version + 1,
            updated_at=by.now,
        )

    def _type_of(self, plan: ServicePlan) -> ServiceType:
        return self._registry.service_types[plan.kind]

    def _unit_of(self, plan: ServicePlan) -> Unit | None:
        return None if plan.purchase is None else self.units[plan.purchase.serial]

    def _hand(self, username: str, at: datetime) -> Hand:
        return Hand(self._standing.staff[username].id, at.astimezone(UTC))


def _asked(service_type: ServiceType, plan: ServicePlan, unit: Unit | None) -> ServiceAsked:
    return ServiceAsked(
        service_type=service_type.code,
        mode=plan.mode,
        subject=plan.subject or service_type.offering.default_subject,
        requested_at=plan.requested_at.astimezone(UTC),
        performed_at=plan.performed_at.astimezone(UTC) if plan.done_at_once else None,
        minutes=plan.minutes if plan.done_at_once else None,
        distance_metres=None if unit is None else unit.metres,
    )


def _refuse(plan: ServicePlan, objections: Iterable[Problem]) -> None:
    found = "; ".join(str(objection) for objection in objections)
    if found:
        raise DemoFailed(f"{plan.kind}: {found}")


@cache
def _month(day: date) -> int:
    return jalali_month(day)
