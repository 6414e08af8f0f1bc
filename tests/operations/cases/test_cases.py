"""The worked decisions come out through the operations."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from backoffice.access.viewers import system_viewer
from backoffice.domain.record import RecordStatus
from backoffice.models import ServiceRecord, TaxRate
from backoffice.operations.cases import CaseReport, LoadHead, load_head, read_cases, run_scenarios
from backoffice.operations.proofs.reconcile import reconcile
from tests.builders import CASES, OTHERS, Kit, kit_on, prepare_reference, problem_codes
from tests.databases import MakeDatabase

VISIT = next(one for one in CASES["scenarios"] if one["name"] == "a voided visit gives its slot back")


def run(kit: Kit, *scenarios: Mapping[str, Any]) -> CaseReport:
    return run_scenarios(kit.desk, read_cases({**CASES, "scenarios": scenarios}).scenarios)


def test_every_worked_decision_comes_out_and_nothing_is_left_to_reconcile(fresh_kit: Kit):
    report = run(fresh_kit, *CASES["scenarios"], *OTHERS)
    assert report.failures == ()
    assert report.passed == len(CASES["scenarios"]) + len(OTHERS)
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()


def test_a_wrong_expectation_is_a_failure_that_names_scenario_step_and_both_values(kit: Kit):
    scenario = deepcopy(CASES["scenarios"][0])
    scenario["steps"][2]["expect"]["amount"] = 1
    report = run(kit, scenario, CASES["scenarios"][1])
    assert (report.passed, report.failed) == (1, 1)
    assert str(report.failures[0]).startswith(f"{scenario['name']}, step 3: expected {{")
    assert report.failures[0].got["amount"] == 5_214_000


def test_a_scenario_that_cannot_be_sold_fails_and_the_others_go_on(kit: Kit):
    report = run(kit, VISIT | {"renewals": [{"startsOn": "2026-08-01"}]}, VISIT)
    assert (report.passed, report.failed) == (1, 1)
    told = f"{VISIT['name']}, its sale: expected {{}}, got {{'problems': ['PERIOD_OVERLAP  starts_on']}}"
    assert str(report.failures[0]) == told


def test_a_service_type_that_is_not_there_fails_its_scenario(kit: Kit):
    scenario = deepcopy(VISIT)
    scenario["steps"][0]["serviceType"] = "teleport"
    [failure] = run(kit, scenario).failures
    assert failure.got == {"problems": ["INVALID service_type service_type"]}


def test_what_was_only_asked_for_is_cancelled_where_what_was_done_is_voided(fresh_kit: Kit):
    scenario = deepcopy(VISIT)
    del scenario["steps"][0]["performedAt"]
    assert run(fresh_kit, scenario).failures == ()
    statuses = [record.status for record in fresh_kit.rows(ServiceRecord)]
    assert statuses == [RecordStatus.CANCELLED, RecordStatus.DONE]


def test_what_left_nothing_behind_cannot_be_voided(kit: Kit):
    scenario = deepcopy(VISIT)
    del scenario["steps"][0]["distanceMetres"]
    scenario["steps"][0]["expect"] = {"outcome": "NEEDS_INPUT"}
    [failure] = run(kit, scenario).failures
    assert (failure.step, failure.got) == (2, {"problems": ["NOT_FOUND  id"]})


@pytest.mark.parametrize("rate", ["0.09", 0.09], ids=["text", "number"])
def test_a_rate_of_vat_is_loaded_to_the_last_hundredth_of_a_per_cent(make_database: MakeDatabase, rate: object):
    desk = kit_on(make_database(prepare_reference)).desk
    head = {**CASES, "taxRates": [{"from": "2008-09-22", "rate": rate}]}
    assert load_head(desk, system_viewer(), LoadHead(data=head)).problems == ()
    with desk.database.reading() as session:
        assert session.scalars(select(TaxRate.basis_points)).all() == [900]


def test_a_head_without_editions_is_loaded(make_database: MakeDatabase):
    desk = kit_on(make_database(prepare_reference)).desk
    assert load_head(desk, system_viewer(), LoadHead(data={**CASES, "tariffEditions": []})).changed


def test_a_head_is_loaded_only_where_there_are_no_tariffs_and_taxes(kit: Kit):
    result = load_head(kit.desk, system_viewer(), LoadHead(data=CASES))
    assert problem_codes(result) == [("CONFLICT", "tariffs_exist", ())]
