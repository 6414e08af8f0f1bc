"""Allowances used before the desk was introduced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.domain.period import Track
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    AuditEntry,
    Outbox,
    SlotLedger,
    SlotState,
    SlotStep,
    SupportPeriod,
)
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.result import Result
from tests.builders import PURCHASED_ON, Kit, decision_of, problem_codes

REMOTE = "installation.remote"
TRAINING = "training.remote"


def at(key: str, track: str = "support") -> tuple[str, ...]:
    return ("balances", track, key)


def enter(kit: Kit, asset_id: int, reason: str = "کارت خدمات", **used: int) -> Result:
    """Balances by key, with ``__`` for the dot."""
    balances = tuple(OpeningBalance(key=key.replace("__", "."), used=number) for key, number in used.items())
    command = SetOpeningBalances(asset_id=asset_id, balances=balances, reason=reason)
    return set_opening_balances(kit.desk, kit.supervisor, command)


def slots(kit: Kit, asset_id: int, key: str = REMOTE) -> list[AllowanceSlot]:
    (period,) = kit.rows(SupportPeriod, asset_id=asset_id, track=Track.SUPPORT)
    (allowance,) = kit.rows(Allowance, period_id=period.id, key=key)
    return kit.rows(AllowanceSlot, allowance_id=allowance.id)


def trail(kit: Kit, asset_id: int) -> list[AuditEntry]:
    return kit.rows(AuditEntry, operation="set_opening_balances", entity="Asset", entity_id=asset_id)


def test_what_was_used_before_counts(kit: Kit):
    asset_id = kit.purchase()
    assert enter(kit, asset_id, installation__remote=1).problems == ()
    second, third = (decision_of(kit.record(asset_id)) for _ in range(2))
    assert (second.allowance.used, third.outcome) == (2, Outcome.TARIFF)


def test_several_are_set_at_once(kit: Kit):
    asset_id = kit.purchase()
    assert enter(kit, asset_id, installation__remote=2, training__remote=1) == Result(id=asset_id, changed=True)
    assert (len(slots(kit, asset_id)), len(slots(kit, asset_id, TRAINING))) == (2, 1)


def test_all_are_set_or_none_and_everything_is_told_at_once(kit: Kit):
    asset_id = kit.purchase()
    result = enter(kit, asset_id, installation__remote=1, training__remote=2, gifts=1, on_site_visit=-1)
    assert problem_codes(result) == [
        ("NOT_FOUND", "opening_allowance", at("gifts")),
        ("CONFLICT", "opening_beyond", at(TRAINING)),
        ("INVALID", "out_of_range", at("on_site_visit")),
    ]
    assert (slots(kit, asset_id), trail(kit, asset_id)) == ([], [])


def test_they_stand_in_committed_slots_without_a_record_and_in_the_ledger(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, installation__remote=2)
    entered = slots(kit, asset_id)
    assert [(slot.slot_no, slot.record_id, slot.state) for slot in entered] == [
        (1, None, SlotState.COMMITTED),
        (2, None, SlotState.COMMITTED),
    ]
    steps = [row.step for slot in entered for row in kit.rows(SlotLedger, slot_id=slot.id)]
    assert steps == [SlotStep.RESERVED, SlotStep.COMMITTED] * 2


def test_the_same_numbers_again_change_nothing_and_leave_no_trace(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, installation__remote=1, training__remote=1)
    before = len(kit.rows(Outbox))
    again = enter(kit, asset_id, installation__remote=1, training__remote=1)
    assert (again.problems, again.changed) == ((), False)
    assert (len(slots(kit, asset_id)), len(trail(kit, asset_id)), len(kit.rows(Outbox))) == (1, 1, before)


def test_a_smaller_number_gives_slots_back(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, installation__remote=2)
    enter(kit, asset_id, installation__remote=0)
    assert [slot.released_at for slot in slots(kit, asset_id)] == [kit.clock.now] * 2
    assert decision_of(kit.record(asset_id)).allowance.used == 1


@pytest.mark.parametrize("used", [2, 3])
def test_records_and_what_was_used_before_share_the_allowance(kit: Kit, used: int):
    asset_id = kit.purchase()
    kit.recorded(asset_id)
    refused = enter(kit, asset_id, installation__remote=used)
    assert problem_codes(refused) == [("CONFLICT", "opening_beyond", at(REMOTE))]
    assert enter(kit, asset_id, installation__remote=1).problems == ()


def test_an_allowance_is_named_once(kit: Kit):
    balances = (OpeningBalance(key=REMOTE, used=1), OpeningBalance(key=REMOTE, used=2))
    command = SetOpeningBalances(asset_id=kit.purchase(), balances=balances, reason="x")
    result = set_opening_balances(kit.desk, kit.supervisor, command)
    assert problem_codes(result) == [("INVALID", "opening_twice", at(REMOTE))]


def test_there_is_a_balance_and_a_reason(kit: Kit):
    asset_id = kit.purchase()
    assert problem_codes(enter(kit, asset_id)) == [("INVALID", "required", ("balances",))]
    for reason in ("", " \u200c "):
        refused = enter(kit, asset_id, reason=reason, installation__remote=1)
        assert problem_codes(refused) == [("INVALID", "required", ("reason",))]


def test_a_key_that_no_database_stores_is_refused(kit: Kit):
    command = SetOpeningBalances(asset_id=kit.purchase(), balances=(OpeningBalance(key="\0", used=1),), reason="x")
    result = set_opening_balances(kit.desk, kit.supervisor, command)
    assert problem_codes(result) == [("INVALID", "characters", ("balances",))]


def test_only_the_present_periods_have_balances(kit: Kit):
    asset_id = kit.purchase()
    renewal = RenewSupport(asset_id=asset_id, starts_on=date(2026, 8, 6))
    assert renew_support(kit.desk, kit.supervisor, renewal).problems == ()
    assert enter(kit, asset_id, installation__remote=1).problems == ()
    (present, coming) = kit.rows(SupportPeriod, asset_id=asset_id, track=Track.SUPPORT)
    taken = [
        len(kit.rows(AllowanceSlot, allowance_id=kit.rows(Allowance, period_id=period.id, key=REMOTE)[0].id))
        for period in (present, coming)
    ]
    assert taken == [1, 0]


@pytest.mark.parametrize("days", [-400, 400])
def test_an_asset_without_a_present_period_has_none(kit: Kit, days: int):
    asset_id = kit.purchase(purchased_on=PURCHASED_ON)
    elsewhen = replace(kit, desk=kit.at(kit.clock.now + timedelta(days=days)))
    refused = enter(elsewhen, asset_id, installation__remote=1)
    assert problem_codes(refused) == [("NOT_FOUND", "opening_allowance", at(REMOTE))]


def test_the_warrantys_balances_are_the_warrantys(kit: Kit):
    asset_id = kit.purchase()
    balances = (OpeningBalance(key=REMOTE, used=1, track=Track.WARRANTY),)
    command = SetOpeningBalances(asset_id=asset_id, balances=balances, reason="x")
    assert problem_codes(set_opening_balances(kit.desk, kit.supervisor, command)) == [
        ("NOT_FOUND", "opening_allowance", at(REMOTE, "warranty"))
    ]
    (period,) = kit.rows(SupportPeriod, asset_id=asset_id, track=Track.WARRANTY)
    with kit.desk.database.writing() as session:
        labels = {"fa": "x", "en": "x"}
        session.add(Allowance(period_id=period.id, key=REMOTE, quantity=1, labels=labels, modes=["remote"]))
    assert set_opening_balances(kit.desk, kit.supervisor, command).problems == ()
    assert trail(kit, asset_id)[0].after["opening_balances"] == {"warranty": {REMOTE: 1}}
    assert slots(kit, asset_id) == []


def test_an_agent_enters_none(kit: Kit):
    balances = (OpeningBalance(key=REMOTE, used=1),)
    with pytest.raises(Forbidden):
        set_opening_balances(
            kit.desk, kit.agent, SetOpeningBalances(asset_id=kit.purchase(), balances=balances, reason="x")
        )


def test_the_audit_trail_tells_what_changed_before_and_after_and_why(kit: Kit):
    asset_id = kit.purchase(serial_number="PD-OPENING")
    enter(kit, asset_id, installation__remote=1, training__remote=1)
    enter(kit, asset_id, installation__remote=2, training__remote=1, reason="برگهٔ دوم")
    first, second = trail(kit, asset_id)
    assert (first.before["opening_balances"], first.after["opening_balances"], first.reason) == (
        {"support": {REMOTE: 0, TRAINING: 0}},
        {"support": {REMOTE: 1, TRAINING: 1}},
        "کارت خدمات",
    )
    assert second.before == {"serial_number": "PD-OPENING", "opening_balances": {"support": {REMOTE: 1}}}
    assert (second.after["opening_balances"], second.reason) == ({"support": {REMOTE: 2}}, "برگهٔ دوم")


def test_opening_balances_reconcile_and_decisions_by_them_replay(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    enter(fresh_kit, asset_id, installation__remote=2)
    enter(fresh_kit, asset_id, installation__remote=1)
    decisions = [fresh_kit.record(asset_id, performed_at=fresh_kit.clock.now) for _ in range(2)]
    assert [decision_of(result).outcome for result in decisions] == [Outcome.ALLOWANCE, Outcome.TARIFF]
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        assert all(replay(session, decision_id).same for decision_id in (1, 2))
