"""How many objects an answer could have."""

import pytest

from backoffice.query.selection import Asked, Field, Selection, page, want
from backoffice.schema.cost import objects
from tests.schema.conftest import Api


def field(selection: Selection | Asked) -> Field:
    return want(asked=selection).of("*")[0]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (want("id", "name"), 1),
        (want("id", customer=want("id")), 2),
        (page(want("id"), first=5), 1 + 5 + 1),
        (page(want("id")), 1 + 50 + 1),
        (page(want("id", assets=page(want("id"), first=2)), first=10), 1 + 10 * (1 + 1 + 2 + 1) + 1),
        (want("id", upgrades_to=want("id")), 1 + 20),
        (want(upgrades_to=want(upgrades_to=want("id"), versions=want("id"))), 1 + 20 * (1 + 20 + 1)),
        (page(want("id"), first=2_000_000_000), 1 + 100 + 1),
    ],
)
def test_a_page_counts_as_many_objects_as_it_may_have(asked: Selection | Asked, expected: int):
    assert objects(field(asked)) == expected


DEEP = """customers(first: 100) { nodes { assets(first: 100) { nodes {
    serviceRecords(first: 100) { nodes { id } } } } } }"""


def test_pages_within_pages_within_pages_are_refused(http: Api):
    assert http.codes(f"{{ {DEEP} }}") == ["LIMIT_EXCEEDED"]


def test_upgrades_of_upgrades_of_upgrades_of_upgrades_are_refused(http: Api):
    three = "upgradesTo { upgradesTo { upgradesTo { %s } } }"
    assert http.data(f'{{ product(by: {{sku: "X"}}) {{ {three % "sku"} }} }}') == {"product": None}
    assert http.codes(f'{{ product(by: {{sku: "X"}}) {{ {three % "upgradesTo { sku }"} }} }}') == ["LIMIT_EXCEEDED"]


def test_the_root_fields_of_a_request_share_what_it_may_ask_for(http: Api):
    wide = "customers(first: 100) { nodes { assets(first: 100) { nodes { id } } } }"
    assert "errors" not in http.answer(f"{{ {wide} }}")
    many = " ".join(f"a{n}: {wide}" for n in range(6))
    assert set(http.codes(f"{{ {many} }}")) == {"LIMIT_EXCEEDED"}


def test_a_mutation_whose_answer_would_be_too_large_changes_nothing(http: Api):
    document = """mutation { createCustomer(input: {name: "x", kind: PERSON, code: "TOO-LARGE"}) { customer {
        assets(first: 100) { nodes { serviceRecords(first: 100) { nodes { asset {
            serviceRecords(first: 100) { nodes { id } } } } } } } } } }"""
    assert http.codes(document) == ["LIMIT_EXCEEDED"]
    assert http.data('{ customer(by: {code: "TOO-LARGE"}) { id } }') == {"customer": None}
