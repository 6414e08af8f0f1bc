"""Allowances used before the desk was introduced."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.domain.period import Track
from backoffice.models import Allowance, AllowanceSlot, AuditEntry, SlotLedger, SlotState, SlotStep, SupportPeriod
from backoffice.operations.reconcile import reconcile
from backoffice.operations.replay import replay
from backoffice.operations.result import Result
from backoffice.operations.set_opening_balance import SetOpeningBalance, set_opening_balance
from tests.builders import Kit, decision_of, problem_codes

REMOTE = "installation.remote"


def period_of(kit: Kit, asset_id: int) -> int:
    return kit.rows(SupportPeriod, asset_id=asset_id, track=Track.SUPPORT)[0].id


def enter(kit: Kit, asset_id: int, used: int, key: str = REMOTE) -> Result:
    command = SetOpeningBalance(period_id=period_of(kit, asset_id), key=key, used=used)
    return set_opening_balance(kit.desk, kit.supervisor, command)


def slots(kit: Kit, asset_id: int) -> list[AllowanceSlot]:
    allowance = kit.rows(Allowance, period_id=period_of(kit, asset_id), key=REMOTE)[0]
    return kit.rows(AllowanceSlot, allowance_id=allowance.id)


def test_what_was_used_before_counts(kit: Kit):
    asset_id = kit.purchase()
    assert enter(kit, asset_id, 1).problems == ()
    second, third = (decision_of(kit.record(asset_id)) for _ in range(2))
    assert (second.allowance.used, third.outcome) == (2, Outcome.TARIFF)


def test_it_stands_in_committed_slots_without_a_record_and_in_the_ledger(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, 2)
    entered = slots(kit, asset_id)
    assert [(slot.slot_no, slot.record_id, slot.state) for slot in entered] == [
        (1, None, SlotState.COMMITTED),
        (2, None, SlotState.COMMITTED),
    ]
    steps = [row.step for slot in entered for row in kit.rows(SlotLedger, slot_id=slot.id)]
    assert steps == [SlotStep.RESERVED, SlotStep.COMMITTED] * 2


def test_the_same_number_again_takes_no_further_slot(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, 1)
    assert enter(kit, asset_id, 1).problems == ()
    assert len(slots(kit, asset_id)) == 1


def test_a_smaller_number_gives_slots_back(kit: Kit):
    asset_id = kit.purchase()
    enter(kit, asset_id, 2)
    enter(kit, asset_id, 0)
    assert [slot.released_at for slot in slots(kit, asset_id)] == [kit.clock.now] * 2
    assert decision_of(kit.record(asset_id)).allowance.used == 1


@pytest.mark.parametrize("used", [2, 3])
def test_records_and_what_was_used_before_share_the_allowance(kit: Kit, used: int):
    asset_id = kit.purchase()
    kit.recorded(asset_id)
    assert problem_codes(enter(kit, asset_id, used)) == [("CONFLICT", "opening_beyond", ("used",))]
    assert enter(kit, asset_id, 1).problems == ()


def test_fewer_than_none_is_no_number(kit: Kit):
    assert problem_codes(enter(kit, kit.purchase(), -1)) == [("INVALID", "out_of_range", ("used",))]


def test_an_allowance_that_the_period_has_not_is_not_found(kit: Kit):
    assert problem_codes(enter(kit, kit.purchase(), 1, key="gifts")) == [("NOT_FOUND", None, ("key",))]


@pytest.mark.parametrize("period_id", [0, 999_999, 2**64])
def test_a_period_that_is_not_there_is_not_found(kit: Kit, period_id: int):
    result = set_opening_balance(kit.desk, kit.supervisor, SetOpeningBalance(period_id=period_id, key=REMOTE, used=1))
    assert problem_codes(result) == [("NOT_FOUND", None, ("period_id",))]


def test_an_agent_enters_none(kit: Kit):
    command = SetOpeningBalance(period_id=period_of(kit, kit.purchase()), key=REMOTE, used=1)
    with pytest.raises(Forbidden):
        set_opening_balance(kit.desk, kit.agent, command)


def test_the_audit_trail_tells_the_numbers(kit: Kit):
    result = enter(kit, kit.purchase(), 2)
    entry = kit.rows(AuditEntry, entity="Allowance", entity_id=result.id)[-1]
    assert (entry.before["opening_balance"], entry.after["opening_balance"]) == (0, 2)


def test_opening_balances_reconcile_and_decisions_by_them_replay(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    enter(fresh_kit, asset_id, 2)
    enter(fresh_kit, asset_id, 1)
    decisions = [fresh_kit.record(asset_id, performed_at=fresh_kit.clock.now) for _ in range(2)]
    assert [decision_of(result).outcome for result in decisions] == [Outcome.ALLOWANCE, Outcome.TARIFF]
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        assert all(replay(session, decision_id).same for decision_id in (1, 2))
