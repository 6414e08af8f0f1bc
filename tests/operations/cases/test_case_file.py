"""A file of worked decisions is read whole, and each mistake is told at its place."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from backoffice.operations.cases import CaseFileError, read_cases
from backoffice.operations.cases.scenario import ServiceStep, VoidStep
from tests.builders import CASES

SCENARIO = {
    "name": "a visit taken back",
    "purchasedOn": "2025-08-06",
    "steps": [
        {
            "serviceType": "on_site_visit",
            "mode": "on_site",
            "requestedAt": "2025-11-22T12:00:00+03:30",
            "expect": {"outcome": "NEEDS_INPUT"},
        },
        {"void": 0},
    ],
}


def document(**scenario: Any) -> dict[str, Any]:
    """The head of the worked decisions with one scenario, parts of which are other than usual."""
    return deepcopy({**CASES, "scenarios": [SCENARIO | scenario]})


def lines(document: object) -> tuple[str, ...]:
    with pytest.raises(CaseFileError) as refused:
        read_cases(document)
    return refused.value.lines


def test_what_a_step_leaves_out_is_not_known():
    [scenario] = read_cases(document()).scenarios
    service, void = scenario.steps
    assert isinstance(service, ServiceStep)
    assert (service.subject, service.performed_at, service.minutes, service.distance_metres) == (None,) * 4
    assert void == VoidStep(0)


def test_a_scenario_may_name_the_first_days_of_renewals():
    [scenario] = read_cases(document(renewals=[{"startsOn": "2026-08-06"}])).scenarios
    assert (scenario.purchased_on, scenario.renewals) == (date(2025, 8, 6), (date(2026, 8, 6),))


def test_notes_are_left_alone():
    assert len(read_cases(document(seed="a line", purchasedOnJalali="1404-05-15")).scenarios) == 1


@pytest.mark.parametrize("rate", ["0.09", 0.09, "0.0925", 0, 1], ids=repr)
def test_a_rate_of_vat_is_a_number_or_its_text(rate: object):
    file = document()
    file["taxRates"][0]["rate"] = rate
    assert read_cases(file).head["taxRates"][0]["rate"] == rate


def _step(**given: object) -> Callable[[dict[str, Any]], None]:
    return lambda file: file["scenarios"][0]["steps"][0].update(given)


def _and_void(which: int) -> Callable[[dict[str, Any]], None]:
    return lambda file: file["scenarios"][0]["steps"].append({"void": which})


def _head(part: str, place: object, **given: object) -> Callable[[dict[str, Any]], None]:
    return lambda file: file[part][place].update(given)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_step(mode="pigeon"), "scenarios.0.steps.0.mode: Must be one of: remote, phone"),
        (_step(subject="firmware"), "scenarios.0.steps.0.subject: Must be one of"),
        (_step(requestedAt="2025-11-22T12:00:00"), "scenarios.0.steps.0.requestedAt: Not a valid aware datetime"),
        (_step(performedAt="yesterday"), "scenarios.0.steps.0.performedAt: Not a valid datetime"),
        (_step(minutes="60"), "scenarios.0.steps.0.minutes: Not a valid integer"),
        (_step(expect={}), "scenarios.0.steps.0.expect: Shorter"),
        (lambda file: file["scenarios"][0]["steps"][0].pop("expect"), "scenarios.0.steps.0.expect: Missing"),
        (_and_void(2), "scenarios.0.steps.2.void: Not an earlier"),
        (_and_void(1), "scenarios.0.steps.2.void: Not an earlier step that"),
        (_and_void(-1), "scenarios.0.steps.2.void: Must be"),
        (lambda file: file["scenarios"][0].update(purchasedOn="1404-05-32"), "scenarios.0.purchasedOn: Not a valid"),
        (
            lambda file: file["scenarios"][0].update(renewals=[{"startsOn": "2026-08-06", "months": 6}]),
            "scenarios.0.renewals.0.months: Unknown field",
        ),
        (_head("tariffEditions", 0, rates={"mile": 1}), "tariffEditions.0.rates.mile: Must be one of: hour"),
        (_head("tariffEditions", 0, rates={"hour": 1.5}), "tariffEditions.0.rates.hour: Not a valid integer"),
        (_head("tariffEditions", 0, rates={"hour": 2**53}), "tariffEditions.0.rates.hour: Must be"),
        (_head("tariffEditions", 3, version=1), "tariffEditions: There are two editions 1405v1"),
        (_head("taxRates", 1, rate="0.09125"), "taxRates.1.rate: Not a whole number of hundredths"),
        (_head("taxRates", 1, rate="9%"), "taxRates.1.rate: Not a valid number"),
        (_head("taxRates", 0, before="2024-03-21"), "taxRates: There are two rates on 2024-03-20"),
        (_head("taxRates", 0, before="2008-09-22"), "taxRates.0.before: Not after"),
        (_head("billing", "remote", stepMinutes=0), "billing.remote.stepMinutes: Must be"),
        (lambda file: file["billing"].update(pigeon=file["billing"]["remote"]), "billing.pigeon: Must be one of"),
        (lambda file: file.pop("taxRates"), "taxRates: Missing"),
    ],
)
def test_a_mistake_is_told_at_its_place(spoil: Callable[[dict[str, Any]], object], told: str):
    file = document()
    spoil(file)
    [line] = lines(file)
    assert line.startswith(told)


def test_every_mistake_is_told_at_once():
    file = document(purchasedOn="never")
    file["billing"] = 7
    assert [line.partition(":")[0] for line in lines(file)] == ["billing", "scenarios.0.purchasedOn"]


@pytest.mark.parametrize("nothing", [None, [], 7, "cases"], ids=str)
def test_what_is_no_object_holds_no_cases(nothing: object):
    assert lines(nothing) == ("Invalid input type.",)
