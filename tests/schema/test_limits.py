"""How large a document may be."""

import pytest
from graphql import get_introspection_query, parse

from backoffice.schema import limits
from tests.schema.conftest import Api, app_of


def fragments(levels: int, spreads: int = 2) -> str:
    """A document of a few hundred bytes that is exponentially large when written out."""
    parts = [f"fragment F{n} on Query {{ {f'...F{n + 1} ' * spreads} }}" for n in range(levels)]
    return f"{{ ...F0 }} {' '.join(parts)} fragment F{levels} on Query {{ __typename }}"


def told(document: str) -> str:
    return " ".join(limits.excesses(parse(document)))


def test_ten_levels_are_allowed_and_eleven_are_not():
    assert told("{ a " * 9 + "{ a } " + "} " * 9) == ""
    assert "11 levels" in told("{ a " * 10 + "{ a } " + "} " * 10)


def test_the_depth_of_a_fragment_counts_where_it_is_spread():
    fragment = "fragment F on Query " + "{ a " * 6 + "} " * 6
    assert told("{ a { a { a { a { ...F } } } } } " + fragment) == ""
    assert "11 levels" in told("{ a { a { a { a { a { ...F } } } } } } " + fragment)


def test_the_standard_introspection_is_allowed(http: Api):
    data = http.data(get_introspection_query(input_value_deprecation=True, specified_by_url=True))
    assert data["__schema"]["queryType"]["name"] == "Query"


def test_introspection_within_introspection_is_refused(http: Api):
    lists = "fields { type { " * 5 + "name" + " } }" * 5
    assert set(http.codes("{ __schema { types { " + lists + " } } }")) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{ " + " ".join(f"a{n}: x" for n in range(31)) + " }", "31 aliases"),
        ("{ " + " ".join(f"x{n}" for n in range(21)) + " }", "21 fields at the root"),
        ("{ x " + "@skip(if: false) " * 21 + "}", "21 directives"),
        ("{ x(y: [" + "1 " * 251 + "]) }", "251 elements"),
        ("query ($y: [Int] = [" + "1 " * 251 + "]) { x }", "251 elements"),
    ],
)
def test_one_more_than_allowed_is_refused(document: str, said: str):
    assert said in told(document)


def test_a_fragment_counts_at_each_of_its_spreads():
    fragment = "fragment F on Query { " + " ".join(f"a{n}: x" for n in range(11)) + " }"
    assert "33 aliases" in told("{ ...F ...F ...F } " + fragment)


@pytest.mark.parametrize("levels", [18, 25, 60])
def test_a_fragment_bomb_is_measured_at_once(http: Api, levels: int):
    assert http.codes(fragments(levels)) == ["LIMIT_EXCEEDED"]


def test_fragments_in_a_circle_are_refused(http: Api):
    document = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    assert set(http.codes(document)) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "a " * 1_000 + "}",
        "{ " + "viewer { " * 400,
        "{ " + "... { " * 300 + "__typename" + " }" * 300 + " }",
        "query (" + " ".join(f"$v{n}: Int" for n in range(400)) + ") { __typename }",
        "{ __typename } #" + "x" * 20_000,
        "# \n" * 9_000 + "{ __typename }",
    ],
    ids=["tokens", "braces", "inline fragments", "variables", "bytes", "comments"],
)
def test_a_large_document_is_refused(http: Api, document: str):
    (code,) = http.codes(document)
    assert code in {"LIMIT_EXCEEDED", "BAD_REQUEST"}


@pytest.mark.parametrize("number", ["9" * 41, "9" * 5000, "0." + "1" * 40], ids=["long", "longer", "fraction"])
def test_a_number_that_is_written_out_at_length_is_refused_without_being_read(http: Api, number: str):
    (error,) = http.answer("{ customers(first: " + number + ") { totalCount } }")["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["message"] == f"A number has {len(number)} digits; at most 40 are allowed."


def test_a_list_of_250_is_allowed_and_of_251_is_not(http: Api):
    document = "query ($codes: [String!]) { serviceRecords(filter: {serviceType: $codes}) { totalCount } }"
    assert http.data(document, {"codes": ["x"] * 250}) == {"serviceRecords": {"totalCount": 0}}
    assert http.codes(document, {"codes": ["x"] * 251}) == ["LIMIT_EXCEEDED"]


def test_refusals_of_size_are_400_in_both_media_types(http: Api):
    for accept in ("application/json", "application/graphql-response+json"):
        assert http.post({"query": fragments(25)}, headers={"Accept": accept}).status_code == 400


def test_at_most_five_errors_are_told(http: Api):
    assert len(http.codes("{ " + " ".join(f"x{n}" for n in range(9)) + " }")) == 5


def test_names_are_suggested_outside_production_only(http: Api):
    production = Api(http.kit, app_of(http.kit, in_production=True).test_client())
    mistyped = "{ custmers { totalCount } }"
    assert "customers" in http.answer(mistyped)["errors"][0]["message"]
    assert "customers" not in production.answer(mistyped)["errors"][0]["message"]
