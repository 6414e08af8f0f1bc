"""Whatever single thing is changed in the shipped plan is noticed: the linter refuses it, or a worked decision fails.

What no question can tell apart is no change.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from backoffice.domain.period import Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_check import lint
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.term import PlanTerm, Side
from tests.domain.examples import EVERY_SERVICE, OFFERINGS, PLAN
from tests.domain.plan_changes import changes
from tests.domain.scenarios import SCENARIOS, answers_of, expected_of

CHANGES: dict[str, dict[str, SupportPlan]] = {}
for _what, _plan in changes(PLAN):
    CHANGES.setdefault(_what.partition(":")[0], {})[_what] = _plan

ADDED_LATER = Offering("added_later", frozenset(Mode), frozenset(Subject))
"""A service type that the plan does not know of."""

INSIDE_BY_PHONE = (Mode.PHONE, Subject.SOFTWARE, Side.INSIDE)
HOW_TERMS_ARE_FOUND = frozenset({"key", "service_type", "modes", "subject", "seed_ref", "needs_confirmation"})


def stated(plan: SupportPlan) -> Mapping[str, Any]:
    """What the plan promises beside its decisions."""
    return {
        "origin": plan.origin_office,
        "months": plan.months,
        "tracks": {term.track for term in plan.terms},
        "identity checks": {term.key for term in plan.terms if term.identity_check},
        "days between calls": _days_between_calls(plan.find_term("success_call", *INSIDE_BY_PHONE)),
        "allowances": {rule.key: rule.modes for rule in plan.allowances},
    }


def _days_between_calls(term: PlanTerm | None) -> int | None:
    return term and term.scheduled_every_days


def outcomes_later(plan: SupportPlan) -> Mapping[tuple[Mode, Side], str | None]:
    """What the terms for any service grant to a type that the plan does not know of."""
    found = {(mode, side): plan.find_term("added_later", mode, Subject.DEVICE, side) for mode in Mode for side in Side}
    return {question: term and term.outcome.value for question, term in found.items()}


def test_a_type_added_later_is_free_by_phone_within_the_period_and_has_its_visit():
    inside, outside = Side.INSIDE, Side.OUTSIDE
    assert outcomes_later(PLAN) == {
        **{(mode, inside): "tariff" for mode in Mode},
        **{(mode, outside): "tariff" for mode in Mode},
        (Mode.PHONE, inside): "free",
        (Mode.ON_SITE, inside): "allowance",
    }


def test_the_plan_promises_what_the_statement_says_beside_the_decisions():
    assert stated(PLAN) == {
        "origin": "HQ",
        "months": {Track.SUPPORT: 12, Track.WARRANTY: 12},
        "tracks": {Track.SUPPORT},
        "identity checks": {"access_codes.outside"},
        "days between calls": 90,
        "allowances": {
            "installation.remote": {Mode.REMOTE},
            "installation.sent_in": {Mode.AT_COMPANY, Mode.AT_AGENCY},
            "training.remote": {Mode.REMOTE},
            "training.at_company": {Mode.AT_COMPANY},
            "on_site_visit": {Mode.ON_SITE},
        },
    }


def grants(plan: SupportPlan) -> list[Mapping[str, Any] | None]:
    """What the terms that answer grant, for every question that can be asked of any service type."""
    return [
        _granted(plan.find_term(offering.code, mode, subject, side))
        for offering in (*OFFERINGS.values(), ADDED_LATER)
        for mode, subject, side in product(sorted(offering.modes), sorted(offering.subjects), Side)
    ]


def _granted(term: PlanTerm | None) -> Mapping[str, Any] | None:
    return None if term is None else {k: v for k, v in vars(term).items() if k not in HOW_TERMS_ARE_FOUND}


def is_noticed(plan: SupportPlan) -> bool:
    return (
        bool(lint(plan, (*OFFERINGS.values(), ADDED_LATER), (EVERY_SERVICE,)))
        or stated(plan) != stated(PLAN)
        or outcomes_later(plan) != outcomes_later(PLAN)
        or any(answers_of(scenario, plan) != expected_of(scenario) for scenario in SCENARIOS)
    )


def is_the_same(plan: SupportPlan) -> bool:
    """Whether only the terms differ, and no question tells them apart."""
    return replace(plan, terms=PLAN.terms) == PLAN and grants(plan) == grants(PLAN)


@pytest.mark.parametrize("part", CHANGES)
def test_no_change_of_the_plan_stays_unnoticed(part: str):
    changed = CHANGES[part].items()
    assert [what for what, plan in changed if not (is_noticed(plan) or is_the_same(plan))] == []
