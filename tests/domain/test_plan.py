"""A plan: which of its terms answers, and its frozen copy."""

import json
from dataclasses import replace

import pytest

from backoffice.domain.canonical import canonical_json
from backoffice.domain.plan import SupportPlan
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import PlanTerm, Side, TermOutcome
from tests.domain.examples import PLAN

SOFTWARE, DEVICE = Subject.SOFTWARE, Subject.DEVICE


def term(key: str, service_type: str = "*", mode: Mode | None = None, subject: Subject | None = None) -> PlanTerm:
    return PlanTerm(
        key=key,
        side=Side.INSIDE,
        service_type=service_type,
        modes=None if mode is None else frozenset({mode}),
        subject=subject,
        outcome=TermOutcome.FREE,
        seed_ref="",
    )


def found_among(*terms: PlanTerm) -> str | None:
    plan = replace(PLAN, terms=terms)
    found = plan.find_term("training", Mode.REMOTE, SOFTWARE, Side.INSIDE)
    return found and found.key


def test_a_service_comes_before_a_mode():
    assert found_among(term("mode", mode=Mode.REMOTE, subject=SOFTWARE), term("service", "training")) == "service"


def test_a_mode_comes_before_a_subject():
    assert found_among(term("subject", subject=SOFTWARE), term("mode", mode=Mode.REMOTE)) == "mode"


def test_a_subject_comes_before_any():
    assert found_among(term("any"), term("subject", subject=SOFTWARE)) == "subject"


def test_any_service_mode_and_subject_comes_last():
    assert found_among(term("any")) == "any"


@pytest.mark.parametrize("other", [term("t", "installation"), term("t", mode=Mode.PHONE), term("t", subject=DEVICE)])
def test_a_term_for_something_else_does_not_answer(other: PlanTerm):
    assert found_among(other) is None


def test_a_term_of_the_other_side_does_not_answer():
    assert found_among(replace(term("outside"), side=Side.OUTSIDE)) is None


@pytest.mark.parametrize(
    ("service_type", "mode", "subject", "key"),
    [
        ("installation", Mode.REMOTE, SOFTWARE, "installation.remote.inside"),
        ("installation", Mode.AT_AGENCY, SOFTWARE, "installation.sent_in.inside"),
        ("training", Mode.ON_SITE, SOFTWARE, "on_site_visit.inside"),
        ("training", Mode.AT_AGENCY, SOFTWARE, "any.other.inside"),
        ("reinstallation", Mode.REMOTE, DEVICE, "reinstallation.device.inside"),
        ("reinstallation", Mode.ON_SITE, SOFTWARE, "on_site_visit.inside"),
        ("reinstallation", Mode.ON_SITE, DEVICE, "reinstallation.device.inside"),
        ("customization", Mode.ON_SITE, SOFTWARE, "customization.inside"),
        ("lock_removal", Mode.AT_AGENCY, DEVICE, "any.other.inside"),
        ("added_later", Mode.PHONE, SOFTWARE, "any.phone.inside"),
    ],
)
def test_the_shipped_plan_answers_with_its_most_specific_term(
    service_type: str, mode: Mode, subject: Subject, key: str
):
    found = PLAN.find_term(service_type, mode, subject, Side.INSIDE)
    assert found is not None
    assert found.key == key


def test_a_plan_reads_back_from_its_document():
    assert SupportPlan.from_document(json.loads(canonical_json(PLAN.to_document()))) == PLAN


def test_a_frozen_copy_is_told_by_its_content():
    again = SupportPlan.from_document(PLAN.to_document())
    assert again.content_hash == PLAN.content_hash
    assert replace(PLAN, terms=PLAN.terms[:-1]).content_hash != PLAN.content_hash


def test_an_allowance_is_found_by_its_key():
    rule = PLAN.find_allowance("installation.sent_in")
    assert rule is not None
    assert (rule.quantity, rule.modes) == (1, frozenset({Mode.AT_COMPANY, Mode.AT_AGENCY}))
