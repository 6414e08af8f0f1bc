"""The states of charges, overrides and suggestions: every state with every other."""

from enum import StrEnum

import pytest

from backoffice.domain.charge import CHARGE_STEPS, ChargeStatus
from backoffice.domain.delivery import DELIVERY_STEPS, DeliveryStatus
from backoffice.domain.override import OVERRIDE_STEPS, OverrideStatus
from backoffice.domain.record import RECORD_STEPS, RecordStatus
from backoffice.domain.suggestion import SUGGESTION_STEPS, SuggestionStatus
from backoffice.domain.transitions import ImpossibleStep, Transitions

C, V, S, D = ChargeStatus, OverrideStatus, SuggestionStatus, DeliveryStatus
TABLES = {
    "record": (RECORD_STEPS, RecordStatus),
    "charge": (CHARGE_STEPS, C),
    "override": (OVERRIDE_STEPS, V),
    "suggestion": (SUGGESTION_STEPS, S),
    "delivery": (DELIVERY_STEPS, D),
}
STEPS = {
    "charge": {
        (C.PROPOSED, C.CONFIRMED),
        (C.PROPOSED, C.REVERSED),
        (C.CONFIRMED, C.EXPORTED),
        (C.CONFIRMED, C.REVERSED),
        (C.EXPORTED, C.PAID),
    },
    "delivery": {
        (D.WAITING, D.DELIVERED),
        (D.WAITING, D.PARKED),
        (D.PARKED, D.WAITING),
        (D.PARKED, D.DISCARDED),
    },
    "override": {(V.WAITING, V.APPROVED), (V.WAITING, V.DECLINED)},
    "suggestion": {(S.SUGGESTED, S.ACCEPTED), (S.SUGGESTED, S.DISMISSED), (S.SUGGESTED, S.OBSOLETE)},
}
FINAL = {D.DELIVERED, D.DISCARDED, C.PAID, C.REVERSED, V.APPROVED, V.DECLINED, S.ACCEPTED, S.DISMISSED, S.OBSOLETE}
FINAL |= {RecordStatus.CANCELLED, RecordStatus.VOIDED}


@pytest.mark.parametrize("of", STEPS)
def test_exactly_these_steps_are_possible(of: str):
    steps, states = TABLES[of]
    assert {(old, new) for old in states for new in states if steps.allow(old, new)} == STEPS[of]


@pytest.mark.parametrize("of", TABLES)
def test_every_state_has_its_line(of: str):
    steps, states = TABLES[of]
    assert set(steps.following) == set(states)


@pytest.mark.parametrize("of", TABLES)
def test_these_states_are_final(of: str):
    steps, states = TABLES[of]
    assert [state for state in states if steps.is_final(state)] == [state for state in states if state in FINAL]


ASKED = [
    pytest.param(steps, old, new, id=f"{of}: {old} to {new}")
    for of, (steps, states) in TABLES.items()
    for old in states
    for new in states
]


@pytest.mark.parametrize(("steps", "old", "new"), ASKED)
def test_a_step_is_taken_or_impossible_as_the_table_says(steps: Transitions, old: StrEnum, new: StrEnum):
    if steps.allow(old, new):
        assert steps.step(old, new) is new
    else:
        with pytest.raises(ImpossibleStep, match="does not follow"):
            steps.step(old, new)
