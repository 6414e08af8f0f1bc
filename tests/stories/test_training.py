"""Training in the software: once remotely and once at the company; complete retraining by phone inside the period."""

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from tests.stories.conftest import Give


def test_training_is_free_once_remotely_and_once_at_the_company(inside: int, give: Give):
    modes = (Mode.REMOTE, Mode.AT_COMPANY, Mode.REMOTE, Mode.AT_COMPANY)
    outcomes = [give(inside, "training", mode).outcome for mode in modes]
    assert outcomes == [Outcome.ALLOWANCE, Outcome.ALLOWANCE, Outcome.TARIFF, Outcome.TARIFF]


def test_complete_retraining_by_phone_is_free_inside_the_period_only(inside: int, outside: int, give: Give):
    outcomes = [give(asset_id, "retraining", Mode.PHONE).outcome for asset_id in (inside, outside)]
    assert outcomes == [Outcome.FREE, Outcome.TARIFF]
