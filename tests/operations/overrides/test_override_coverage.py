"""Overriding coverage decisions, alone and with a second person."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import system_viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    AllowanceSlot,
    AuditEntry,
    Charge,
    ChargeStatus,
    CoverageDecision,
    DecisionRole,
    OverrideRequest,
    OverrideStatus,
    RecordDecision,
    ServiceRecord,
)
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.approve_override import ApproveOverride, approve_override
from backoffice.operations.overrides.decline_override import DeclineOverride, decline_override
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.result import Result
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.wording import reason_text
from tests.builders import Kit, decision_of, problem_codes

PAID = {"mode": Mode.ON_SITE, "distance_metres": 90_000}
TOO_MUCH = 60_000_000
AGREED = 2_000_000


def override(kit: Kit, record_id: int, outcome: Outcome = Outcome.FREE, version: int = 1, **given: object) -> Result:
    command = OverrideCoverage(
        **{"id": record_id, "version": version, "outcome": outcome, "reason": "مشتری خوش‌حساب"} | given
    )
    return override_coverage(kit.desk, kit.supervisor, command)


def agree(kit: Kit, record_id: int, amount: int = AGREED, version: int = 1) -> Result:
    return override(kit, record_id, Outcome.TARIFF, version, amount=amount)


def waiting(kit: Kit, record_id: int) -> int:
    """The id of the request that a large override leaves."""
    assert agree(kit, record_id, TOO_MUCH).problems == ()
    return kit.rows(OverrideRequest, record_id=record_id)[-1].id


def approve(kit: Kit, request_id: int, viewer: Viewer | None = None) -> Result:
    return approve_override(kit.desk, viewer or kit.staff("admin"), ApproveOverride(id=request_id))


def decline(kit: Kit, request_id: int, viewer: Viewer | None = None) -> Result:
    command = DeclineOverride(id=request_id, reason="لازم نیست")
    return decline_override(kit.desk, viewer or kit.staff("admin"), command)


def in_force(kit: Kit, record_id: int) -> CoverageDecision:
    return kit.row(CoverageDecision, kit.row(ServiceRecord, record_id).coverage_id)


def roles(kit: Kit, record_id: int) -> list[DecisionRole]:
    return [row.role for row in kit.rows(RecordDecision, record_id=record_id)]


def test_a_supervisor_gives_free_what_would_be_charged(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    charged = kit.row(ServiceRecord, record_id).amount
    result = override(kit, record_id)
    record, decision = kit.row(ServiceRecord, record_id), in_force(kit, record_id)
    assert (result.id, result.problems, decision_of(result).overridden) == (record_id, (), True)
    assert (record.outcome, record.amount, record.version) == (Outcome.FREE, 0, 2)
    assert (decision.overridden, decision.shadow_amount) == (True, charged)
    assert all(line["covered"] for line in decision.lines)


def test_the_engines_own_decision_stays_beside_it(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    own = in_force(kit, record_id)
    override(kit, record_id)
    record = kit.row(ServiceRecord, record_id)
    assert (record.estimate_id, roles(kit, record_id)) == (own.id, [DecisionRole.ESTIMATE, DecisionRole.OVERRIDE])
    assert kit.row(CoverageDecision, own.id).overridden is False


def test_what_is_given_free_has_its_charge_reversed(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    override(kit, record_id)
    assert [charge.status for charge in kit.rows(Charge, record_id=record_id)] == [ChargeStatus.REVERSED]


def test_an_agreed_amount_is_charged_with_the_vat_within_it(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    agree(kit, record_id)
    decision = in_force(kit, record_id)
    charges = [(charge.status, charge.amount) for charge in kit.rows(Charge, record_id=record_id)]
    assert charges[-1] == (ChargeStatus.PROPOSED, AGREED)
    assert charges[0][0] is ChargeStatus.REVERSED
    assert decision.amount == AGREED == decision.vat + sum(line["amount"] for line in decision.lines)
    assert decision.vat == 214_286  # 12 % of 1,785,714


def test_a_slot_is_given_back_for_work_that_is_given_free(kit: Kit):
    asset_id = kit.purchase()
    record_id = kit.done(asset_id, service_type="training")
    override(kit, record_id)
    assert kit.rows(AllowanceSlot, record_id=record_id)[0].released_at == kit.clock.now
    assert decision_of(kit.record(asset_id, service_type="training")).outcome is Outcome.ALLOWANCE


def test_a_price_can_be_left_to_a_quote(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    override(kit, record_id, Outcome.QUOTE)
    record = kit.row(ServiceRecord, record_id)
    assert (record.outcome, record.amount) == (Outcome.QUOTE, None)
    assert [charge.status for charge in kit.rows(Charge, record_id=record_id)] == [ChargeStatus.REVERSED]


def test_an_amount_can_be_agreed_where_the_price_was_left_to_a_quote(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    agree(kit, record_id)
    assert [charge.amount for charge in kit.rows(Charge, record_id=record_id)] == [AGREED]


def test_an_override_says_why_in_both_languages(kit: Kit):
    decision = decision_of(override(kit, kit.done(kit.purchase(), **PAID)))
    assert [reason.code for reason in decision.reasons] == ["inside_period", "overridden"]
    said = reason_text(decision.reasons[-1], "fa")
    assert said == "سرپرست به جای «طبق تعرفه» تصمیم دیگری گرفت: مشتری خوش‌حساب"
    assert reason_text(decision.reasons[-1], "en").startswith("A supervisor decided otherwise than “By the tariff”")


def test_an_override_of_an_open_record_holds_when_it_is_completed(kit: Kit):
    record_id = kit.recorded(kit.purchase(), **PAID)
    override(kit, record_id)
    asked = CompleteService(id=record_id, version=2, minutes=300)
    foreseen = decision_of(foresee(complete_service, kit.desk, kit.agent, asked))
    result = kit.complete(record_id, 2, minutes=300, expected_fingerprint=foreseen.fingerprint)
    record = kit.row(ServiceRecord, record_id)
    assert (result.problems, record.status, record.outcome, record.amount) == ((), RecordStatus.DONE, Outcome.FREE, 0)
    expected = [DecisionRole.ESTIMATE, DecisionRole.OVERRIDE, DecisionRole.COMPLETION, DecisionRole.OVERRIDE]
    assert roles(kit, record_id) == expected


def test_an_agreed_amount_is_charged_when_an_open_record_is_completed(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    agree(kit, record_id)
    assert kit.rows(Charge, record_id=record_id) == []
    kit.complete(record_id, 2)
    assert [charge.amount for charge in kit.rows(Charge, record_id=record_id)] == [AGREED]
    assert [slot.released_at for slot in kit.rows(AllowanceSlot, record_id=record_id)] == [kit.clock.now]


def test_an_override_can_be_overridden_and_is_weighed_against_the_engine(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    agree(kit, record_id, 40_000_000)
    agree(kit, record_id, 55_000_000, version=2)
    assert kit.row(ServiceRecord, record_id).amount == 40_000_000
    assert kit.rows(OverrideRequest, record_id=record_id)[0].amount == 55_000_000


def test_above_the_limit_a_second_person_approves(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    asked = agree(kit, record_id, TOO_MUCH)
    assert (asked.id, asked.problems, decision_of(asked).amount) == (record_id, (), TOO_MUCH)
    record = kit.row(ServiceRecord, record_id)
    assert (record.outcome, record.version) == (Outcome.QUOTE, 1)
    request = kit.rows(OverrideRequest, record_id=record_id)[0]
    approved = approve(kit, request.id)
    record, request = kit.row(ServiceRecord, record_id), kit.row(OverrideRequest, request.id)
    assert (approved.id, approved.problems, record.amount, record.version) == (record_id, (), TOO_MUCH, 2)
    assert (request.status, request.settled_by_id) == (OverrideStatus.APPROVED, kit.staff("admin").staff_id)


def test_the_limit_is_the_desks(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    strict = replace(kit.desk, override_limit=AGREED - 1)
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.TARIFF, amount=AGREED, reason="توافق")
    override_coverage(strict, kit.supervisor, command)
    assert kit.row(ServiceRecord, record_id).amount is None


@pytest.mark.parametrize(("beyond", "amount"), [(0, AGREED), (1, None)])
def test_exactly_the_limit_needs_no_second_person_and_one_rial_more_does(kit: Kit, beyond: int, amount: int | None):
    record_id = kit.done(kit.purchase(), service_type="customization")
    desk = replace(kit.desk, override_limit=AGREED - beyond)
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.TARIFF, amount=AGREED, reason="توافق")
    assert override_coverage(desk, kit.supervisor, command).problems == ()
    assert kit.row(ServiceRecord, record_id).amount == amount


def test_nobody_approves_their_own_override(kit: Kit):
    request_id = waiting(kit, kit.done(kit.purchase(), service_type="customization"))
    assert problem_codes(approve(kit, request_id, kit.supervisor)) == [("FORBIDDEN", "own_override", ())]
    assert problem_codes(approve(kit, request_id, system_viewer())) == [("FORBIDDEN", "override_by_staff", ())]


def test_a_machine_asks_for_no_second_person(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.TARIFF, amount=TOO_MUCH, reason="x")
    result = override_coverage(kit.desk, system_viewer(), command)
    assert problem_codes(result) == [("FORBIDDEN", "override_by_staff", ())]


def test_a_declined_override_changes_nothing_and_makes_room_for_another(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    request_id = waiting(kit, record_id)
    assert problem_codes(agree(kit, record_id)) == [("CONFLICT", "override_waiting", ("id",))]
    assert decline(kit, request_id, kit.supervisor).id == record_id
    assert kit.row(ServiceRecord, record_id).version == 1
    assert agree(kit, record_id).problems == ()


@pytest.mark.parametrize("settle", [approve, decline])
def test_what_is_settled_is_not_settled_again(kit: Kit, settle):
    request_id = waiting(kit, kit.done(kit.purchase(), service_type="customization"))
    decline(kit, request_id)
    assert problem_codes(settle(kit, request_id)) == [("CONFLICT", "override_settled", ("id",))]


@pytest.mark.parametrize("settle", [approve, decline])
@pytest.mark.parametrize("request_id", [0, 999_999, 2**64])
def test_a_request_that_is_not_there_is_not_found(kit: Kit, settle, request_id: int):
    assert problem_codes(settle(kit, request_id)) == [("NOT_FOUND", None, ("id",))]


def test_a_record_decided_anew_outdates_a_request(kit: Kit):
    record_id = kit.recorded(kit.purchase(), service_type="customization")
    request_id = waiting(kit, record_id)
    kit.complete(record_id)
    assert problem_codes(approve(kit, request_id)) == [("CONFLICT", "override_outdated", ("id",))]


def test_a_voided_record_outdates_a_request_and_is_not_overridden(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    request_id = waiting(kit, record_id)
    void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=1, reason="اشتباه"))
    assert problem_codes(approve(kit, request_id)) == [("CONFLICT", "override_outdated", ("id",))]
    assert problem_codes(override(kit, record_id, version=2)) == [("CONFLICT", "record_ended", ("id",))]


def test_a_confirmed_charge_is_replaced_and_one_in_the_books_is_not(kit: Kit):
    record_id = kit.done(kit.purchase(), **PAID)
    charge_id = kit.rows(Charge, record_id=record_id)[0].id
    confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=charge_id))
    assert agree(kit, record_id).problems == ()
    with kit.desk.database.writing() as session:
        session.execute(update(Charge).where(Charge.id == charge_id + 1).values(status=ChargeStatus.EXPORTED))
    assert problem_codes(override(kit, record_id, version=2)) == [("CONFLICT", "charge_in_books", ("id",))]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"outcome": Outcome.ALLOWANCE}, ("INVALID", "override_outcome", ("outcome",))),
        ({"outcome": Outcome.NOT_OFFERED}, ("INVALID", "override_outcome", ("outcome",))),
        ({"outcome": Outcome.TARIFF}, ("INVALID", "required", ("amount",))),
        ({"outcome": Outcome.TARIFF, "amount": 0}, ("INVALID", "out_of_range", ("amount",))),
        ({"outcome": Outcome.TARIFF, "amount": 2**53}, ("INVALID", "out_of_range", ("amount",))),
        ({"outcome": Outcome.FREE, "amount": 1}, ("INVALID", "override_amount", ("amount",))),
        ({"outcome": Outcome.FREE, "reason": " "}, ("INVALID", "required", ("reason",))),
    ],
)
def test_what_is_no_override_is_refused(kit: Kit, given: dict, problem: tuple):
    assert problem_codes(override(kit, kit.recorded(kit.purchase()), **given)) == [problem]


def test_nothing_is_charged_without_an_edition_of_its_day(kit: Kit):
    long_ago = kit.clock.now.replace(year=2010)
    record_id = kit.recorded(None, service_type="demo", customer_id=kit.customer(), requested_at=long_ago)
    assert problem_codes(agree(kit, record_id)) == [("NO_TARIFF", None, ("amount",))]
    assert override(kit, record_id).problems == ()


def test_an_agent_overrides_nothing(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.FREE, reason="x")
    with pytest.raises(Forbidden) as caught:
        override_coverage(kit.desk, kit.agent, command)
    assert caught.value.permission == "coverage.override"


def test_request_approval_and_reason_stand_in_the_audit_trail(kit: Kit):
    record_id = kit.done(kit.purchase(), service_type="customization")
    approve(kit, waiting(kit, record_id))
    trail = kit.rows(AuditEntry, entity="ServiceRecord", entity_id=record_id)[-2:]
    assert [(entry.operation, entry.reason) for entry in trail] == [
        ("override_coverage", "مشتری خوش‌حساب"),
        ("approve_override", "مشتری خوش‌حساب"),
    ]
    assert [entry.actor for entry in trail] == [kit.supervisor.name, kit.staff("admin").name]


def test_overrides_reconcile_and_replay(fresh_kit: Kit):
    kit = fresh_kit
    override(kit, kit.done(kit.purchase()))
    override(kit, kit.done(kit.purchase(), **PAID))
    agree(kit, kit.done(kit.purchase(), **PAID))
    approve(kit, waiting(kit, kit.done(kit.purchase(), service_type="customization")))
    opened, reopened = kit.recorded(kit.purchase(), **PAID), kit.done(kit.purchase(), **PAID)
    agree(kit, opened)
    kit.complete(opened, 2, minutes=200)
    agree(kit, reopened)
    reopen_service(kit.desk, kit.agent, ReopenService(id=reopened, version=2, reason="ناتمام"))
    kit.complete(reopened, 3)
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        decisions = [row.id for row in kit.rows(CoverageDecision)]
        assert [row_id for row_id in decisions if not replay(session, row_id).same] == []
