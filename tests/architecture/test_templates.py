"""What a template looks up in what was read is in the selection that it was read by."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from backoffice.app import create_app
from backoffice.query.selection import page, want
from backoffice.settings import Settings
from tests.admin.shown import SHOWN
from tests.architecture.walking import Shown, Walk

FOLDERS = ("backoffice/admin/templates", "backoffice/pages/templates")
OF_PAGES = {"pages/failure.html", "pages/kept.html", "pages/state.html"}
"""Rendered by ``pages`` itself, of nothing that was read."""

ROW = want("number", "remaining", customer=want("id", "name"), assets=page(want("serial_number")))


@pytest.fixture
def walk(root: Path) -> Walk:
    return Walk(Environment(loader=FileSystemLoader([root / folder for folder in FOLDERS])))


def missing(root: Path, shown: Mapping[str, Shown], **templates: str) -> set[str]:
    """What a walk through these templates, whose names stand without ``.html``, misses in the first of them."""
    own = DictLoader({f"{name}.html": text for name, text in templates.items()})
    files = FileSystemLoader([root / folder for folder in FOLDERS])
    walk = Walk(Environment(loader=ChoiceLoader([own, files])))
    walk.page(f"{next(iter(templates))}.html", shown)
    return {one.split(": ", 1)[1] for one in walk.missing}


def test_no_template_looks_up_what_its_page_did_not_read(walk: Walk):
    for template, shown in SHOWN.items():
        walk.page(f"admin/{template}", shown)

    assert sorted(walk.missing) == []


def test_every_template_is_walked(walk: Walk, root: Path):
    for template, shown in SHOWN.items():
        walk.page(f"admin/{template}", shown)

    folders = [root / folder for folder in FOLDERS]
    assert {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")} == (
        walk.visited | OF_PAGES
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ row.number }}{{ row.customer.name }}{{ row.remaining|digits }}", set()),
        ("{{ row.remaning }}", {"row.remaning"}),
        ("{{ row['numbr'] }}", {"row[…]"}),
        ("{{ row.customer.city }}", {"row.customer.city"}),
        ("{% if row.active %}{% endif %}", {"row.active"}),
        ("{% for one in row.assets.nodes %}{{ one.serial }}{% endfor %}", {"one.serial"}),
        ("{% for one in row.assets.nodes if one.product %}{% endfor %}", {"one.product"}),
        ("{% set who = row.customer %}{{ who.family }}", {"who.family"}),
        ("{{ (row.assets.nodes|first).serial }}", {"row.assets.nodes|first.serial"}),
        ("{{ row.assets.nodes[0].serial }}", {"row.assets.nodes[…].serial"}),
        ("{{ row.assets.nodes|selectattr('serial', 'equalto', 1)|list }}", {"row.assets.nodes|selectattr.serial"}),
        ("{{ row.assets.nodes|sort(attribute='serial') }}", {"row.assets.nodes|sort.serial"}),
        ("{{ (row.customer if row.number else none).city }}", {"….city"}),
        ("{{ row|key }}", {"row|key.id"}),
        ("{{ row.assets.page_info.has_next_page }}{{ row.assets.total_count }}", {"row.assets.total_count"}),
        ("{% include 'inner.html' %}", {"row.numbr"}),
        ("{% extends 'outer.html' %}{% block a %}{{ row.numbr }}{% endblock %}", {"row.numbr"}),
        ("{% import 'macros.html' as m %}{{ m.name(row.customer) }}", {"who.family"}),
        ("{% import 'macros.html' as m %}{{ m.name(who=row.customer) }}", {"who.family"}),
        ("{% import 'macros.html' as m %}{{ m.outer(row) }}", {"who.family"}),
        ("{% import 'macros.html' as m %}{{ m.nam(row) }}", {"there is no macro nam"}),
        ("{% import 'macros.html' as m %}{% call(one) m.each(row) %}{{ one.serial }}{% endcall %}", {"one.serial"}),
        ("{% macro own(of) %}{{ of.numbr }}{% endmacro %}{{ own(row) }}", {"of.numbr"}),
        ("{{ whole.row.numbr }}", {"whole.row.numbr"}),
        ("{{ form.numbr }}", set()),
        ("{{ row.numbr|default('') }}{{ row.custmer.id|default('') }}", {"row.custmer"}),
    ],
)
def test_a_name_that_is_not_in_the_selection_is_found_wherever_it_stands(root: Path, text: str, found: set[str]):
    macros = (
        "{% macro name(who) %}{{ who.family }}{% endmacro %}"
        "{% macro outer(row) %}{{ name(row.customer) }}{% endmacro %}"
        "{% macro each(row) %}{% for one in row.assets.nodes %}{{ caller(one) }}{% endfor %}{% endmacro %}"
    )
    inner = "{{ row.numbr }}"
    shown: Mapping[str, Shown] = {"row": ROW, "whole": {"row": ROW}}

    outer = "{% block a %}{% endblock %}"

    assert missing(root, shown, text=text, macros=macros, inner=inner, outer=outer) == found


def test_a_mutated_template_of_the_admin_is_caught(root: Path):
    source = (root / FOLDERS[0] / "admin/customers/show.html").read_text(encoding="utf-8")
    mutated = source.replace("customer.assets.total_count", "customer.assets.total_cont", 1)
    assert mutated != source

    assert missing(root, SHOWN["customers/show.html"], show=mutated) == {"customer.assets.total_cont"}


def test_a_name_that_a_template_is_not_given_is_an_error(tmp_path: Path):
    assert (
        create_app(Settings.from_environment({"BACKOFFICE_VAR": str(tmp_path)})).jinja_env.undefined is StrictUndefined
    )
