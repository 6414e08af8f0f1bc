"""A plan as a TOML file, and the one that is shipped."""

from collections.abc import Callable

import pytest

from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.plan import MissingTariff
from backoffice.domain.plan_file import parse_addendum, parse_plan
from backoffice.domain.plan_table import PlanFileError
from backoffice.domain.service import Mode
from backoffice.domain.term import Side, TermOutcome
from backoffice.wording import LANGUAGES, problem_text
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


def mistakes(text: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """What is wrong with a file: each detail, and the place."""
    with pytest.raises(PlanFileError) as refused:
        parse_plan(text)
    assert all(problem_text(problem, language) for problem in refused.value.problems for language in LANGUAGES)
    return [(problem.detail, problem.path[1:]) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("written", "instead", "detail", "place"),
    [
        ('code = "small"', "", "plan_file_missing", ("code",)),
        ("version = 1", 'version = "1"', "plan_file_kind", ("version",)),
        ("quantity = 2", "quantity = 0", "plan_file_small", ("allowances 1 (visit)", "quantity")),
        ("quantity = 2", "quantity = true", "plan_file_kind", ("allowances 1 (visit)", "quantity")),
        ('["on_site"]\nlabel', '["by_post"]\nlabel', "plan_file_choice", ("allowances 1 (visit)", "modes")),
        ('modes = ["on_site"]\nlabel', "label", "plan_file_missing", ("allowances 1 (visit)", "modes")),
        ('missing_tariff = "block"', 'missing_tariff = "guess"', "plan_file_choice", ("missing_tariff",)),
        ('"performed_at"', '"yesterday"', "plan_file_choice", ("price_clock",)),
        (
            "inside.under_metres",
            "inside.under_miles",
            "plan_file_unknown",
            ("terms 1 (visit)", "inside", "under_miles"),
        ),
        ("warranty = 12", "warranty = 12, care = 1", "plan_file_unknown", ("months", "care")),
        ('code = "small"', 'code = "small"\ncolour = "red"', "plan_file_unknown", ("colour",)),
        ('code = "small"', "code = ", "plan_file_toml", ()),
    ],
)
def test_a_mistake_is_told_with_its_place(written: str, instead: str, detail: str, place: tuple[str, ...]):
    assert written in SMALL
    assert mistakes(SMALL.replace(written, instead)) == [(detail, place)]


def test_an_entry_that_is_no_table_is_told():
    text = SMALL[: SMALL.index("[[terms]]")].replace("version = 1", "version = 1\nterms = [1]")
    assert mistakes(text) == [("plan_file_kind", ("terms 1",))]


def test_every_part_and_entry_is_told_of_at_once():
    text = SMALL.replace('code = "small"', "").replace("quantity = 2", "quantity = 0")
    text = text.replace('inside.outcome = "allowance"', 'inside.outcome = "gratis"')
    text = text.replace('outside.seed_ref = "«…»"', "")
    assert mistakes(text) == [
        ("plan_file_missing", ("code",)),
        ("plan_file_small", ("allowances 1 (visit)", "quantity")),
        ("plan_file_choice", ("terms 1 (visit)", "inside", "outcome")),
        ("plan_file_missing", ("terms 1 (visit)", "outside", "seed_ref")),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"), [("code = \n", 1, 8), ('a = 1\nb = """', 2, 1), ("\n\n[x\ny = 1", 3, 3)]
)
def test_what_is_no_toml_is_told_at_its_line(text: str, line: int, column: int):
    with pytest.raises(PlanFileError) as refused:
        parse_plan(text)
    (problem,) = refused.value.problems
    assert (problem.params["line"], problem.params["column"]) == (line, column)
    assert f"Line {line}" in problem_text(problem, "en")


def test_what_is_nested_too_deeply_is_refused_as_a_file_that_cannot_be_read():
    with pytest.raises(PlanFileError) as refused:
        parse_plan("terms = " + "[" * 20_000)
    (problem,) = refused.value.problems
    assert problem_text(problem, "en").startswith("The file cannot be read")


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


LABEL = 'label = { fa = "مراجعه", en = "Visit" }'


@pytest.mark.parametrize(
    ("written", "instead", "place"),
    [
        (LABEL, f"{LABEL}\nmore = 1", ("allowances 1 (visit)", "more")),
        ('service_type = "*"', 'service_type = "*"\nmore = 1', ("terms 1 (visit)", "more")),
        ('en = "Visit"', 'en = "Visit", de = "Besuch"', ("allowances 1 (visit)", "label", "de")),
    ],
)
def test_what_nobody_asked_for_is_told_wherever_it_stands(written: str, instead: str, place: tuple[str, ...]):
    assert mistakes(SMALL.replace(written, instead)) == [("plan_file_unknown", place)]


def test_what_nobody_asked_for_is_told_in_order():
    found = mistakes(SMALL.replace('code = "small"', 'code = "small"\nb = 1\na = 1'))
    assert [place[-1] for _, place in found] == ["a", "b"]


def test_the_allowances_of_a_file_are_read_whole():
    [rule] = parse_plan(SMALL).allowances
    assert (rule.key, rule.quantity, rule.modes) == ("visit", 2, {Mode.ON_SITE})
    assert rule.label == Label(fa="مراجعه", en="Visit")
    assert parse_plan(SMALL).name == Label(fa="کوچک", en="Small")


@pytest.mark.parametrize("next_version", [None, lambda code: 9])
def test_a_version_that_is_given_counts(next_version: Callable[[str], int] | None):
    assert parse_plan(SMALL, next_version).version == 1


def test_a_version_that_is_left_out_is_the_next_one_or_is_missing():
    text = SMALL.replace("version = 1\n", "")
    assert parse_plan(text, lambda code: len(code)).version == len("small")
    assert mistakes(text) == [("plan_file_missing", ("version",))]


def test_a_term_is_judged_by_support_and_checks_nobody_unless_it_says_so():
    inside, outside = parse_plan(SMALL).terms
    assert (inside.track, inside.identity_check) == (Track.WARRANTY, False)
    assert (outside.track, outside.identity_check) == (Track.SUPPORT, False)
    checked = parse_plan(
        SMALL.replace('outside.outcome = "tariff"', 'outside.outcome = "tariff"\noutside.identity_check = true')
    )
    assert [term.identity_check for term in checked.terms] == [False, True]


def test_a_place_is_told_as_it_is_reached():
    with pytest.raises(PlanFileError) as refused:
        parse_plan(SMALL.replace('en = "Visit"', "en = 1"))
    [problem] = refused.value.problems
    assert problem.params["place"] == "allowances 1 (visit) › label › en"
    assert problem.path == ("file", "allowances 1 (visit)", "label", "en")


def test_what_the_parser_said_is_told_without_its_place():
    with pytest.raises(PlanFileError) as refused:
        parse_plan("code = ?")
    [problem] = refused.value.problems
    assert problem.path == ("file",)
    assert problem.params == {"line": 1, "column": 8, "why": "Invalid value"}
