"""Top-level errors: coded, masked, logged."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from backoffice.domain.money import RIAL_LIMIT
from backoffice.query.reader import Reader
from tests.schema.conftest import Api

SECRET = "SELECT password FROM staff at 10.0.0.7"


@pytest.fixture
def failing(http: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """A desk whose lists fail in a way nobody expected."""

    def fail(*_: object) -> object:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(Reader, "list", fail)
    return http


def test_an_unexpected_error_is_masked(failing: Api):
    response = failing.post({"query": "{ channels { code } }"})
    (error,) = response.json["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["path"] == ["channels"]
    assert "password" not in response.text
    assert "Traceback" not in response.text


def test_an_unexpected_error_is_logged(failing: Api, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        failing.answer("{ channels { code } }")
    assert SECRET in caplog.text


def test_what_fails_beside_the_fields_is_masked_too(http: Api, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> object:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("backoffice.schema.view.answer", fail)
    response = http.post({"query": "{ channels { code } }"})
    assert response.status_code == 500
    assert [error["extensions"]["code"] for error in response.json["errors"]] == ["INTERNAL"]
    assert "password" not in response.text


def test_a_sum_larger_than_a_rial_is_told_and_no_fault_of_the_desk(http: Api, monkeypatch: pytest.MonkeyPatch):
    rows = [{"count": 2, "amount": 2 * RIAL_LIMIT, "shadow_amount": 0}]
    monkeypatch.setattr(Reader, "stats", lambda *_: rows)
    (error,) = http.answer("{ serviceRecordStats(groupBy: []) { count amount } }")["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["message"].startswith("A sum is larger than a Rial")


def test_the_other_fields_are_answered_beside_one_that_is_forbidden(http: Api):
    answer = http.answer('{ viewer { name } customer(by: {code: "x"}) { id } }', by="agent")
    assert answer["data"]["customer"] is None
    mixed = http.answer(
        'mutation { createProduct(input: {sku: "x", name: "x", supportPlan: "x"}) { errors { code } } }', by="viewer"
    )
    assert mixed["data"] is None
    assert [error["extensions"]["code"] for error in mixed["errors"]] == ["FORBIDDEN"]


@pytest.mark.parametrize(
    "literal", ['{code: "x", id: "y"}', "{}", "{code: null}"], ids=["two keys", "no key", "a null key"]
)
def test_a_one_of_input_takes_exactly_one_member(http: Api, literal: str):
    assert set(http.codes(f"{{ customer(by: {literal}) {{ id }} }}")) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("by", [{"code": "x", "id": "y"}, {}, {"code": None}, {"other": "x"}])
def test_a_one_of_variable_takes_exactly_one_member(http: Api, by: dict[str, object]):
    codes = http.codes("query ($by: CustomerBy!) { customer(by: $by) { id } }", {"by": by})
    assert set(codes) == {"BAD_REQUEST"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Date", "20250806"),
        ("Date", "2025-13-01"),
        ("Date", 5),
        ("DateTime", "2025-08-06T12:00:00"),
        ("DateTime", "2025-08-06"),
        ("DateTime", "9999-12-31T23:59:59-23:59"),
        ("DateTime", None),
    ],
)
def test_a_scalar_that_is_none_is_a_bad_request(http: Api, kind: str, value: object):
    documents = {
        "Date": "query ($v: Date!) { assets(filter: {purchasedOn: {gte: $v}}) { totalCount } }",
        "DateTime": "query ($v: DateTime!) { serviceRecords(filter: {requestedAt: {gte: $v}}) { totalCount } }",
    }
    assert http.codes(documents[kind], {"v": value}) == ["BAD_REQUEST"]


def test_a_variable_that_does_not_fit_where_it_stands_is_a_bad_request(http: Api):
    document = """query ($direction: OrderDirection = ASC) {
        customers(orderBy: {field: NAME, direction: $direction}) { totalCount } }"""
    assert http.codes(document, {"direction": None}) == ["BAD_REQUEST"]


def test_a_value_that_no_field_can_have_is_our_mistake_and_is_masked(http: Api, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Reader, "list", lambda *_: [{"code": "x", "modes": ["by pigeon"]}])
    response = http.post({"query": "{ serviceTypes { code modes } }"})
    assert [error["extensions"]["code"] for error in response.json["errors"]] == ["INTERNAL"]
    assert "pigeon" not in response.text


def test_a_database_that_goes_away_in_the_middle_leaves_no_half_answer(
    http: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> object:
        raise OperationalError(SECRET, {}, Exception("terminating connection"))

    monkeypatch.setattr(Reader, "list", fail)
    response = http.post({"query": "{ viewer { name } channels { code } }"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "data" not in response.json
    assert [error["extensions"]["code"] for error in response.json["errors"]] == ["UNAVAILABLE"]
    assert "password" not in response.text
    assert "terminating connection" in caplog.text
