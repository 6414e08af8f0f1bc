"""Whatever happens in whatever order, an allowance is never spent twice, and slots, ledger and records agree."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, sampled_from

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from backoffice.models import Allowance, AllowanceSlot, SupportPeriod
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import Kit, decision_of

DRAWS = {
    ("installation", Mode.REMOTE): ("installation.remote", 2),
    ("reinstallation", Mode.REMOTE): ("installation.remote", 2),
    ("installation", Mode.AT_COMPANY): ("installation.sent_in", 1),
    ("installation", Mode.AT_AGENCY): ("installation.sent_in", 1),
    ("training", Mode.REMOTE): ("training.remote", 1),
}
"""What the shipped plan lets each of these draw on, and how often."""


class Desk(RuleBasedStateMachine):
    """One asset's records opened, done, cancelled and voided at random, beside a count of what must be live."""

    kit: Kit
    opened = Bundle("opened")
    worked = Bundle("worked")

    def __init__(self):
        super().__init__()
        self.asset_id = self.kit.purchase()
        self.holders: dict[int, str] = {}

    @rule(target=opened, what=sampled_from(sorted(DRAWS)))
    def open(self, what):
        return self._recorded(what, performed_at=None)

    @rule(target=worked, what=sampled_from(sorted(DRAWS)))
    def do_at_once(self, what):
        return self._recorded(what, performed_at=self.kit.clock.now)

    @rule(target=worked, opened=consumes(opened))
    def complete(self, opened):
        record_id, key, limit = opened
        was_free = record_id in self.holders or self._live(key) < limit
        decision = decision_of(self.kit.complete(record_id))
        self._hold(record_id, key, decision, was_free)
        return opened

    @rule(opened=consumes(opened))
    def cancel(self, opened):
        command = CancelService(id=opened[0], version=1, reason="x")
        assert cancel_service(self.kit.desk, self.kit.agent, command).problems == ()
        self.holders.pop(opened[0], None)

    @rule(worked=consumes(worked), again=booleans())
    def void(self, worked, again):
        version = 1 if void_fails(self.kit, worked[0], 2) else 3
        if version == 1:
            assert not void_fails(self.kit, worked[0], 1)
        assert not again or void_fails(self.kit, worked[0], version + 1)
        self.holders.pop(worked[0], None)

    @invariant()
    def live_slots_are_those_of_their_holders_and_never_above_the_quantity(self):
        for key, limit in set(DRAWS.values()):
            slots = self._slots(key)
            assert len(slots) <= limit
            assert sorted(slots) == sorted(record for record, held in self.holders.items() if held == key)

    @invariant()
    def everything_is_reconciled(self):
        with self.kit.desk.database.reading() as session:
            assert reconcile(session) == ()

    def _recorded(self, what, performed_at):
        service_type, mode = what
        key, limit = DRAWS[what]
        was_free = self._live(key) < limit
        result = self.kit.record(self.asset_id, service_type=service_type, mode=mode, performed_at=performed_at)
        self._hold(result.id, key, decision_of(result), was_free)
        return result.id, key, limit

    def _hold(self, record_id, key, decision, was_free):
        assert (decision.outcome is Outcome.ALLOWANCE) == was_free
        if was_free:
            self.holders[record_id] = key
            assert decision.allowance.used == self._live(key)

    def _live(self, key):
        return sum(held == key for held in self.holders.values())

    def _slots(self, key):
        """The records of the live slots of the asset's allowance."""
        periods = {period.id for period in self.kit.rows(SupportPeriod, asset_id=self.asset_id)}
        allowance = next(each for each in self.kit.rows(Allowance, key=key) if each.period_id in periods)
        return [slot.record_id for slot in self.kit.rows(AllowanceSlot, allowance_id=allowance.id, released_at=None)]


def void_fails(kit: Kit, record_id: int, version: int) -> bool:
    command = VoidService(id=record_id, version=version, reason="x")
    return void_service(kit.desk, kit.supervisor, command).problems != ()


def test_no_order_of_events_spends_a_slot_twice(kit: Kit):
    machine = type("Machine", (Desk,), {"kit": kit})
    few = settings(
        max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(machine, settings=few)
