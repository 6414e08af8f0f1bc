"""Cancelling and voiding services."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import AllowanceSlot, AuditEntry, Charge, ChargeStatus, Outbox, ServiceRecord
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import Kit, decision_of, problem_codes
from tests.operations.reratable import charge_in


def cancel(kit: Kit, record_id: int, version: int = 1, reason: str = "منصرف شد") -> Result:
    return cancel_service(kit.desk, kit.agent, CancelService(id=record_id, version=version, reason=reason))


def void(kit: Kit, record_id: int, version: int = 1, reason: str = "اشتباه ثبت شد") -> Result:
    return void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=version, reason=reason))


PAID = {"mode": Mode.ON_SITE, "distance_metres": 90_000}


def test_a_cancelled_service_gives_its_slot_back(kit: Kit):
    asset_id = kit.purchase()
    record_id = kit.recorded(asset_id, service_type="training")
    assert cancel(kit, record_id).problems == ()
    assert kit.rows(AllowanceSlot, record_id=record_id)[0].released_at == kit.clock.now
    assert decision_of(kit.record(asset_id, service_type="training")).outcome is Outcome.ALLOWANCE


def test_a_voided_service_gives_its_slot_back(kit: Kit):
    asset_id = kit.purchase()
    record_id = kit.done(asset_id, service_type="training")
    assert void(kit, record_id).problems == ()
    assert decision_of(kit.record(asset_id, service_type="training")).outcome is Outcome.ALLOWANCE


def test_a_voided_service_has_its_charge_reversed_and_costs_nothing(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    assert kit.row(ServiceRecord, record_id).amount > 0
    void(kit, record_id)
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.amount, record.end_reason) == (RecordStatus.VOIDED, 0, "اشتباه ثبت شد")
    charges = kit.rows(Charge, record_id=record_id)
    assert [(charge.status, charge.reversed_at) for charge in charges] == [(ChargeStatus.REVERSED, kit.clock.now)]


def test_a_charge_that_finance_confirmed_is_reversed_with_its_service(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    charge_in(kit, record_id, ChargeStatus.CONFIRMED)
    assert void(kit, record_id).problems == ()
    assert [charge.status for charge in kit.rows(Charge, record_id=record_id)] == [ChargeStatus.REVERSED]


@pytest.mark.parametrize("status", [ChargeStatus.EXPORTED, ChargeStatus.PAID])
def test_a_service_whose_charge_is_in_the_books_is_not_voided(kit: Kit, status: ChargeStatus):
    record_id = kit.done(kit.purchase(), **PAID)
    charge_in(kit, record_id, status)
    assert problem_codes(void(kit, record_id)) == [("CONFLICT", "charge_in_books", ("id",))]
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.DONE
    assert [charge.status for charge in kit.rows(Charge, record_id=record_id)] == [status]


def test_a_cancelled_service_costs_nothing(kit: Kit):
    record_id = kit.recorded(kit.purchase(), service_type="customization")
    cancel(kit, record_id)
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.amount, record.version) == (RecordStatus.CANCELLED, 0, 2)


def test_what_is_done_is_voided_and_not_cancelled(kit: Kit):
    record_id = kit.done(kit.purchase())
    assert problem_codes(cancel(kit, record_id)) == [("CONFLICT", "status", ("id",))]
    assert void(kit, record_id).problems == ()


def test_what_is_not_done_is_cancelled_and_not_voided(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    result = void(kit, record_id)
    assert problem_codes(result) == [("CONFLICT", "status", ("id",))]
    assert result.problems[0].params == {"status": RecordStatus.REQUESTED, "wanted": RecordStatus.VOIDED}
    assert cancel(kit, record_id).problems == ()


def test_an_end_is_the_end(kit: Kit):
    cancelled, voided = kit.recorded(kit.purchase()), kit.done(kit.purchase())
    cancel(kit, cancelled)
    void(kit, voided)
    for record_id in (cancelled, voided):
        for again in (cancel, void):
            assert problem_codes(again(kit, record_id, version=2)) == [("CONFLICT", "status", ("id",))]
        assert problem_codes(kit.complete(record_id, version=2)) == [("CONFLICT", "status", ("id",))]


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_end_needs_a_reason(kit: Kit, reason: str):
    result = cancel(kit, kit.recorded(kit.purchase()), reason=reason)
    assert problem_codes(result) == [("INVALID", "required", ("reason",))]


def test_an_old_version_is_stale(kit: Kit):
    record_id = kit.done(kit.purchase())
    result = void(kit, record_id, version=2)
    assert (result.id, problem_codes(result)) == (record_id, [("STALE", None, ("version",))])


def test_an_agent_voids_nothing(kit: Kit):
    record_id = kit.done(kit.purchase())
    with pytest.raises(Forbidden) as caught:
        void_service(kit.desk, kit.agent, VoidService(id=record_id, version=1, reason="x"))
    assert caught.value.permission == "record.void"


def test_the_reason_stands_in_the_audit_trail_and_the_world_is_told(kit: Kit):
    record_id = kit.done(kit.purchase())
    void(kit, record_id, reason="دوبار ثبت شده بود")
    entry = kit.rows(AuditEntry, entity="ServiceRecord", entity_id=record_id)[-1]
    assert (entry.operation, entry.reason) == ("void_service", "دوبار ثبت شده بود")
    assert (entry.before["status"], entry.after["status"]) == ("done", "voided")
    assert kit.rows(Outbox, entity="ServiceRecord", entity_id=record_id)[-1].event == "record_voided"
