"""The matrix: what everyone is answered at every root field and every screen, found by asking."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema
from werkzeug.test import TestResponse

from tests.authorization.operations import Operation, operations
from tests.authorization.screens import Address, addresses, filled_form
from tests.authorization.stage import CUSTOMER, EVERYONE, Caller, Objects, Stage

ALLOWED, FORBIDDEN, UNAUTHENTICATED, NOT_FOUND, NULL = "allowed", "FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND", "null"
NOT_ASKED = "–"
REFUSED = {403: FORBIDDEN, 404: NOT_FOUND, 409: "CONFLICT", 422: "INVALID"}
"""An answer of the admin by its status."""
OBJECT_LINK = re.compile(r'href="(/admin/(?:customers|assets|records)/\d+/)"')
CHANGING = re.compile(r"[0-9a-f]{32}|[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}")
"""Request ids, and the CSRF tokens that every page has anew."""


@dataclass(frozen=True)
class Row:
    """One root field or address, about one set of objects: what each caller was answered."""

    title: str
    needs: str
    about: str
    cells: Mapping[str, str]


@dataclass
class Matrix:
    """All rows, and the answers about what is hidden and what is not there, by row and caller, to be compared."""

    operations: list[Row] = field(default_factory=list)
    screens: list[Row] = field(default_factory=list)
    raw: dict[tuple[str, str, str], tuple[object, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        """Both parts."""
        return [*self.operations, *self.screens]


def matrix_of(stage: Stage, schema: GraphQLSchema) -> Matrix:
    """Ask everything of everyone; the stage is afterwards as it was before."""
    matrix = Matrix()
    for operation in operations(schema):
        matrix.operations += list(_operation_rows(stage, matrix, operation))
    for address in addresses(stage.app):
        matrix.screens += list(_screen_rows(stage, matrix, address))
    return matrix


def _operation_rows(stage: Stage, matrix: Matrix, operation: Operation) -> Iterator[Row]:
    about = stage.objects if operation.is_about_objects(stage.ours, stage.nobodys) else (stage.ours,)
    for objects in about:
        answers = {name: ask(stage, stage.callers[name], operation, objects) for name in EVERYONE}
        every = _rows_seen(answers["admin"])
        cells = {name: judged(answer, every) for name, answer in answers.items()}
        needs, told = operation.needs or "signed in", objects if len(about) > 1 else None
        yield _row(matrix, operation.title, needs, told, cells, answers)


def ask(stage: Stage, caller: Caller, operation: Operation, objects: Objects) -> TestResponse:
    """One operation by one caller; a change is undone after it."""
    answer = caller.graphql(operation.document, operation.variables(objects))
    if operation.place.startswith("Mutation.") and judged(answer) == ALLOWED:
        stage.put_back()
    return answer


def _row(
    matrix: Matrix,
    title: str,
    needs: str,
    objects: Objects | None,
    cells: Mapping[str, str],
    answers: Mapping[str, TestResponse],
) -> Row:
    about = objects.name if objects else ""
    for name, answer in answers.items():
        matrix.raw[title, about, name] = _comparable(answer)
    return Row(title, needs, about, cells)


def _comparable(answer: TestResponse) -> tuple[object, ...]:
    headers = sorted((name, CHANGING.sub("*", value)) for name, value in answer.headers if name != "Set-Cookie")
    return answer.status_code, tuple(headers), CHANGING.sub("*", answer.get_data(as_text=True))


def judged(answer: TestResponse, every: int | None = None) -> str:
    """An answer of the API in a word. ``every``: how many rows there are for who sees all."""
    document: Mapping[str, Any] = answer.get_json()
    for error in document.get("errors", ()):
        inner = error["extensions"].get("errors", ())
        return " ".join(one["code"] for one in inner) or str(error["extensions"]["code"])
    ((_, value),) = document["data"].items()
    if value is None:
        return NULL
    if isinstance(value, Mapping) and value.get("errors"):
        return " ".join(dict.fromkeys(error["code"] for error in value["errors"]))  # all faults come at once
    seen = _rows_seen(answer)
    return ALLOWED if every is None or seen == every else f"{ALLOWED}: {seen} of {every}"


def _rows_seen(answer: TestResponse) -> int | None:
    """How many rows a list or a sum is about; None for an answer of another kind."""
    ((_, value),) = (answer.get_json().get("data") or {"": None}).items()
    rows = value if isinstance(value, list) else [value]
    counts = [row.get("totalCount", row.get("count")) for row in rows if isinstance(row, Mapping)]
    return sum(counts) if counts and None not in counts else None


def _screen_rows(stage: Stage, matrix: Matrix, address: Address) -> Iterator[Row]:
    is_about_objects = address.about(stage.ours) != address.about(stage.nobodys)
    about = stage.objects if is_about_objects else (stage.ours,)
    for objects in about:
        form = _form(stage, address, objects)
        answers = {name: _visit(stage, stage.callers[name], address, objects, form) for name in EVERYONE[:-1]}
        every = _links(answers["admin"])
        cells = {name: _page(answer, every) for name, answer in answers.items()} | {CUSTOMER: NOT_ASKED}
        title = f"{address.method} {address.rule}"
        needs = address.permission or "NOTHING DECLARED"
        yield _row(matrix, title, needs, objects if is_about_objects else None, cells, answers)


def _form(stage: Stage, address: Address, objects: Objects) -> Mapping[str, str]:
    """What is sent; about what is not there, the same that would be sent about ours."""
    if address.method != "POST":
        return {}
    return filled_form(stage, address, stage.ours if objects is stage.nobodys else objects)


def _visit(stage: Stage, caller: Caller, address: Address, objects: Objects, form: Mapping[str, str]) -> TestResponse:
    if address.method != "POST":
        return caller.get(address.about(objects))
    answer = caller.post(address.about(objects), form)
    if _page(answer) == ALLOWED:
        stage.put_back()
    return answer


def _page(answer: TestResponse, every: int = 0) -> str:
    """An answer of the admin in a word."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/admin/login"):
        return UNAUTHENTICATED
    if answer.status_code in (200, 303):
        seen = _links(answer)
        return ALLOWED if seen >= every else f"{ALLOWED}: {seen} of {every}"
    return REFUSED.get(answer.status_code, f"status {answer.status_code}")


def _links(answer: TestResponse) -> int:
    """How many objects a page leads to."""
    return len(set(OBJECT_LINK.findall(answer.get_data(as_text=True))))
