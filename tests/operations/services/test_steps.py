"""Scheduling, starting, closing and reopening services."""

from datetime import datetime, timedelta

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import AllowanceSlot, AuditEntry, Charge, ChargeStatus, Office, Outbox, ServiceRecord, Staff
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.result import Result
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from tests.builders import NOW, OTHER_OFFICE, Kit, decision_of, problem_codes

TOMORROW = NOW + timedelta(days=1)
PAID = {"mode": Mode.ON_SITE, "distance_metres": 90_000}


def schedule(kit: Kit, record_id: int, version: int = 1, at: datetime = TOMORROW, **given: object) -> Result:
    command = ScheduleService(id=record_id, version=version, scheduled_at=at, **given)
    return schedule_service(kit.desk, kit.agent, command)


def start(kit: Kit, record_id: int, version: int = 1) -> Result:
    return start_service(kit.desk, kit.agent, StartService(id=record_id, version=version))


def close(kit: Kit, record_id: int, version: int = 1) -> Result:
    return close_service(kit.desk, kit.agent, CloseService(id=record_id, version=version))


def reopen(kit: Kit, record_id: int, version: int = 1, reason: str = "کار ناتمام ماند") -> Result:
    return reopen_service(kit.desk, kit.agent, ReopenService(id=record_id, version=version, reason=reason))


def staff_id(kit: Kit, username: str) -> int:
    return kit.rows(Staff, username=username)[0].id


def differences(kit: Kit) -> tuple[object, ...]:
    with kit.desk.database.reading() as session:
        return reconcile(session)


def test_a_service_goes_from_its_request_to_its_close(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    steps = [
        schedule(kit, record_id),
        start(kit, record_id, 2),
        kit.complete(record_id, 3),
        close(kit, record_id, 4),
    ]
    assert [(step.id, step.problems, step.changed) for step in steps] == [(record_id, (), True)] * 4
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.version, record.scheduled_at) == (RecordStatus.CLOSED, 5, TOMORROW)


def test_what_is_scheduled_can_be_put_off(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    schedule(kit, record_id)
    later = TOMORROW + timedelta(days=3)
    assert schedule(kit, record_id, 2, later).problems == ()
    assert kit.row(ServiceRecord, record_id).scheduled_at == later


def test_a_scheduled_service_keeps_its_slot(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    schedule(kit, record_id)
    assert [slot.released_at for slot in kit.rows(AllowanceSlot, record_id=record_id)] == [None]


def test_whoever_it_is_given_to_takes_it_to_their_office(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    command = ScheduleService(id=record_id, version=1, scheduled_at=TOMORROW, assignee_id=staff_id(kit, "other_agent"))
    assert schedule_service(kit.desk, kit.supervisor, command).problems == ()
    record = kit.row(ServiceRecord, record_id)
    office = kit.rows(Office, code=OTHER_OFFICE)[0]
    assert (record.assignee_id, record.office_id) == (staff_id(kit, "other_agent"), office.id)


def test_an_assignee_stays_where_none_is_named(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    schedule(kit, record_id, assignee_id=staff_id(kit, "supervisor"))
    schedule(kit, record_id, 2)
    assert kit.row(ServiceRecord, record_id).assignee_id == staff_id(kit, "supervisor")


def test_a_service_that_is_nobodys_any_more_goes_back_to_its_authors_office(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    command = ScheduleService(id=record_id, version=1, scheduled_at=TOMORROW, assignee_id=staff_id(kit, "other_agent"))
    schedule_service(kit.desk, kit.supervisor, command)
    command = ScheduleService(id=record_id, version=2, scheduled_at=TOMORROW, assignee_id=None)
    assert schedule_service(kit.desk, kit.supervisor, command).problems == ()
    record = kit.row(ServiceRecord, record_id)
    assert (record.assignee_id, record.office_id) == (None, kit.agent.office_id)


def test_nobody_gives_back_what_they_would_no_longer_see(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    command = ScheduleService(id=record_id, version=1, scheduled_at=TOMORROW, assignee_id=staff_id(kit, "other_agent"))
    schedule_service(kit.desk, kit.supervisor, command)
    command = ScheduleService(id=record_id, version=2, scheduled_at=TOMORROW, assignee_id=None)
    result = schedule_service(kit.desk, kit.staff("other_agent"), command)
    assert problem_codes(result) == [("FORBIDDEN", "assignee_elsewhere", ("assignee_id",))]


def test_nobody_gives_away_what_they_would_no_longer_see(kit: Kit):
    result = schedule(kit, kit.recorded(kit.purchase()), assignee_id=staff_id(kit, "other_agent"))
    assert problem_codes(result) == [("FORBIDDEN", "assignee_elsewhere", ("assignee_id",))]


@pytest.mark.parametrize("assignee_id", [0, 999_999, 2**64])
def test_nobody_is_no_assignee(kit: Kit, assignee_id: int):
    result = schedule(kit, kit.recorded(kit.purchase()), assignee_id=assignee_id)
    assert problem_codes(result) == [("NOT_FOUND", None, ("assignee_id",))]


def test_who_left_is_given_no_work(fresh_kit: Kit):
    with fresh_kit.desk.database.writing() as session:
        session.get_one(Staff, staff_id(fresh_kit, "viewer")).active = False
    record_id = fresh_kit.recorded(fresh_kit.purchase())
    result = schedule(fresh_kit, record_id, assignee_id=staff_id(fresh_kit, "viewer"))
    assert problem_codes(result) == [("INVALID", "assignee_inactive", ("assignee_id",))]


def test_a_service_may_start_without_being_scheduled(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    assert start(kit, record_id).problems == ()
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.IN_PROGRESS


def test_what_is_done_is_reopened_and_not_started(kit: Kit):
    record_id = kit.done(kit.purchase())
    assert problem_codes(start(kit, record_id)) == [("CONFLICT", "status", ("id",))]
    assert reopen(kit, record_id).problems == ()


def test_what_has_not_begun_is_started_and_not_reopened(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    assert problem_codes(reopen(kit, record_id)) == [("CONFLICT", "status", ("id",))]
    assert start(kit, record_id).problems == ()


def test_a_reopened_service_keeps_its_slot(kit: Kit):
    asset_id = kit.purchase()
    record_id = kit.done(asset_id)
    slot = kit.rows(AllowanceSlot, record_id=record_id)[0]
    reopen(kit, record_id)
    kit.complete(record_id, 2)
    again = kit.rows(AllowanceSlot, record_id=record_id)
    assert [(row.id, row.slot_no, row.released_at) for row in again] == [(slot.id, slot.slot_no, None)]
    assert kit.row(ServiceRecord, record_id).outcome is Outcome.ALLOWANCE


def test_a_reopened_service_is_not_performed_and_not_charged_yet(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    reopen(kit, record_id)
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.performed_at) == (RecordStatus.IN_PROGRESS, None)
    assert [charge.status for charge in kit.rows(Charge, record_id=record_id)] == [ChargeStatus.REVERSED]


def test_a_service_completed_anew_is_charged_anew(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    reopen(kit, record_id)
    decided = decision_of(kit.complete(record_id, 2, minutes=240))
    charges = kit.rows(Charge, record_id=record_id)
    assert [charge.status for charge in charges] == [ChargeStatus.REVERSED, ChargeStatus.PROPOSED]
    assert charges[1].amount == decided.amount > charges[0].amount


def test_what_finance_has_confirmed_is_not_reopened(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    charge = kit.rows(Charge, record_id=record_id)[0]
    confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=charge.id))
    assert problem_codes(reopen(kit, record_id)) == [("CONFLICT", "charge_agreed", ("id",))]
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.DONE


def test_reopening_needs_a_reason_which_stands_in_the_audit_trail(kit: Kit):
    record_id = kit.done(kit.purchase())
    assert problem_codes(reopen(kit, record_id, reason=" ")) == [("INVALID", "required", ("reason",))]
    reopen(kit, record_id, reason="مشتری دوباره تماس گرفت")
    entry = kit.rows(AuditEntry, entity="ServiceRecord", entity_id=record_id)[-1]
    assert (entry.operation, entry.reason) == ("reopen_service", "مشتری دوباره تماس گرفت")
    assert kit.rows(Outbox, entity="ServiceRecord", entity_id=record_id)[-1].event == "record_reopened"


def test_every_step_leaves_slots_and_charges_in_order(fresh_kit: Kit):
    kit = fresh_kit
    reopened, again, started = kit.done(kit.purchase()), kit.done(kit.purchase(), **PAID), kit.recorded(kit.purchase())
    reopen(kit, reopened)
    reopen(kit, again)
    kit.complete(again, 2)
    close(kit, again, 3)
    start(kit, started)
    assert differences(kit) == ()
