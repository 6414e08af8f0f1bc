"""Plays the demo's script onto sheets of rows: the rows that the operations would leave, decided as they decide."""

from dataclasses import replace
from datetime import UTC, datetime

from backoffice.demo.bulk import held_slots
from backoffice.demo.bulk.desk_at_start import DeskAtStart
from backoffice.demo.bulk.held_slots import Hand
from backoffice.demo.bulk.recorded_services import Opened, RecordedServices, asked_by, fail_on
from backoffice.demo.bulk.row_sheet import RowSheet
from backoffice.demo.course import STEPS
from backoffice.demo.services import ServicePlan
from backoffice.domain.coverage import REFUSALS
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    Charge,
    CoverageDecision,
    DecisionRole,
    ServiceRecord,
)
from backoffice.operations.services.charge_rows import reversed_values
from backoffice.operations.services.record_rows import ended_values, in_force_values, performed_values
from backoffice.operations.services.stored_decisions import decision_values
from backoffice.plugins import Part, Registry, calls


class RowPlayer(RecordedServices):
    """A player of the script; what it was told stands on the sheet."""

    def __init__(self, sheet: RowSheet, start: DeskAtStart, registry: Registry) -> None:
        super().__init__(sheet, start, registry)
        self._opened: dict[int, Opened] = {}

    def record(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Record a service, done or still to do; one that the desk has no answer to is left out."""
        service_type, unit = self._type_of(plan), self._unit_of(plan)
        by, request = self._hand(plan.author, at), self._forms.filled(service_type, Part.REQUEST, plan.request)
        asked = asked_by(service_type, plan, unit)
        decided = self._decided(service_type, request, asked, unit=unit, own=None)
        if decided.decision.outcome in REFUSALS:
            return
        fail_on(plan, calls.check(service_type, request.values, decided.facts))
        opened = self._open_record(by, plan, unit, asked=asked, request=request, decided=decided)
        if plan.done_at_once:
            self._finish(by, plan, opened, decided=decided)
        if len(STEPS[plan.course]) > 1:
            self._opened[number] = opened

    def schedule(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Say when it is to be done, and by whom."""
        clerk = self._start.staff[plan.assignee]
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
        self._end(Hand(self._start.supervisor.id, at.astimezone(UTC)), number, plan, end=RecordStatus.VOIDED)

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
        opened.coverage_id = self.sheet.add(CoverageDecision, decision_values(decided, by.now))
        self._name_decision(by, opened.id, opened.coverage_id, role=DecisionRole.COMPLETION)
        opened.version += 1
        completed = {
            **performed_values(opened.asked),
            **in_force_values(decided.decision, opened.coverage_id),
            "version": opened.version,
            "updated_at": by.now,
        }
        self.sheet.change(ServiceRecord, opened.id, completed)
        opened.slot = self._placed(by, opened, decided, unit=unit)
        self._finish(by, plan, opened, decided=decided)

    def _step(self, at: datetime, number: int, plan: ServicePlan, *, to: RecordStatus, **values: object) -> None:
        """A step that changes the record alone; its last one lets go of it."""
        opened = self._opened.get(number)
        if opened is None:
            return
        opened.status = to
        opened.version += 1
        now = at.astimezone(UTC)
        step = {**values, "status": to, "version": opened.version, "updated_at": now}
        self.sheet.change(ServiceRecord, opened.id, step)
        if opened.version == len(STEPS[plan.course]):
            del self._opened[number]

    def _end(self, by: Hand, number: int, plan: ServicePlan, *, end: RecordStatus) -> None:
        """Cancelled or voided: the slot given back, the charge reversed, nothing payable."""
        opened, unit = self._opened.pop(number, None), self._unit_of(plan)
        if opened is None:
            return
        if opened.slot is not None and unit is not None:
            held_slots.release(self.sheet, by, opened.slot, unit=unit, record_id=opened.id)
        if opened.wanting is not None and unit is not None:
            unit.wanting.get(opened.wanting, {}).pop(opened.id, None)
        if opened.charge_id is not None:
            self.sheet.change(Charge, opened.charge_id, reversed_values(by.now))
        ended = {**ended_values(end, plan.reason), "version": opened.version + 1, "updated_at": by.now}
        self.sheet.change(ServiceRecord, opened.id, ended)
