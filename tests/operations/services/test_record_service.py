"""Recording services."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    AllowanceSlot,
    Channel,
    Charge,
    ChargeStatus,
    CoverageDecision,
    DecisionRole,
    Office,
    Outbox,
    RecordDecision,
    ServiceRecord,
    SlotLedger,
    SlotState,
)
from backoffice.operations.services.record_service import record_service
from tests.builders import OTHER_OFFICE, Kit, decision_of, problem_codes, recording


def ledger(kit: Kit, record_id: int) -> list[str]:
    return [row.step.value for row in kit.rows(SlotLedger, record_id=record_id)]


def test_a_service_asked_for_reserves_its_slot(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.REQUESTED
    slot = kit.rows(AllowanceSlot, record_id=record_id)[0]
    assert (slot.state, slot.slot_no, slot.released_at) == (SlotState.RESERVED, 1, None)
    assert ledger(kit, record_id) == ["reserved"]


def test_a_service_just_given_is_done_in_one_step_and_uses_its_slot(kit: Kit):
    record_id = kit.done(kit.purchase())
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.DONE
    assert kit.rows(AllowanceSlot, record_id=record_id)[0].state is SlotState.COMMITTED
    assert ledger(kit, record_id) == ["reserved", "committed"]


def test_the_use_is_counted_with_this_one(kit: Kit):
    asset_id = kit.purchase()
    uses = [decision_of(kit.record(asset_id)).allowance for _ in range(2)]
    assert [(use.key, use.used, use.limit) for use in uses] == [
        ("installation.remote", 1, 2),
        ("installation.remote", 2, 2),
    ]


def test_what_costs_is_charged_once_done(kit: Kit):
    asset_id = kit.purchase()
    kit.done(asset_id, service_type="training")
    record_id = kit.done(asset_id, service_type="training", minutes=60)
    record, charge = kit.row(ServiceRecord, record_id), kit.rows(Charge, record_id=record_id)[0]
    assert (record.outcome, record.amount) == (Outcome.TARIFF, 10_617_600)
    assert (charge.amount, charge.status, charge.decision_id) == (10_617_600, ChargeStatus.PROPOSED, record.coverage_id)


def test_what_is_only_asked_for_is_not_charged_yet(kit: Kit):
    record_id = kit.recorded(kit.purchase(), service_type="installation", mode=Mode.ON_SITE, distance_metres=90_000)
    assert kit.row(ServiceRecord, record_id).amount > 0
    assert kit.rows(Charge, record_id=record_id) == []


def test_what_is_quoted_has_no_amount_and_no_charge(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    record = kit.row(ServiceRecord, record_id)
    assert (record.outcome, record.amount, kit.rows(Charge, record_id=record_id)) == (Outcome.QUOTE, None, [])


def test_free_service_remembers_what_it_would_have_cost(kit: Kit):
    record = kit.row(ServiceRecord, kit.done(kit.purchase(), service_type="troubleshooting", minutes=60))
    assert (record.outcome, record.amount, record.shadow_amount) == (Outcome.FREE, 0, 10_617_600)


def test_the_decision_is_stored_as_estimate_and_in_force(kit: Kit):
    result = kit.record(kit.purchase())
    record = kit.row(ServiceRecord, result.id)
    assert record.estimate_id == record.coverage_id
    assert kit.row(CoverageDecision, record.coverage_id).fingerprint == decision_of(result).fingerprint
    roles = [row.role for row in kit.rows(RecordDecision, record_id=record.id)]
    assert roles == [DecisionRole.ESTIMATE]


def test_a_demo_needs_no_asset(kit: Kit):
    record_id = kit.done(None, service_type="demo", customer_id=kit.customer())
    record = kit.row(ServiceRecord, record_id)
    assert (record.asset_id, record.product_id, record.outcome) == (None, None, Outcome.FREE)


def test_the_customer_and_product_are_the_assets(kit: Kit):
    customer_id, product_id = kit.customer(), kit.product()
    asset_id = kit.purchase(customer_id=customer_id, product_id=product_id)
    record = kit.row(ServiceRecord, kit.recorded(asset_id))
    assert (record.customer_id, record.product_id) == (customer_id, product_id)


def test_a_record_belongs_to_its_authors_office(kit: Kit):
    other_agent = kit.staff("other_agent")
    result = record_service(kit.desk, other_agent, recording(kit.purchase()))
    record = kit.row(ServiceRecord, result.id)
    assert (record.author_id, kit.row(Office, record.office_id).code) == (other_agent.staff_id, OTHER_OFFICE)


def test_a_request_is_of_now_unless_it_is_said_when(kit: Kit):
    assert kit.row(ServiceRecord, kit.recorded(kit.purchase())).requested_at == kit.clock.now


def test_work_done_earlier_was_asked_for_no_later(kit: Kit):
    yesterday = kit.clock.now - timedelta(days=1)
    record_id = kit.recorded(kit.purchase(), performed_at=yesterday)
    assert kit.row(ServiceRecord, record_id).requested_at == yesterday


@pytest.mark.parametrize(
    ("instant", "month"),
    [
        (datetime(2026, 3, 20, 20, 29, 59, tzinfo=UTC), 140412),
        (datetime(2026, 3, 20, 20, 30, tzinfo=UTC), 140501),
    ],
)
def test_the_jalali_month_is_that_of_the_request_in_tehran(kit: Kit, instant: datetime, month: int):
    record_id = kit.recorded(kit.purchase(), requested_at=instant)
    assert kit.row(ServiceRecord, record_id).jalali_month == month


def test_request_and_result_are_stored_as_the_type_declares_them(kit: Kit):
    given = {"request": {"note": "لطفاً زود"}, "result": {"note": "شد", "software_version": "3.2"}}
    record = kit.row(ServiceRecord, kit.done(kit.purchase(), **given))
    assert (record.request_version, record.request_data) == (1, {"note": "لطفاً زود"})
    assert (record.result_version, record.result_data) == (1, {"note": "شد", "software_version": "3.2"})


def test_the_world_is_told_of_opening_and_of_completion(kit: Kit):
    asked, done = kit.recorded(kit.purchase()), kit.done(kit.purchase())
    told = {record_id: kit.rows(Outbox, entity="ServiceRecord", entity_id=record_id) for record_id in (asked, done)}
    assert [event.event for event in told[asked]] == ["record_opened"]
    assert [event.event for event in told[done]] == ["record_opened", "record_completed"]


@pytest.mark.parametrize(
    ("given", "code", "outcome"),
    [
        ({"mode": Mode.PHONE}, "NOT_OFFERED", Outcome.NOT_OFFERED),
        ({"service_type": "on_site_visit", "mode": Mode.ON_SITE}, "NEEDS_INPUT", Outcome.NEEDS_INPUT),
    ],
)
def test_a_service_that_cannot_be_given_leaves_no_record_and_says_why(
    fresh_kit: Kit, given: dict, code: str, outcome: Outcome
):
    result = fresh_kit.record(fresh_kit.purchase(), **given)
    assert (result.id, [problem.code for problem in result.problems]) == (None, [code])
    assert decision_of(result).outcome is outcome
    assert fresh_kit.rows(ServiceRecord) == fresh_kit.rows(CoverageDecision) == []


def test_what_is_missing_is_named(kit: Kit):
    problem = kit.record(kit.purchase(), service_type="on_site_visit", mode=Mode.ON_SITE).problems[0]
    assert (problem.path, problem.params) == (("distance_metres",), {"missing": ["distance_metres"]})


def test_a_decision_that_is_no_longer_the_expected_one_is_refused_with_the_new_one(kit: Kit):
    asset_id = kit.purchase()
    expected = decision_of(kit.record(asset_id, service_type="training")).fingerprint
    result = kit.record(asset_id, service_type="training", expected_fingerprint=expected)
    assert problem_codes(result) == [("DECISION_CHANGED", None, ("expected_fingerprint",))]
    assert (result.id, decision_of(result).outcome) == (None, Outcome.TARIFF)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"channel": "pigeon"}, ("INVALID", "channel", ("channel",))),
        ({"service_type": "haircut"}, ("INVALID", "service_type", ("service_type",))),
        ({"result": {}}, ("INVALID", "result_before_work", ("result",))),
        ({"minutes": 100_001}, ("INVALID", "out_of_range", ("minutes",))),
        ({"request": {"colour": "red"}}, ("INVALID", "unknown_field", ("request", "installation", "colour"))),
        ({"performed_at": datetime(2027, 1, 1, tzinfo=UTC)}, ("INVALID", "in_the_future", ("performed_at",))),
        ({"requested_at": datetime(1, 1, 1, tzinfo=UTC)}, ("INVALID", "day_out_of_range", ("requested_at",))),
    ],
)
def test_what_cannot_be_recorded_is_refused_at_its_field(kit: Kit, given: dict, problem: tuple):
    assert problem_codes(kit.record(kit.purchase(), **given)) == [problem]


def test_a_result_is_judged_by_its_types_schema(kit: Kit):
    result = kit.record(kit.purchase(), performed_at=kit.clock.now, result={"colour": "red"})
    assert problem_codes(result) == [("INVALID", "unknown_field", ("result", "installation", "colour"))]


def test_a_type_that_needs_an_asset_is_not_recorded_without_one(kit: Kit):
    result = kit.record(None, customer_id=kit.customer())
    assert problem_codes(result) == [("INVALID", "required", ("asset_id",))]


def test_a_service_is_given_to_somebody(kit: Kit):
    assert problem_codes(kit.record(None, service_type="demo")) == [("INVALID", "required", ("customer_id",))]


def test_a_channel_that_was_closed_takes_no_new_records(fresh_kit: Kit):
    with fresh_kit.desk.database.writing() as session:
        session.execute(update(Channel).where(Channel.code == "goftino").values(active=False))
    result = fresh_kit.record(fresh_kit.purchase(), channel="goftino")
    assert problem_codes(result) == [("INVALID", "channel", ("channel",))]


def test_whoever_may_only_look_records_nothing(kit: Kit):
    with pytest.raises(Forbidden):
        record_service(kit.desk, kit.staff("viewer"), recording(kit.purchase()))
