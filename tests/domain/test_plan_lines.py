"""Where the terms of a plan stand in its file."""

from importlib import resources

import pytest

from backoffice.domain.plan_file import parse_plan
from backoffice.domain.plan_lines import line_of, lines_of_terms

SHIPPED = (resources.files("backoffice") / "data" / "padra-standard.toml").read_text(encoding="utf-8")


def test_every_term_of_the_shipped_plan_has_its_line():
    assert lines_of_terms(SHIPPED).keys() == {term.key for term in parse_plan(SHIPPED).terms}


def test_the_line_is_where_the_term_begins():
    text = SHIPPED.splitlines()
    found = lines_of_terms(SHIPPED)
    assert text[found["on_site_visit.inside"] - 1] == 'inside.outcome = "allowance"'
    assert text[found["on_site_visit.outside"] - 1] == 'outside.outcome = "tariff"'


def test_terms_written_in_another_form_have_no_line():
    assert lines_of_terms('terms = [{ key = "a", inside = { outcome = "free" } }]') == {}


TEXT = """code = "x"
[months]
support = 12
[[allowances]]
key = "a"
[[terms]]
key = "one"
[[terms]]
key = "two"
inside.outcome = "free"
outside = { outcome = "free" }
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("code",), 1),
        (("months", "support"), 3),
        (("months", "care"), 2),
        (("allowances 1 (a)", "key"), 5),
        (("terms 2 (two)", "inside", "outcome"), 10),
        (("terms 2 (two)", "inside", "seed_ref"), 10),
        (("terms 2 (two)", "outside", "seed_ref"), 11),
        (("terms 1", "service_type"), 6),
        (("version",), None),
        ((), None),
    ],
)
def test_a_mistake_has_the_line_of_its_place_or_of_what_is_nearest(place: tuple[str, ...], line: int | None):
    assert line_of(TEXT, place) == line


def test_only_what_stands_in_a_term_is_a_terms():
    text = """key = "head"
inside.outcome = "free"
[[allowances]]
key = "allowance"
inside.outcome = "free"
[[terms]]
inside.outcome = "free"
key = "one"
inside.outcome = "free"
inside.seed_ref = "more"
[[terms]]
outside.outcome = "free"
"""
    assert lines_of_terms(text) == {"one.inside": 9}


def test_a_heading_leads_to_what_stands_below_it():
    assert line_of("[a.b]\nc = 1\n", ("a", "b", "c")) == 2
    assert line_of("[x.y]\nc = 1\n[a.b]\nd.e = 1\n", ("a", "b", "d", "e")) == 4
