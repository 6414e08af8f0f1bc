"""What is free inside the support period, and what stays free after it."""

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode, Subject
from backoffice.models import CustomerStage
from tests.builders import Kit
from tests.stories.conftest import Give

FREE_INSIDE = [
    ("troubleshooting", Mode.REMOTE),
    ("troubleshooting", Mode.PHONE),
    ("guidance", Mode.REMOTE),
    ("retraining", Mode.PHONE),
    ("lock_removal", Mode.REMOTE),
    ("lock_removal", Mode.AT_COMPANY),
    ("version_update", Mode.REMOTE),
]
FREE_ALWAYS = [
    ("access_codes", Mode.PHONE),
    ("access_codes", Mode.REMOTE),
    ("guidance", Mode.PHONE),
    ("success_call", Mode.PHONE),
    ("demo", Mode.REMOTE),
]


@pytest.mark.parametrize(("service_type", "mode"), FREE_INSIDE + FREE_ALWAYS)
def test_inside_the_period_it_is_free_as_often_as_it_takes(inside: int, give: Give, service_type: str, mode: Mode):
    assert {give(inside, service_type, mode).outcome for _ in range(3)} == {Outcome.FREE}


@pytest.mark.parametrize(("service_type", "mode"), FREE_INSIDE)
def test_outside_the_period_it_costs(outside: int, give: Give, service_type: str, mode: Mode):
    assert give(outside, service_type, mode).outcome is Outcome.TARIFF


@pytest.mark.parametrize(("service_type", "mode"), FREE_ALWAYS)
def test_codes_guidance_by_phone_and_demos_stay_free(outside: int, give: Give, service_type: str, mode: Mode):
    assert give(outside, service_type, mode).outcome is Outcome.FREE


@pytest.mark.parametrize("subject", list(Subject))
def test_locks_of_device_and_software_are_removed_for_free(inside: int, give: Give, subject: Subject):
    assert give(inside, "lock_removal", subject=subject).outcome is Outcome.FREE


def test_a_demo_is_free_for_somebody_who_has_bought_nothing(kit: Kit, give: Give):
    decision = give(None, "demo", customer_id=kit.customer(stage=CustomerStage.PROSPECT))
    assert (decision.outcome, decision.amount) == (Outcome.FREE, 0)


def test_every_free_answer_names_the_term_that_grants_it(inside: int, give: Give):
    decision = give(inside, "troubleshooting")
    assert decision.term
    assert decision.term in {reason.params.get("term") for reason in decision.reasons}
