"""GraphQL over HTTP: methods, media types, statuses, refusals."""

import gzip
import json

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from backoffice.access.viewer import Forbidden
from backoffice.models.database import Database
from backoffice.schema import graphql_blueprint
from tests.schema.conftest import Api, app_of

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
QUERY = "{ __typename }"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        ("text/html, */*;q=0.8", JSON),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
        (f'{JSON};charset="UTF-8"', JSON),
    ],
)
def test_the_answer_has_the_media_type_asked_for(http: Api, accept: str | None, media: str):
    response = http.post({"query": QUERY}, headers={"Accept": accept} if accept else {})
    assert response.headers["Content-Type"] == f"{media}; charset=utf-8"
    assert response.json == {"data": {"__typename": "Query"}}


def test_a_client_that_wants_neither_is_told_so(http: Api):
    assert http.post({"query": QUERY}, headers={"Accept": "image/png"}).status_code == 406
    assert http.post({"query": QUERY}, headers={"Accept": f"{JSON}; charset=latin1"}).status_code == 406


def test_a_query_may_come_by_get(http: Api):
    response = http.get(
        query_string={"query": "query A { viewer { name } } query B { __typename }", "operationName": "B"}
    )
    assert (response.status_code, response.json) == (200, {"data": {"__typename": "Query"}})


def test_variables_of_a_get_are_json(http: Api):
    query = "query ($id: ID!) { node(id: $id) { id } }"
    response = http.get(query_string={"query": query, "variables": json.dumps({"id": "x"})})
    assert response.json == {"data": {"node": None}}


def test_a_mutation_by_get_changes_nothing(http: Api):
    mutation = 'mutation { createCustomer(input: {name: "x", kind: PERSON, code: "BY-GET"}) { errors { code } } }'
    response = http.get(query_string={"query": mutation})
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert http.data('{ customer(by: {code: "BY-GET"}) { id } }') == {"customer": None}


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_in_json(http: Api, method: str):
    response = getattr(http.client, method)("/graphql", json={"query": QUERY})
    assert response.status_code == 405
    assert response.json["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert response.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ nothing", {}, "BAD_REQUEST"),
        ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($id: ID!) { node(id: $id) { id } }", {}, "BAD_REQUEST"),
        ("query ($id: ID!) { node(id: $id) { id } }", {"id": [1]}, "BAD_REQUEST"),
    ],
)
def test_a_document_that_is_not_executed_has_no_data(
    http: Api, query: str, variables: dict[str, object], code: str, accept: str, status: int
):
    response = http.post({"query": query, "variables": variables}, headers={"Accept": accept})
    assert response.status_code == status
    assert "data" not in response.json
    assert [error["extensions"]["code"] for error in response.json["errors"]] == [code]


def test_nobody_is_answered_without_signing_in(http: Api):
    response = http.post({"query": QUERY}, by=None)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert [error["extensions"]["code"] for error in response.json["errors"]] == ["UNAUTHENTICATED"]


def test_an_authentication_that_is_refused_is_forbidden(http: Api):
    class CsrfMissing(Forbidden):
        pass

    def authenticate() -> None:
        raise CsrfMissing("csrf")

    app = Flask("refusing")
    app.register_blueprint(graphql_blueprint(http.kit.desk, authenticate))
    response = app.test_client().post("/graphql", json={"query": QUERY})
    assert response.status_code == 403
    assert response.json["errors"][0]["extensions"]["code"] == "FORBIDDEN"


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b'[{"query": "{ __typename }"}]',
    "a string": b'"{ __typename }"',
    "null": b"null",
    "no query": b"{}",
    "an empty query": b'{"query": "  "}',
    "a query that is a number": b'{"query": 1}',
    "variables that are a string": b'{"query": "{ __typename }", "variables": "{}"}',
    "extensions that are a list": b'{"query": "{ __typename }", "extensions": []}',
    "a name that is a list": b'{"query": "{ __typename }", "operationName": []}',
    "a name of nothing": b'{"query": "{ __typename }", "operationName": "A"}',
    "invalid UTF-8": b'{"query": "{ __typename }\xff"}',
    "a byte order mark": b'\xef\xbb\xbf{"query": "{ __typename }"}',
    "a NUL": b'{"query": "{ __typename }", "variables": {"a": "\\u0000"}}',
    "a raw NUL": b'{"query": "{ __typename }\x00"}',
    "half a pair": b'{"query": "{ __typename }", "variables": {"a": "\\ud800"}}',
    "a key twice": b'{"query": "{ __typename }", "query": "{ __typename }"}',
    "a key twice inside": b'{"query": "{ __typename }", "variables": {"a": 1, "a": 2}}',
    "many digits": b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 20_000 + b"}}",
    "a huge exponent": b'{"query": "{ __typename }", "variables": {"a": 1e9999}}',
    "NaN": b'{"query": "{ __typename }", "variables": {"a": NaN}}',
    "deep lists": b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "deep objects": b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}",
    "only brackets": b"[" * 900_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_body_that_is_no_request_is_refused_in_json(http: Api, body: bytes, accept: str):
    response = http.post(data=body, content_type=JSON, headers={"Accept": accept})
    assert response.status_code == 400
    (error,) = response.json["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert "data" not in response.json


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", f"{JSON}; charset=latin1"]
)
def test_a_body_that_is_not_declared_as_json_is_refused(http: Api, content_type: str):
    response = http.post(data=b'{"query": "{ __typename }"}', content_type=content_type)
    assert (response.status_code, response.is_json) == (415, True)


def test_a_compressed_body_is_refused(http: Api):
    body = gzip.compress(b'{"query": "{ __typename }"}')
    response = http.post(data=body, content_type=JSON, headers={"Content-Encoding": "gzip"})
    assert (response.status_code, response.is_json) == (415, True)


def test_a_body_above_a_megabyte_is_refused(http: Api):
    body = json.dumps({"query": QUERY, "extensions": {"padding": "x" * 1_000_000}})
    response = http.post(data=body, content_type=JSON)
    assert response.status_code == 413
    assert response.json["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize("variables", ["[]", "x", '{"a": 1, "a": 2}'])
def test_variables_of_a_get_that_are_no_object_are_refused(http: Api, variables: str):
    response = http.get(query_string={"query": QUERY, "variables": variables})
    assert (response.status_code, response.is_json) == (400, True)


def test_every_error_has_the_request_id(http: Api):
    ids = [
        http.post(body, by=by).json["errors"][0]["extensions"]["requestId"]
        for body, by in [({"query": "{ x }"}, "agent"), ({}, "agent"), ({"query": QUERY}, None)]
    ]
    assert len({*ids}) == 3
    assert all(ids)


def test_answers_are_not_kept_by_anyone_on_the_way(http: Api):
    assert http.post({"query": QUERY}).headers["Cache-Control"] == "no-store"


class Away(Database):
    """A database that does not answer."""

    def reading(self):
        raise OperationalError("SELECT secret FROM table", {}, Exception("connection refused at 10.0.0.7"))


@pytest.fixture
def away(http: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    monkeypatch.setattr(http.kit.desk.database, "reading", Away(http.kit.desk.database.engine).reading)
    return http


def test_a_database_that_is_away_is_503_and_says_when_to_try_again(away: Api):
    response = away.post({"query": "{ customers { nodes { id } } }"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert [error["extensions"]["code"] for error in response.json["errors"]] == ["UNAVAILABLE"]
    assert "secret" not in response.text
    assert "10.0.0.7" not in response.text


def test_graphiql_is_served_to_browsers_where_it_is_enabled(http: Api):
    client = app_of(http.kit, graphiql=True).test_client()
    response = client.get("/graphql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.mimetype == "text/html"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    for script in ("react.js", "react-dom.js", "graphiql.js"):
        with client.get(f"/graphql/static/vendor/{script}") as served:
            assert served.status_code == 200


def test_the_page_of_graphiql_has_nothing_inline_and_nothing_from_elsewhere(http: Api):
    page = app_of(http.kit, graphiql=True).test_client().get("/graphql", headers={"Accept": "text/html"}).text
    assert "://" not in page
    assert "<style" not in page
    assert "style=" not in page
    assert "<script>" not in page


def test_graphiql_is_off_unless_enabled(http: Api):
    assert http.get(headers={"Accept": "text/html"}).mimetype == JSON


def test_programs_are_answered_where_graphiql_is_enabled(http: Api):
    client = app_of(http.kit, graphiql=True).test_client()
    response = client.get(
        "/graphql?query={__typename}", headers={"Accept": "text/html, */*;q=0.8", "Authorization": "Bearer agent"}
    )
    assert response.json == {"data": {"__typename": "Query"}}
