"""A slot given back: whoever was charged for want of it is suggested, the oldest first, and nobody silently."""

from collections.abc import Callable, Sequence

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    Charge,
    ChargeStatus,
    CoverageDecision,
    DecisionRole,
    RecordDecision,
    ServiceRecord,
    SlotLedger,
    SlotState,
    SlotStep,
    SuggestionStatus,
    SupportPeriod,
)
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.preview_reratings import Foreseen, SeeReratings
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from tests.builders import Kit, decision_of, problem_codes
from tests.operations.counting import statements
from tests.operations.reratable import (
    SPRING,
    TRAINING,
    accept,
    charge_in,
    ids_of,
    late_edition,
    suggestions,
    trained,
    void,
)

VISIT = {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 12_000}
WHY = {"reason": "اشتباه ثبت شد"}


def entered(kit: Kit, asset_id: int, *, used: int) -> Result:
    """How many trainings were used before the desk."""
    balance = OpeningBalance(key="training.remote", used=used)
    command = SetOpeningBalances(asset_id=asset_id, balances=(balance,), **WHY)
    return set_opening_balances(kit.desk, kit.supervisor, command)


def dismiss(kit: Kit, *record_ids: int) -> Result:
    return dismiss_reratings(kit.desk, kit.supervisor, DismissReratings(ids=ids_of(kit, *record_ids), **WHY))


def foreseen(kit: Kit, *record_ids: int) -> Sequence[Foreseen]:
    command = SeeReratings(ids=tuple(ids_of(kit, *record_ids)))
    return foresee(accept_reratings, kit.desk, kit.supervisor, command).told


def statuses(kit: Kit, *record_ids: int) -> list[SuggestionStatus]:
    return [one.status for one in suggestions(kit, *record_ids)]


def outcomes(kit: Kit, *record_ids: int) -> list[Outcome]:
    return [kit.row(ServiceRecord, record_id).outcome for record_id in record_ids]


def reconciled(kit: Kit) -> bool:
    with kit.desk.database.reading() as session:
        return reconcile(session) == ()


def test_a_void_suggests_those_who_paid_for_want_of_its_slot_and_decides_nothing(kit: Kit):
    holder, *paid = trained(kit, kit.purchase(), 3)
    told = [kit.row(ServiceRecord, record_id) for record_id in paid]
    void(kit, holder)
    (slot,) = kit.rows(AllowanceSlot, record_id=holder)
    found = suggestions(kit, *paid)
    assert [(one.record_id, one.against_id, one.freed_slot_id, one.edition_id) for one in found] == [
        (record.id, record.coverage_id, slot.id, None) for record in told
    ]
    assert [kit.row(ServiceRecord, record_id).version for record_id in paid] == [1, 1]
    assert outcomes(kit, *paid) == [Outcome.TARIFF, Outcome.TARIFF]


def test_a_cancelled_service_suggests_as_well(kit: Kit):
    asset_id = kit.purchase()
    holder = kit.recorded(asset_id, **TRAINING)
    (paid,) = trained(kit, asset_id)
    cancel_service(kit.desk, kit.agent, CancelService(id=holder, version=1, **WHY))
    assert statuses(kit, paid) == [SuggestionStatus.SUGGESTED]


def test_so_does_an_override_that_gives_a_slot_back(kit: Kit):
    holder, paid = trained(kit, kit.purchase(), 2)
    command = OverrideCoverage(id=holder, version=1, outcome=Outcome.FREE, **WHY)
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()
    assert statuses(kit, paid) == [SuggestionStatus.SUGGESTED]


def test_so_does_a_completion_that_was_further_away_than_expected(kit: Kit):
    asset_id = kit.purchase()
    holder, paid = kit.recorded(asset_id, **VISIT), kit.done(asset_id, **VISIT)
    assert decision_of(kit.complete(holder, distance_metres=90_000)).outcome is Outcome.TARIFF
    assert (statuses(kit, paid), statuses(kit, holder)) == ([SuggestionStatus.SUGGESTED], [])


def test_so_does_an_opening_balance_that_was_too_high(kit: Kit):
    asset_id = kit.purchase()
    assert entered(kit, asset_id, used=1).problems == ()
    (paid,) = trained(kit, asset_id)
    assert entered(kit, asset_id, used=0).problems == ()
    (suggestion,) = suggestions(kit, paid)
    assert kit.row(AllowanceSlot, suggestion.freed_slot_id).record_id is None


def test_a_slot_that_is_kept_suggests_nothing(kit: Kit):
    holder, paid = trained(kit, kit.purchase(), 2)
    reopen_service(kit.desk, kit.agent, ReopenService(id=holder, version=1, **WHY))
    kit.complete(holder, 2)
    assert statuses(kit, paid) == []


def test_only_what_is_done_and_was_charged_for_want_of_that_very_slot_is_suggested(kit: Kit):
    asset_id, other_asset = kit.purchase(), kit.purchase()
    holder, expected, voided, overridden = trained(kit, asset_id, 4)
    still_open = kit.recorded(asset_id, **TRAINING)
    kit.done(asset_id, **TRAINING, mode=Mode.AT_COMPANY)
    of_another_kind = kit.done(asset_id, **TRAINING, mode=Mode.AT_COMPANY)
    outside = kit.done(asset_id, **TRAINING, requested_at=SPRING.replace(year=2025))
    _, of_another_asset = trained(kit, other_asset, 2)
    void(kit, voided)
    command = OverrideCoverage(id=overridden, version=1, outcome=Outcome.TARIFF, amount=1_000, **WHY)
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()
    void(kit, holder)
    assert outcomes(kit, still_open, of_another_kind, outside, of_another_asset) == [Outcome.TARIFF] * 4
    known = (expected, voided, overridden, still_open, of_another_kind, outside, of_another_asset)
    assert [one.record_id for one in suggestions(kit, *known)] == [expected]


def test_the_next_periods_services_wait_for_no_slot_of_this_one(kit: Kit):
    asset_id = kit.purchase()
    holder, paid = trained(kit, asset_id, 2)
    renewal = RenewSupport(asset_id=asset_id, starts_on=kit.rows(SupportPeriod, asset_id=asset_id)[0].ends_before)
    assert renew_support(kit.desk, kit.agent, renewal).problems == ()
    kit.clock.move(days=30)
    _, later = trained(kit, asset_id, 2)
    void(kit, holder)
    assert (statuses(kit, paid), statuses(kit, later)) == ([SuggestionStatus.SUGGESTED], [])


def test_accepting_takes_the_slot_and_the_charge_back(kit: Kit):
    holder, paid = trained(kit, kit.purchase(), 2)
    told = kit.row(ServiceRecord, paid).amount
    void(kit, holder)
    (seen,) = foreseen(kit, paid)
    assert accept(kit, paid).problems == ()
    record = kit.row(ServiceRecord, paid)
    decision = kit.row(CoverageDecision, record.coverage_id)
    assert (record.outcome, record.amount, record.version) == (Outcome.ALLOWANCE, 0, 2)
    assert (seen.after.outcome, seen.after.fingerprint) == (Outcome.ALLOWANCE, decision.fingerprint)
    assert record.shadow_amount == told
    (slot,) = kit.rows(AllowanceSlot, record_id=paid)
    assert (slot.state, slot.released_at) == (SlotState.COMMITTED, None)
    assert [row.step for row in kit.rows(SlotLedger, slot_id=slot.id)] == [SlotStep.RESERVED, SlotStep.COMMITTED]
    charges = [(charge.status, charge.amount) for charge in kit.rows(Charge, record_id=paid)]
    assert charges == [(ChargeStatus.REVERSED, told)]
    roles = [row.role for row in kit.rows(RecordDecision, record_id=paid)]
    assert roles == [DecisionRole.ESTIMATE, DecisionRole.RERATING]
    assert statuses(kit, paid) == [SuggestionStatus.ACCEPTED]
    with kit.desk.database.reading() as session:
        assert replay(session, decision.id).same
    assert reconciled(kit)


def test_a_charge_in_the_books_keeps_the_slot_from_nobody(kit: Kit):
    holder, older, younger = trained(kit, kit.purchase(), 3)
    charge_in(kit, older, ChargeStatus.PAID)
    void(kit, holder)
    assert accept(kit, younger).problems == ()
    assert outcomes(kit, older, younger) == [Outcome.TARIFF, Outcome.ALLOWANCE]


def test_a_confirmed_charge_is_taken_back_and_one_in_the_books_is_not(kit: Kit):
    holder, paid = trained(kit, kit.purchase(), 2)
    (charge,) = kit.rows(Charge, record_id=paid)
    assert confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=charge.id)).problems == ()
    void(kit, holder)
    other_holder, in_the_books = trained(kit, kit.purchase(), 2)
    charge_in(kit, in_the_books, ChargeStatus.PAID)
    void(kit, other_holder)
    assert problem_codes(accept(kit, paid, in_the_books)) == [("CONFLICT", "rerating_charge_settled", ("ids",))]
    assert outcomes(kit, paid) == [Outcome.TARIFF]
    assert accept(kit, paid).problems == ()
    assert outcomes(kit, paid) == [Outcome.ALLOWANCE]


def test_of_two_accepted_together_for_one_slot_the_older_gets_it(kit: Kit):
    holder, older, younger = trained(kit, kit.purchase(), 3)
    void(kit, holder)
    command = AcceptReratings(ids=tuple(reversed(ids_of(kit, older, younger))))
    assert accept_reratings(kit.desk, kit.supervisor, command).problems == ()
    assert outcomes(kit, older, younger) == [Outcome.ALLOWANCE, Outcome.TARIFF]
    assert statuses(kit, older, younger) == [SuggestionStatus.ACCEPTED, SuggestionStatus.OBSOLETE]
    assert reconciled(kit)


def test_the_younger_waits_until_the_older_is_settled(kit: Kit):
    holder, older, younger = trained(kit, kit.purchase(), 3)
    void(kit, holder)
    assert [(one.record_id, one.first) for one in foreseen(kit, older, younger)] == [(older, None), (younger, older)]
    refused = accept(kit, younger)
    assert problem_codes(refused) == [("CONFLICT", "rerating_older_first", ("ids",))]
    assert refused.problems[0].params == {"record": f"SR-{younger:06d}", "older": f"SR-{older:06d}"}
    assert dismiss(kit, older).problems == ()
    assert accept(kit, younger).problems == ()
    assert outcomes(kit, older, younger) == [Outcome.TARIFF, Outcome.ALLOWANCE]


def test_as_many_are_accepted_as_slots_are_free(kit: Kit):
    asset_id = kit.purchase()
    first, second, *paid = [kit.done(asset_id) for _ in range(5)]
    for holder in (first, second):
        void(kit, holder)
    assert [one.first for one in foreseen(kit, *paid)] == [None, None, paid[0]]
    assert accept(kit, paid[1]).problems == ()
    assert problem_codes(accept(kit, paid[2])) == [("CONFLICT", "rerating_older_first", ("ids",))]
    assert accept(kit, paid[0], paid[2]).problems == ()
    assert outcomes(kit, *paid) == [Outcome.ALLOWANCE, Outcome.ALLOWANCE, Outcome.TARIFF]
    assert reconciled(kit)


def test_a_slot_that_somebody_took_meanwhile_makes_its_suggestion_obsolete(kit: Kit):
    asset_id = kit.purchase()
    holder, paid = trained(kit, asset_id, 2)
    void(kit, holder)
    assert decision_of(kit.record(asset_id, **TRAINING)).outcome is Outcome.ALLOWANCE
    assert [one.after for one in foreseen(kit, paid)] == [None]
    assert accept(kit, paid).problems == ()
    assert (statuses(kit, paid), outcomes(kit, paid)) == ([SuggestionStatus.OBSOLETE], [Outcome.TARIFF])


def test_a_record_waits_once_and_is_suggested_again_after_that_was_settled(kit: Kit):
    asset_id = kit.purchase()
    holder, paid = trained(kit, asset_id, 2)
    void(kit, holder)
    (again,) = trained(kit, asset_id)
    void(kit, again)
    assert statuses(kit, paid) == [SuggestionStatus.SUGGESTED]
    dismiss(kit, paid)
    (third,) = trained(kit, asset_id)
    void(kit, third)
    assert statuses(kit, paid) == [SuggestionStatus.DISMISSED, SuggestionStatus.SUGGESTED]


def test_a_reopened_record_takes_the_slot_by_itself(kit: Kit):
    holder, paid = trained(kit, kit.purchase(), 2)
    void(kit, holder)
    reopen_service(kit.desk, kit.agent, ReopenService(id=paid, version=1, **WHY))
    assert [one.after for one in foreseen(kit, paid)] == [None]
    assert decision_of(kit.complete(paid, 2)).outcome is Outcome.ALLOWANCE
    assert accept(kit, paid).problems == ()
    assert statuses(kit, paid) == [SuggestionStatus.OBSOLETE]
    assert reconciled(kit)


def test_a_voided_record_takes_nothing(kit: Kit):
    holder, older, younger = trained(kit, kit.purchase(), 3)
    void(kit, holder)
    void(kit, older)
    assert accept(kit, older, younger).problems == ()
    assert statuses(kit, older, younger) == [SuggestionStatus.OBSOLETE, SuggestionStatus.ACCEPTED]
    assert [row.status for row in kit.rows(ServiceRecord, id=older)] == [RecordStatus.VOIDED]
    assert reconciled(kit)


def in_spring(kit: Kit) -> list[int]:
    """Three trainings of one asset before the year's edition, of which the first took the slot and is voided."""
    kit.clock.now = SPRING
    holder, *paid = trained(kit, kit.purchase(), 3)
    void(kit, holder)
    return paid


def test_a_record_priced_by_a_late_edition_goes_on_waiting_for_its_slot(fresh_kit: Kit):
    older, younger = in_spring(fresh_kit)
    late_edition(fresh_kit)
    by_slot, by_edition = suggestions(fresh_kit, younger)
    assert (by_slot.edition_id, by_edition.freed_slot_id) == (None, None)
    command = AcceptReratings(ids=(by_edition.id,))
    assert accept_reratings(fresh_kit.desk, fresh_kit.supervisor, command).problems == ()
    record = fresh_kit.row(ServiceRecord, younger)
    assert not fresh_kit.row(CoverageDecision, record.coverage_id).provisional
    obsolete, accepted, waits = suggestions(fresh_kit, younger)
    assert (obsolete.status, accepted.status) == (SuggestionStatus.OBSOLETE, SuggestionStatus.ACCEPTED)
    assert (waits.against_id, waits.freed_slot_id) == (record.coverage_id, by_slot.freed_slot_id)
    assert accept(fresh_kit, older, younger).problems == ()
    assert outcomes(fresh_kit, older, younger) == [Outcome.ALLOWANCE, Outcome.TARIFF]
    assert reconciled(fresh_kit)


def test_a_slot_goes_before_a_price(fresh_kit: Kit):
    older, younger = in_spring(fresh_kit)
    late_edition(fresh_kit)
    assert accept(fresh_kit, older, younger).problems == ()
    assert outcomes(fresh_kit, older, younger) == [Outcome.ALLOWANCE, Outcome.TARIFF]
    decided = [fresh_kit.row(ServiceRecord, record_id).coverage_id for record_id in (older, younger)]
    assert [fresh_kit.row(CoverageDecision, one).provisional for one in decided] == [False, False]
    assert statuses(fresh_kit, older) == [SuggestionStatus.ACCEPTED, SuggestionStatus.OBSOLETE]
    assert reconciled(fresh_kit)


def freed(kit: Kit, count: int) -> list[int]:
    """So many records, each of another asset, that wait for a slot."""
    waiting = []
    for _ in range(count):
        holder, paid = trained(kit, kit.purchase(), 2)
        void(kit, holder)
        waiting.append(paid)
    return waiting


def provisional(kit: Kit, count: int) -> list[int]:
    """So many records that wait for the price of an edition, no two priced alike."""
    far = {"mode": Mode.ON_SITE, "requested_at": SPRING, "performed_at": SPRING}
    return [
        kit.recorded(kit.purchase(), **far, distance_metres=90_000 + 1_000 * number, minutes=60 * number)
        for number in range(1, count + 1)
    ]


def spoilt_and_not(kit: Kit, count: int) -> list[int]:
    """Records that wait for a slot, every other one of which is voided."""
    waiting = freed(kit, count)
    for record_id in waiting[::2]:
        void(kit, record_id)
    return waiting


@pytest.mark.parametrize("prepare", [freed, provisional, spoilt_and_not])
def test_statements_do_not_grow_with_the_suggestions(fresh_kit: Kit, prepare: Callable[[Kit, int], list[int]]) -> None:
    first, few, many = (prepare(fresh_kit, count) for count in (2, 2, 9))
    if prepare is provisional:
        late_edition(fresh_kit)
    accept(fresh_kit, *first)  # which keeps today's tariff book
    counted = []
    for records in (few, many):
        with statements(fresh_kit) as asked:
            assert len(foreseen(fresh_kit, *records)) == len(records)
        with statements(fresh_kit) as accepted:
            assert accept(fresh_kit, *records).problems == ()
        counted.append((asked, accepted))
    (few_asked, few_accepted), (many_asked, many_accepted) = counted
    assert len(many_asked) == len(few_asked), many_asked
    assert len(many_accepted) == len(few_accepted), many_accepted
    assert reconciled(fresh_kit)


def test_the_allowance_says_what_is_left_after_accepting(kit: Kit):
    asset_id = kit.purchase()
    holder, paid = trained(kit, asset_id, 2)
    void(kit, holder)
    accept(kit, paid)
    assert decision_of(kit.record(asset_id, **TRAINING)).outcome is Outcome.TARIFF
    periods = {period.id for period in kit.rows(SupportPeriod, asset_id=asset_id)}
    allowance = next(row for row in kit.rows(Allowance, key="training.remote") if row.period_id in periods)
    live = kit.rows(AllowanceSlot, allowance_id=allowance.id, released_at=None)
    assert [slot.record_id for slot in live] == [paid]
