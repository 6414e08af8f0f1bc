"""Two processes send the same command under the same key: one effect, one answer."""

import pytest

from backoffice.models import AllowanceSlot, Charge, IdempotencyKey, ServiceRecord
from tests.builders import Kit, recording
from tests.races.racing import race

pytestmark = pytest.mark.races

ROUNDS = 10


def test_the_same_key_at_the_same_moment_has_one_effect_and_one_answer(kit: Kit):
    asset_id = kit.purchase()
    commands = [
        recording(asset_id, performed_at=kit.clock.now, minutes=30, idempotency_key=f"call-{number}")
        for number in range(ROUNDS)
    ]
    rounds = race(kit.desk.database.engine, kit.agent, commands)
    assert [answers[0] == answers[1] and answers[0].problems == () for answers in rounds] == [True] * ROUNDS
    assert [answers[0].record_id for answers in rounds] == [record.id for record in kit.rows(ServiceRecord)]
    assert [answers[0].outcome for answers in rounds] == ["allowance"] * 2 + ["tariff"] * (ROUNDS - 2)
    assert len(kit.rows(IdempotencyKey)) == ROUNDS
    assert (len(kit.rows(AllowanceSlot)), len(kit.rows(Charge))) == (2, ROUNDS - 2)
