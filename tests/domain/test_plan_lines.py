"""Where the terms of a plan stand in its file."""

from importlib import resources

from backoffice.domain.plan_file import parse_plan
from backoffice.domain.plan_lines import lines_of_terms

SHIPPED = (resources.files("backoffice") / "data" / "padra-standard.toml").read_text(encoding="utf-8")


def test_every_term_of_the_shipped_plan_has_its_line():
    plan = parse_plan(SHIPPED)
    found = lines_of_terms(SHIPPED, plan.terms)
    assert found.keys() == {term.key for term in plan.terms}


def test_the_line_is_where_the_term_begins():
    text = SHIPPED.splitlines()
    found = lines_of_terms(SHIPPED, parse_plan(SHIPPED).terms)
    assert text[found["on_site_visit.inside"] - 1] == 'inside.outcome = "allowance"'
    assert text[found["on_site_visit.outside"] - 1] == 'outside.outcome = "tariff"'


def test_terms_written_in_another_form_have_no_line():
    plan = parse_plan(SHIPPED)
    assert lines_of_terms('terms = [{ key = "a", inside = { outcome = "free" } }]', plan.terms) == {}
