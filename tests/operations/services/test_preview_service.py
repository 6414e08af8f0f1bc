"""Asking before recording."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode, Subject
from backoffice.models import AllowanceSlot, AuditEntry, CoverageDecision, ServiceRecord
from backoffice.operations.operation import foresee
from backoffice.operations.result import Result
from backoffice.operations.services.record_service import PreviewService, record_service
from tests.builders import Kit, decision_of, problem_codes


def preview(kit: Kit, **given) -> Result:
    usual = {"service_type": "installation", "mode": Mode.REMOTE, "requested_at": kit.clock.now}
    return foresee(record_service, kit.desk, kit.agent, PreviewService(**usual | given))


def test_a_preview_changes_nothing(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    before = len(fresh_kit.rows(AuditEntry))
    result = preview(fresh_kit, asset_id=asset_id)
    assert (result.id, result.changed, decision_of(result).outcome) == (None, False, Outcome.ALLOWANCE)
    assert fresh_kit.rows(CoverageDecision) == fresh_kit.rows(AllowanceSlot) == fresh_kit.rows(ServiceRecord) == []
    assert len(fresh_kit.rows(AuditEntry)) == before


def test_what_a_preview_says_is_what_recording_decides(kit: Kit):
    asset_id = kit.purchase()
    for _ in range(3):
        asked = {"asset_id": asset_id, "performed_at": kit.clock.now, "minutes": 50}
        seen = decision_of(preview(kit, **asked))
        assert seen == decision_of(kit.record(requested_at=kit.clock.now, **asked))


def test_a_refusal_is_an_answer_of_a_preview_and_no_problem(kit: Kit):
    result = preview(kit, asset_id=kit.purchase(), mode=Mode.PHONE)
    assert (result.problems, decision_of(result).outcome) == ((), Outcome.NOT_OFFERED)


def test_without_an_asset_the_default_plan_answers_from_outside(kit: Kit):
    assert decision_of(preview(kit)).outcome is Outcome.TARIFF


def test_the_subject_is_the_types_own_unless_given(kit: Kit):
    asset_id = kit.purchase()
    software = preview(kit, service_type="reinstallation", asset_id=asset_id)
    device = preview(kit, service_type="reinstallation", asset_id=asset_id, subject=Subject.DEVICE)
    assert [decision_of(each).outcome for each in (software, device)] == [Outcome.ALLOWANCE, Outcome.TARIFF]


def test_the_distance_is_that_of_the_site_where_the_asset_stands(kit: Kit):
    customer_id = kit.customer()
    near, far = kit.site(customer_id, 39_999), kit.site(customer_id, 40_000)
    visit = {"service_type": "on_site_visit", "mode": Mode.ON_SITE}
    asset_id = kit.purchase(customer_id=customer_id, site_id=near)
    assert decision_of(preview(kit, asset_id=asset_id, **visit)).outcome is Outcome.ALLOWANCE
    assert decision_of(preview(kit, asset_id=asset_id, site_id=far, **visit)).outcome is Outcome.TARIFF
    given = preview(kit, asset_id=asset_id, site_id=far, distance_metres=10, **visit)
    assert decision_of(given).outcome is Outcome.ALLOWANCE


def test_a_visit_to_a_site_of_unknown_distance_needs_the_distance(kit: Kit):
    customer_id = kit.customer()
    asset_id = kit.purchase(customer_id=customer_id, site_id=kit.site(customer_id))
    decision = decision_of(preview(kit, asset_id=asset_id, service_type="on_site_visit", mode=Mode.ON_SITE))
    assert (decision.outcome, decision.missing_inputs) == (Outcome.NEEDS_INPUT, ("distance_metres",))


def test_a_period_before_its_first_day_covers_nothing(kit: Kit):
    asset_id = kit.purchase(support_starts_on=date(2026, 9, 1))
    assert decision_of(preview(kit, asset_id=asset_id)).outcome is Outcome.TARIFF
    later = preview(kit, asset_id=asset_id, requested_at=kit.clock.now + timedelta(days=60))
    assert decision_of(later).outcome is Outcome.ALLOWANCE


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"service_type": "haircut"}, ("INVALID", "service_type", ("service_type",))),
        ({"asset_id": 999_999}, ("NOT_FOUND", None, ("asset_id",))),
        ({"customer_id": 999_999}, ("NOT_FOUND", None, ("customer_id",))),
        ({"site_id": 999_999}, ("NOT_FOUND", None, ("site_id",))),
        ({"minutes": -1}, ("INVALID", "out_of_range", ("minutes",))),
        ({"distance_metres": -1}, ("INVALID", "out_of_range", ("distance_metres",))),
        ({"request": {"colour": "red"}}, ("INVALID", "unknown_field", ("request", "installation", "colour"))),
        ({"request": {"note": 7}}, ("INVALID", "string", ("request", "installation", "note"))),
        ({"request": {"note": "\0"}}, ("INVALID", "characters", ("request",))),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(kit: Kit, given: dict, problem: tuple):
    assert problem_codes(preview(kit, **given)) == [problem]


def test_work_is_not_done_in_the_future(kit: Kit):
    soon = kit.clock.now + timedelta(seconds=1)
    assert problem_codes(preview(kit, performed_at=soon)) == [("INVALID", "in_the_future", ("performed_at",))]


def test_an_asset_is_not_asked_about_for_somebody_else(kit: Kit):
    result = preview(kit, asset_id=kit.purchase(), customer_id=kit.customer())
    assert problem_codes(result) == [("INVALID", "not_the_customers", ("asset_id",))]


def test_whoever_may_not_read_records_may_not_ask(kit: Kit):
    nobody = replace(kit.staff("viewer"), permissions=frozenset())
    asking = PreviewService(service_type="installation", mode=Mode.REMOTE)
    with pytest.raises(Forbidden):
        foresee(record_service, kit.desk, nobody, asking)
