"""Colours of values: each has one, and its own, whatever other kinds call theirs."""

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.period import PeriodStatus
from backoffice.domain.record import RecordStatus
from backoffice.models import ChargeStatus, SuggestionStatus
from backoffice.pages.tones import OUTCOME_ICONS, TONES, tone

KINDS = {
    "status": RecordStatus,
    "period_status": PeriodStatus,
    "charge_status": ChargeStatus,
    "suggestion_status": SuggestionStatus,
    "outcome": Outcome,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_kind_has_a_colour(kind: str):
    assert set(TONES[kind]) == set(KINDS[kind])


def test_values_of_two_kinds_that_are_called_alike_keep_their_own_colours():
    """They are equal as keys: one table of all of them would hold the last one's colour only."""
    assert PeriodStatus.SCHEDULED == RecordStatus.SCHEDULED
    assert tone(PeriodStatus.CANCELLED, "period_status") == TONES["period_status"][PeriodStatus.CANCELLED]
    with pytest.raises(KeyError):
        tone(RecordStatus.DONE, "period_status")


def test_every_outcome_has_an_icon():
    assert set(OUTCOME_ICONS) == set(Outcome)
