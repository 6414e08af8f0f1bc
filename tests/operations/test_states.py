"""What operations do to charges, override requests and suggestions in every state: the step, or CONFLICT."""

from typing import Any

import pytest
from sqlalchemy import update

from backoffice.domain.charge import AGREED, CHARGE_STEPS, IN_THE_BOOKS, ChargeStatus
from backoffice.domain.coverage import Outcome
from backoffice.domain.override import OVERRIDE_STEPS, OverrideStatus
from backoffice.domain.service import Mode
from backoffice.domain.suggestion import SUGGESTION_STEPS, SuggestionStatus
from backoffice.models import Charge, OverrideRequest, RatingSuggestion, ServiceRecord
from backoffice.operations.overrides.approve_override import ApproveOverride, approve_override
from backoffice.operations.overrides.decline_override import DeclineOverride, decline_override
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.result import Result
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import Kit, problem_codes

PAID = {"mode": Mode.ON_SITE, "distance_metres": 90_000}
TOO_MUCH = 90_000_000


def put(kit: Kit, model: Any, row_id: int, **values: object) -> None:
    """Have the row say so, past every operation."""
    with kit.desk.database.writing() as session:
        session.execute(update(model).where(model.id == row_id).values(**values))


def charged(kit: Kit, status: ChargeStatus) -> Charge:
    """A charge in this state, of a record that is done."""
    record_id = kit.done(kit.purchase(), **PAID)
    (charge,) = kit.rows(Charge, record_id=record_id)
    reversed_at = kit.clock.now if status is ChargeStatus.REVERSED else None
    put(kit, Charge, charge.id, status=status, reversed_at=reversed_at)
    return kit.row(Charge, charge.id)


def refused(result: Result) -> str | None:
    """The detail of a CONFLICT; None where the operation was done."""
    if not result.problems:
        return None
    ((code, detail, _),) = problem_codes(result)
    assert code == "CONFLICT"
    return detail


@pytest.mark.parametrize("status", ChargeStatus)
def test_a_charge_is_confirmed_from_the_states_that_lead_there(kit: Kit, status: ChargeStatus):
    charge = charged(kit, status)
    allowed = CHARGE_STEPS.allow(status, ChargeStatus.CONFIRMED)
    result = confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=charge.id))
    assert refused(result) == (None if allowed else "charge_status")
    assert kit.row(Charge, charge.id).status is (ChargeStatus.CONFIRMED if allowed else status)


@pytest.mark.parametrize("status", ChargeStatus)
def test_voiding_takes_a_charge_back_unless_it_is_in_the_books(kit: Kit, status: ChargeStatus):
    charge = charged(kit, status)
    command = VoidService(id=charge.record_id, version=1, reason="دوباره ثبت شده")
    result = void_service(kit.desk, kit.supervisor, command)
    assert refused(result) == ("charge_in_books" if status in IN_THE_BOOKS else None)
    assert kit.row(Charge, charge.id).status is (status if status in IN_THE_BOOKS else ChargeStatus.REVERSED)


@pytest.mark.parametrize("status", ChargeStatus)
def test_reopening_takes_a_charge_back_that_nobody_has_agreed_to(kit: Kit, status: ChargeStatus):
    charge = charged(kit, status)
    command = ReopenService(id=charge.record_id, version=1, reason="برگشتی")
    result = reopen_service(kit.desk, kit.supervisor, command)
    told = "charge_in_books" if status in IN_THE_BOOKS else "charge_agreed"
    assert refused(result) == (told if status in AGREED else None)
    assert kit.row(Charge, charge.id).status is (status if status in AGREED else ChargeStatus.REVERSED)


def requested(kit: Kit, status: OverrideStatus) -> OverrideRequest:
    """A request in this state, of a supervisor's override beyond the limit."""
    record_id = kit.done(kit.purchase(), **PAID)
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.TARIFF, amount=TOO_MUCH, reason="توافق")
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()
    (request,) = kit.rows(OverrideRequest, record_id=record_id)
    settled = {} if status is OverrideStatus.WAITING else {"settled_at": kit.clock.now}
    put(kit, OverrideRequest, request.id, status=status, settled_by_id=kit.staff("admin").staff_id, **settled)
    return kit.row(OverrideRequest, request.id)


@pytest.mark.parametrize("status", OverrideStatus)
@pytest.mark.parametrize("end", [OverrideStatus.APPROVED, OverrideStatus.DECLINED])
def test_a_request_is_settled_once(kit: Kit, status: OverrideStatus, end: OverrideStatus):
    request = requested(kit, status)
    allowed = OVERRIDE_STEPS.allow(status, end)
    assert refused(settle(kit, request.id, end)) == (None if allowed else "override_settled")
    assert kit.row(OverrideRequest, request.id).status is (end if allowed else status)


def settle(kit: Kit, request_id: int, end: OverrideStatus) -> Result:
    if end is OverrideStatus.APPROVED:
        return approve_override(kit.desk, kit.staff("admin"), ApproveOverride(id=request_id))
    return decline_override(kit.desk, kit.staff("admin"), DeclineOverride(id=request_id, reason="لازم نیست"))


def suggested(kit: Kit, status: SuggestionStatus) -> RatingSuggestion:
    """A suggestion in this state, of a slot that was given back."""
    asset_id = kit.purchase()
    holder, _, paid = [kit.done(asset_id) for _ in range(3)]
    command = VoidService(id=holder, version=1, reason="دوباره ثبت شده")
    assert void_service(kit.desk, kit.supervisor, command).problems == ()
    (suggestion,) = kit.rows(RatingSuggestion, record_id=paid)
    if status is not SuggestionStatus.SUGGESTED:
        put(kit, RatingSuggestion, suggestion.id, status=status, settled_at=kit.clock.now)
    return kit.row(RatingSuggestion, suggestion.id)


@pytest.mark.parametrize("status", SuggestionStatus)
@pytest.mark.parametrize("end", [SuggestionStatus.ACCEPTED, SuggestionStatus.DISMISSED])
def test_a_suggestion_is_settled_once(kit: Kit, status: SuggestionStatus, end: SuggestionStatus):
    suggestion = suggested(kit, status)
    before = kit.row(ServiceRecord, suggestion.record_id).version
    allowed = SUGGESTION_STEPS.allow(status, end)
    assert refused(answer(kit, suggestion.id, end)) == (None if allowed else "rerating_settled")
    assert kit.row(RatingSuggestion, suggestion.id).status is (end if allowed else status)
    accepted = allowed and end is SuggestionStatus.ACCEPTED
    assert kit.row(ServiceRecord, suggestion.record_id).version == before + accepted


def answer(kit: Kit, suggestion_id: int, end: SuggestionStatus) -> Result:
    if end is SuggestionStatus.ACCEPTED:
        return accept_reratings(kit.desk, kit.supervisor, AcceptReratings(ids=(suggestion_id,)))
    return dismiss_reratings(kit.desk, kit.supervisor, DismissReratings(ids=(suggestion_id,), reason="نه"))
