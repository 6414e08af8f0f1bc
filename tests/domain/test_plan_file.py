"""A plan as a TOML file, and the one that is shipped."""

import pytest

from backoffice.domain.period import Track
from backoffice.domain.plan import MissingTariff
from backoffice.domain.plan_file import PlanFileError, parse_addendum, parse_plan
from backoffice.domain.term import Side, TermOutcome
from tests.domain.examples import OFFERINGS, PLAN

SMALL = """
code = "small"
version = 1
coverage_clock = "requested_at"
price_clock = "performed_at"
missing_tariff = "block"
name = { fa = "کوچک", en = "Small" }
months = { support = 6, warranty = 12 }

[[allowances]]
key = "visit"
quantity = 2
modes = ["on_site"]
label = { fa = "مراجعه", en = "Visit" }

[[terms]]
key = "visit"
service_type = "*"
modes = ["on_site"]
inside.outcome = "allowance"
inside.allowance = "visit"
inside.when_exhausted = "tariff"
inside.under_metres = 1000
inside.when_condition_fails = "travel_only"
inside.track = "warranty"
inside.seed_ref = "«…»"
outside.outcome = "tariff"
outside.seed_ref = "«…»"
"""


def test_a_file_is_read_whole():
    plan = parse_plan(SMALL)
    inside, outside = plan.terms
    assert (plan.code, plan.version, plan.missing_tariff) == ("small", 1, MissingTariff.BLOCK)
    assert plan.months == {Track.SUPPORT: 6, Track.WARRANTY: 12}
    assert plan.origin_office is None
    assert (inside.key, inside.side, inside.track) == ("visit.inside", Side.INSIDE, Track.WARRANTY)
    assert inside.condition is not None
    assert inside.condition.under_metres == 1000
    assert (outside.key, outside.outcome) == ("visit.outside", TermOutcome.TARIFF)


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ('code = "small"', "", "the plan: code is missing"),
        ("version = 1", 'version = "1"', "version is '1', not a whole number"),
        ("quantity = 2", "quantity = 0", "quantity is 0, not at least 1"),
        ("quantity = 2", "quantity = true", "quantity is True, not a whole number"),
        ('modes = ["on_site"]\nlabel', 'modes = ["by_post"]\nlabel', "allowances 1: modes is 'by_post', not one of"),
        ('modes = ["on_site"]\nlabel', "label", "allowances 1: modes is missing"),
        ('missing_tariff = "block"', 'missing_tariff = "guess"', "missing_tariff is 'guess', not one of"),
        ('"performed_at"', '"yesterday"', "price_clock is 'yesterday', not one of requested_at, performed_at"),
        ("inside.under_metres", "inside.under_miles", r"terms 1 \(visit\), inside: nobody knows under_miles"),
        ("warranty = 12", "warranty = 12, care = 1", "the plan, months: nobody knows care"),
        ('code = "small"', "code = ", "not TOML"),
        ('code = "small"', 'code = "small"\ncolour = "red"', "the plan: nobody knows colour"),
    ],
)
def test_a_mistake_is_told_with_its_place(written: str, instead: str, complaint: str):
    assert written in SMALL
    with pytest.raises(PlanFileError, match=complaint):
        parse_plan(SMALL.replace(written, instead))


def test_an_entry_that_is_no_table_is_told():
    with pytest.raises(PlanFileError, match="terms 1 is not a table"):
        parse_plan(SMALL[: SMALL.index("[[terms]]")].replace("version = 1", "version = 1\nterms = [1]"))


def test_the_shipped_plan_names_every_service_type_or_answers_for_any():
    named = {term.service_type for term in PLAN.terms}
    assert named == {*OFFERINGS, "*"} - {"on_site_visit"}


def test_every_term_of_the_shipped_plan_quotes_the_statement():
    assert [term.key for term in PLAN.terms if not term.seed_ref.startswith("«")] == []


def test_what_the_statement_says_outright_needs_no_confirmation():
    certain = {term.key for term in PLAN.terms if term.needs_confirmation is None}
    assert certain == {
        "on_site_visit.outside",
        "access_codes.inside",
        "guidance.phone.inside",
        "guidance.remote.inside",
        "retraining.phone.inside",
        "version_update.inside",
        "customization.inside",
        "demo.inside",
        "demo.outside",
    }


def test_codes_outside_the_period_take_an_identity_check():
    assert [term.key for term in PLAN.terms if term.identity_check] == ["access_codes.outside"]


def test_success_calls_are_scheduled_every_ninety_days():
    assert {term.key: term.scheduled_every_days for term in PLAN.terms if term.scheduled_every_days} == {
        "success_call.inside": 90
    }


ADDENDUM = """
[[terms]]
key = "battery_change"
service_type = "battery_change"
inside = { outcome = "free", seed_ref = "a contract" }
outside = { outcome = "tariff", seed_ref = "a contract" }
"""


def test_an_addendum_is_terms_as_a_plan_file_has_them():
    found = [(term.key, term.side, term.outcome) for term in parse_addendum(ADDENDUM)]
    assert found == [
        ("battery_change.inside", Side.INSIDE, TermOutcome.FREE),
        ("battery_change.outside", Side.OUTSIDE, TermOutcome.TARIFF),
    ]


@pytest.mark.parametrize("text", ["", "terms = [", f'code = "gold"\n{ADDENDUM}'], ids=["empty", "broken", "a plan"])
def test_an_addendum_is_nothing_else(text: str):
    with pytest.raises(PlanFileError):
        parse_addendum(text)
