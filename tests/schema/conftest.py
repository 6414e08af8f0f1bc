"""The API of a prepared desk without the rest of the application. The bearer token is a member of staff's user name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backoffice.access.viewer import Viewer
from backoffice.models.database import Database
from backoffice.schema import graphql_blueprint
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import Copies
from tests.strangers import install as install

Answer = dict[str, Any]

SHARED_INPUTS = {
    "cancelService": "EndServiceInput",
    "voidService": "EndServiceInput",
    "reopenService": "EndServiceInput",
    "startService": "StepServiceInput",
    "closeService": "StepServiceInput",
}
"""The inputs that several mutations take."""


@dataclass
class Api:
    """The API in hand."""

    kit: Kit
    client: FlaskClient

    def post(self, body: object = None, *, by: str | None = "agent", **options: Any) -> TestResponse:
        """A POST of JSON, or of what ``options`` say."""
        headers = {"Accept-Language": "en", **({"Authorization": f"Bearer {by}"} if by else {})}
        options["headers"] = headers | options.get("headers", {})
        return self.client.post("/graphql", **({"json": body} if body is not None else {}), **options)

    def get(self, *, by: str | None = "agent", **options: Any) -> TestResponse:
        """A GET."""
        options["headers"] = ({"Authorization": f"Bearer {by}"} if by else {}) | options.get("headers", {})
        return self.client.get("/graphql", **options)

    def answer(self, query: str, variables: Mapping[str, object] | None = None, **options: Any) -> Answer:
        """Data and errors of an operation."""
        response = self.post({"query": query, "variables": dict(variables or {})}, **options)
        assert response.json is not None
        return response.json

    def data(self, query: str, variables: Mapping[str, object] | None = None, **options: Any) -> Answer:
        """The data of an operation without errors."""
        answer = self.answer(query, variables, **options)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def change(self, mutation: str, given: Mapping[str, object], wanted: str, **options: Any) -> Answer:
        """The payload of a mutation, by the selection ``wanted`` and its errors."""
        kind = SHARED_INPUTS.get(mutation, f"{mutation[0].upper()}{mutation[1:]}Input")
        document = f"""mutation ($input: {kind}!) {{
            {mutation}(input: $input) {{ {wanted} errors {{ code detail message path params }} }}
        }}"""
        return self.data(document, {"input": dict(given)}, **options)[mutation]

    def codes(self, query: str, variables: Mapping[str, object] | None = None, **options: Any) -> list[str]:
        """The codes of the top-level errors."""
        return [error["extensions"]["code"] for error in self.answer(query, variables, **options)["errors"]]


def app_of(kit: Kit, **options: Any) -> Flask:
    """An application that has the API alone."""

    def authenticate() -> Viewer | None:
        username = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return kit.staff(username) if username else None

    app = Flask("backoffice")
    app.config["TESTING"] = True
    app.register_blueprint(graphql_blueprint(kit.desk, authenticate, **options))
    return app


@pytest.fixture(scope="module")
def desk_database(copies: Copies) -> Iterator[Database]:
    with copies.copy(prepare_desk) as database:
        yield database


@pytest.fixture(scope="module")
def api(desk_database: Database) -> Api:
    """The API of a desk on each kind of database, which the module's other tests use as well."""
    kit = kit_on(desk_database)
    return Api(kit, app_of(kit).test_client())


@pytest.fixture(scope="module")
def sqlite_desk(sqlite_copies: Copies) -> Iterator[Kit]:
    with sqlite_copies.copy(prepare_desk) as database:
        yield kit_on(database)


@pytest.fixture(scope="module")
def http(sqlite_desk: Kit) -> Api:
    """The API on SQLite only, for what has nothing to do with the database."""
    return Api(sqlite_desk, app_of(sqlite_desk).test_client())
