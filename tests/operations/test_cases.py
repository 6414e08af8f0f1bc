"""The worked decisions come out through the operations."""

from copy import deepcopy

from backoffice.access.roles import system_viewer
from backoffice.operations.cases import load_head, run_scenarios
from backoffice.operations.reconcile import reconcile
from tests.builders import CASES, Kit, problem_codes


def test_every_worked_decision_comes_out_and_nothing_is_left_to_reconcile(fresh_kit: Kit):
    report = run_scenarios(fresh_kit.desk, CASES)
    assert report.failures == ()
    assert report.passed == len(CASES["scenarios"])
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()


def test_a_wrong_expectation_is_a_failure_that_names_scenario_step_and_both_values(kit: Kit):
    scenario = deepcopy(CASES["scenarios"][0])
    scenario["steps"][2]["expect"]["amount"] = 1
    report = run_scenarios(kit.desk, {"scenarios": [scenario, CASES["scenarios"][1]]})
    assert (report.passed, report.failed) == (1, 1)
    assert str(report.failures[0]).startswith(f"{scenario['name']}, step 3: expected {{")
    assert report.failures[0].got["amount"] == 5_214_000


def test_a_head_is_loaded_only_where_there_are_no_tariffs_and_taxes(kit: Kit):
    result = load_head(kit.desk, system_viewer(), CASES)
    assert problem_codes(result) == [("CONFLICT", "tariffs_exist", ())]
