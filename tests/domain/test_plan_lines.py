"""Where the terms of a plan stand in its file."""

from importlib import resources

from backoffice.domain.plan_file import parse_plan
from backoffice.domain.plan_lines import lines_of_terms

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
