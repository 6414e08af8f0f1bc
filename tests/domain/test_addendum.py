"""What keeps an addendum from being added: it speaks of services that came later, and takes no right away."""

from dataclasses import replace
from typing import Any

import pytest

from backoffice.domain.addendum import objections
from backoffice.domain.period import Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_check import Finding
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import DistanceCondition, FailOutcome, PlanTerm, Side, TermOutcome
from tests.domain.examples import PLAN

NEAR = DistanceCondition(40_000)
VISIT = {"modes": frozenset({Mode.ON_SITE}), "outcome": TermOutcome.ALLOWANCE, "allowance": "on_site_visit"}
AS_TODAY = {
    **VISIT,
    "condition": NEAR,
    "when_condition_fails": FailOutcome.TARIFF,
    "when_exhausted": TermOutcome.TARIFF,
}
"""What the shipped plan grants any service at the customer's place."""

FREE = TermOutcome.FREE


def term(**given: Any) -> PlanTerm:
    """A term for remote work of a service that came later, free inside the period unless given otherwise."""
    usual = {"key": "later", "side": Side.INSIDE, "service_type": "later", "outcome": FREE, "seed_ref": ""}
    return PlanTerm(**usual | {"modes": frozenset({Mode.REMOTE})} | given)


def found(*terms: PlanTerm, plan: SupportPlan = PLAN) -> list[Finding]:
    return list(objections(plan, terms))


def takes(instead_of: str, key: str = "later") -> list[Finding]:
    return [Finding("addendum_takes_away", key, {"term": key, "instead_of": instead_of})]


def generous(**changes: Any) -> SupportPlan:
    """The shipped plan with another answer for remote work of any service."""
    terms = (replace(one, **changes) if one.key == "any.other.inside" else one for one in PLAN.terms)
    return replace(PLAN, terms=tuple(terms))


def test_a_term_that_grants_more_can_be_added():
    assert found(term(), term(key="outside", side=Side.OUTSIDE)) == []
    assert found() == []


def test_a_term_for_any_service_is_no_addendum():
    assert Finding("addendum_any_service", "later", {"term": "later"}) in found(term(service_type="*"))


def test_what_the_plan_speaks_of_already_stays_as_it_is():
    expected = Finding("addendum_mentioned", "later", {"service_type": "training"})
    assert expected in found(term(service_type="training"))


def test_an_allowance_must_have_come_with_the_periods():
    given = {"outcome": TermOutcome.ALLOWANCE, "when_exhausted": TermOutcome.TARIFF}
    expected = [Finding("addendum_allowance", "later", {"term": "later", "allowance": "nothing"})]
    assert found(term(**given, allowance="nothing")) == expected
    assert found(term(**given, allowance="installation.remote")) == []


def test_an_allowance_of_another_track_did_not_come_with_its_periods():
    given = {"outcome": TermOutcome.ALLOWANCE, "when_exhausted": TermOutcome.TARIFF, "track": Track.WARRANTY}
    assert "addendum_allowance" in [one.code for one in found(term(**given, allowance="installation.remote"))]


@pytest.mark.parametrize("outcome", [TermOutcome.TARIFF, TermOutcome.QUOTE, TermOutcome.NOT_OFFERED])
def test_what_is_free_by_phone_stays_free(outcome: TermOutcome):
    assert found(term(modes=frozenset({Mode.PHONE}), outcome=outcome)) == takes("any.phone.inside")


@pytest.mark.parametrize(
    ("outcome", "is_worse"), [(TermOutcome.QUOTE, False), (TermOutcome.TARIFF, False), (TermOutcome.NOT_OFFERED, True)]
)
@pytest.mark.parametrize(("side", "today"), [(Side.INSIDE, "any.other.inside"), (Side.OUTSIDE, "any.other.outside")])
def test_a_quote_is_as_good_as_the_tariff_and_a_refusal_is_not(
    outcome: TermOutcome, is_worse: bool, side: Side, today: str
):
    assert found(term(outcome=outcome, side=side)) == (takes(today) if is_worse else [])


@pytest.mark.parametrize(
    ("changes", "is_worse"),
    [
        ({}, False),
        ({"outcome": FREE, "allowance": None, "when_exhausted": None}, False),
        ({"condition": None, "when_condition_fails": None}, False),
        ({"condition": DistanceCondition(40_001)}, False),
        ({"condition": DistanceCondition(39_999)}, True),
        ({"when_exhausted": TermOutcome.NOT_OFFERED}, True),
        ({"when_exhausted": TermOutcome.QUOTE}, False),
        ({"when_condition_fails": FailOutcome.NOT_OFFERED}, True),
        ({"when_condition_fails": FailOutcome.QUOTE}, False),
        ({"outcome": TermOutcome.TARIFF, "allowance": None, "when_exhausted": None}, True),
        ({"track": Track.WARRANTY, "allowance": None, "outcome": FREE}, True),
    ],
)
def test_a_visit_stays_as_good_as_it_is_for_any_service(changes: dict[str, Any], is_worse: bool):
    assert found(term(**AS_TODAY | changes)) == (takes("on_site_visit.inside") if is_worse else [])


def test_a_distance_takes_away_what_had_none():
    free = generous(outcome=FREE)
    bound = term(condition=NEAR, when_condition_fails=FailOutcome.TARIFF)
    assert found(bound, plan=free) == takes("any.other.inside")
    assert found(bound) == []


@pytest.mark.parametrize(("quantity", "is_worse"), [(1, True), (2, False), (3, False)])
def test_an_allowance_of_fewer_uses_is_worse(quantity: int, is_worse: bool):
    given = {"outcome": TermOutcome.ALLOWANCE, "when_exhausted": TermOutcome.TARIFF}
    rules = tuple(replace(one, quantity=quantity) if one.key == "training.remote" else one for one in PLAN.allowances)
    plan = replace(generous(**given, allowance="installation.remote"), allowances=rules)
    assert found(term(**given, allowance="training.remote"), plan=plan) == (
        takes("any.other.inside") if is_worse else []
    )


def test_outside_no_track_is_lost():
    assert found(term(side=Side.OUTSIDE, track=Track.WARRANTY)) == []


def test_each_right_taken_away_is_told_once_in_the_order_of_the_services():
    worse = {"outcome": TermOutcome.NOT_OFFERED, "modes": None}
    terms = [term(key=f"{name}.{side}", service_type=name, side=side, **worse) for name in ("b", "a") for side in Side]
    told = [(one.params["term"], one.params["instead_of"]) for one in found(*terms)]
    assert len(told) == len(set(told))
    assert [name for name, _ in told] == sorted((name for name, _ in told), key=lambda name: name[0])
    assert ("a.inside", "any.other.inside") in told
    assert ("b.outside", "any.phone.outside") in told


def test_where_nothing_is_offered_nothing_is_lost():
    assert found(term(outcome=TermOutcome.NOT_OFFERED), plan=replace(PLAN, terms=())) == []


def test_a_subject_alone_can_lose_its_right():
    only = term(outcome=TermOutcome.NOT_OFFERED, subject=Subject.DEVICE)
    assert found(only) == takes("any.other.inside")
