"""Completing services."""

from datetime import timedelta

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import AllowanceSlot, Charge, DecisionRole, RecordDecision, ServiceRecord, SlotLedger, SlotState
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.services.complete_service import CompleteService, complete_service
from tests.builders import Kit, decision_of, problem_codes

VISIT = {"service_type": "on_site_visit", "mode": Mode.ON_SITE}


def slots_of(kit: Kit, record_id: int) -> list[AllowanceSlot]:
    return kit.rows(AllowanceSlot, record_id=record_id)


def test_completing_commits_the_slot_that_was_reserved(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    assert kit.complete(record_id, minutes=40).problems == ()
    assert [(slot.state, slot.released_at) for slot in slots_of(kit, record_id)] == [(SlotState.COMMITTED, None)]
    assert [row.step.value for row in kit.rows(SlotLedger, record_id=record_id)] == ["reserved", "committed"]


def test_a_record_keeps_what_really_happened(kit: Kit):
    record_id = kit.recorded(kit.purchase(), minutes=10)
    kit.clock.move(hours=3)
    kit.complete(record_id, minutes=40, distance_metres=7, service_type="installation", result={"note": "شد"})
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.performed_at, record.version) == (RecordStatus.DONE, kit.clock.now, 2)
    assert (record.minutes, record.distance_metres, record.result_data) == (40, 7, {"note": "شد"})


def test_minutes_and_distance_stay_as_recorded_unless_given(kit: Kit):
    record_id = kit.recorded(kit.purchase(), minutes=10, distance_metres=500)
    kit.complete(record_id)
    record = kit.row(ServiceRecord, record_id)
    assert (record.minutes, record.distance_metres) == (10, 500)


def test_its_own_slot_does_not_count_against_the_record(kit: Kit):
    record_id = kit.recorded(kit.purchase(), service_type="training")
    use = decision_of(kit.complete(record_id)).allowance
    assert (use.used, use.limit) == (1, 1)


def test_the_estimate_stays_beside_the_decision_in_force(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    kit.complete(record_id)
    record = kit.row(ServiceRecord, record_id)
    decisions = [(row.decision_id, row.role) for row in kit.rows(RecordDecision, record_id=record_id)]
    assert decisions == [
        (record.estimate_id, DecisionRole.ESTIMATE),
        (record.coverage_id, DecisionRole.COMPLETION),
    ]


def test_a_visit_that_went_too_far_gives_its_slot_back_and_is_charged(kit: Kit):
    record_id = kit.recorded(kit.purchase(), distance_metres=39_000, **VISIT)
    decision = decision_of(kit.complete(record_id, minutes=60, distance_metres=41_000))
    assert decision.outcome is Outcome.TARIFF
    assert [slot.released_at for slot in slots_of(kit, record_id)] == [kit.clock.now]
    assert [charge.amount for charge in kit.rows(Charge, record_id=record_id)] == [decision.amount]


def test_a_visit_that_was_nearer_than_told_takes_a_slot(kit: Kit):
    record_id = kit.recorded(kit.purchase(), distance_metres=41_000, **VISIT)
    assert slots_of(kit, record_id) == []
    assert decision_of(kit.complete(record_id, distance_metres=39_000)).outcome is Outcome.ALLOWANCE
    assert [slot.state for slot in slots_of(kit, record_id)] == [SlotState.COMMITTED]


def test_a_slot_that_is_free_by_now_is_taken_and_one_that_is_gone_is_not(kit: Kit):
    asset_id = kit.purchase()
    first = kit.recorded(asset_id, service_type="training")
    second = kit.recorded(asset_id, service_type="training")
    assert kit.row(ServiceRecord, second).outcome is Outcome.TARIFF
    assert decision_of(kit.complete(second)).outcome is Outcome.TARIFF
    assert decision_of(kit.complete(first)).outcome is Outcome.ALLOWANCE


def test_an_expected_decision_that_changed_leaves_the_record_as_it_was(kit: Kit):
    record_id = kit.recorded(kit.purchase(), distance_metres=39_000, **VISIT)
    expected = decision_of(kit.record(kit.purchase(), distance_metres=39_000, **VISIT)).fingerprint
    result = kit.complete(record_id, distance_metres=41_000, expected_fingerprint=expected)
    assert problem_codes(result) == [("DECISION_CHANGED", None, ("expected_fingerprint",))]
    assert decision_of(result).outcome is Outcome.TARIFF
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.REQUESTED
    assert [slot.released_at for slot in slots_of(kit, record_id)] == [None]


@pytest.mark.parametrize("version", [0, 2])
def test_another_version_is_stale_and_names_the_unchanged_record(kit: Kit, version: int):
    record_id = kit.recorded(kit.purchase())
    result = kit.complete(record_id, version)
    assert (result.id, problem_codes(result)) == (record_id, [("STALE", None, ("version",))])


def test_what_is_done_is_not_completed_again(kit: Kit):
    result = kit.complete(kit.done(kit.purchase()))
    assert problem_codes(result) == [("CONFLICT", "status", ("id",))]
    assert result.problems[0].params["status"] is RecordStatus.DONE


def test_the_result_is_of_the_records_own_type(kit: Kit):
    result = kit.complete(kit.recorded(kit.purchase()), service_type="training", result={"attendees": 3})
    assert problem_codes(result) == [("INVALID", "result_of_other_type", ("result",))]


def test_work_is_not_completed_in_the_future(kit: Kit):
    result = kit.complete(kit.recorded(kit.purchase()), performed_at=kit.clock.now + timedelta(minutes=1))
    assert problem_codes(result) == [("INVALID", "in_the_future", ("performed_at",))]


def test_an_agent_does_not_find_the_records_of_another_office(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    result = complete_service(kit.desk, kit.staff("other_agent"), CompleteService(id=record_id, version=1))
    assert problem_codes(result) == [("NOT_FOUND", None, ("id",))]


def test_all_is_reconciled_after_completing(fresh_kit: Kit):
    record_id = fresh_kit.recorded(fresh_kit.purchase(), distance_metres=39_000, **VISIT)
    fresh_kit.complete(record_id, distance_metres=41_000)
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()
