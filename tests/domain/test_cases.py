"""Every worked decision comes out of ``decide`` as written: the contract's, those at the edges, those of each term."""

import pytest

from tests.domain.scenarios import SCENARIOS, Scenario, answers_of, expected_of


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_a_worked_decision_comes_out_as_written(scenario: Scenario):
    assert answers_of(scenario) == expected_of(scenario)
