"""Replaying decisions."""

import pytest

from backoffice.domain.coverage import RULES_VERSION
from backoffice.domain.service import Mode
from backoffice.models import BillingRule, CoverageDecision
from backoffice.operations.cases import read_cases, run_scenarios
from backoffice.operations.proofs.replay import replay
from tests.builders import CASES, Kit, decision_of


def test_every_decision_of_the_worked_cases_replays_to_itself(fresh_kit: Kit):
    run_scenarios(fresh_kit.desk, read_cases(CASES).scenarios)
    ids = [row.id for row in fresh_kit.rows(CoverageDecision)]
    assert len(ids) > 40
    with fresh_kit.desk.database.reading() as session:
        assert [decision_id for decision_id in ids if not replay(session, decision_id).same] == []


def test_a_decision_replays_to_itself_after_the_tariff_has_changed(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    paid = {"mode": Mode.ON_SITE, "distance_metres": 90_000}
    told = decision_of(fresh_kit.record(asset_id, **paid))
    with fresh_kit.desk.database.writing() as session:
        session.get_one(BillingRule, Mode.ON_SITE).minimum_minutes = 240
    assert decision_of(fresh_kit.record(asset_id, **paid)).amount > told.amount
    with fresh_kit.desk.database.reading() as session:
        again = replay(session, fresh_kit.rows(CoverageDecision)[0].id)
    assert (again.same, again.stored) == (True, told)


def test_a_replay_names_the_rules_that_the_decision_was_made_by(kit: Kit):
    kit.record(kit.purchase())
    with kit.desk.database.reading() as session:
        assert replay(session, kit.rows(CoverageDecision)[0].id).engine == RULES_VERSION


@pytest.mark.parametrize("decision_id", [0, 999_999, 2**64])
def test_there_is_no_replay_of_a_decision_that_is_not_there(kit: Kit, decision_id: int):
    with kit.desk.database.reading() as session:
        assert replay(session, decision_id) is None
