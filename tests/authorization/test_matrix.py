"""Who may do what: asked of the whole application, and compared with the matrix that is committed."""

import os
from pathlib import Path

import pytest

from backoffice.access.permissions import PERMISSIONS, ROLES
from backoffice.schema.build import build_schema
from backoffice.schema.planned import graphql_schema
from tests.authorization.matrix import (
    ALLOWED,
    FORBIDDEN,
    NOT_FOUND,
    NULL,
    UNAUTHENTICATED,
    Matrix,
    Row,
    ask,
    judged,
)
from tests.authorization.operations import operations
from tests.authorization.screens import OPEN, addresses
from tests.authorization.stage import ANONYMOUS, CUSTOMER, NOBODYS, SCOPE, STAFF, THEIRS, TOKEN, Stage
from tests.authorization.written import written

COMMITTED = Path(__file__).parents[2] / "docs" / "authorization.md"
WRITE = os.environ.get("BACKOFFICE_TEST_WRITE_MATRIX") == "1"
HIDDEN = (NULL, NOT_FOUND)
SEEN_ON_POSTGRESQL = ("agent", "other_agent", TOKEN, CUSTOMER)


def test_the_committed_matrix_is_what_everyone_is_answered(matrix: Matrix):
    made = written(matrix)
    if WRITE:
        COMMITTED.write_text(made, encoding="utf-8")
    assert made == COMMITTED.read_text(encoding="utf-8"), "make matrix writes it anew; look at what changed"


def test_every_root_field_is_in_the_matrix(matrix: Matrix, stage: Stage):
    schema = graphql_schema(build_schema(stage.desk.registry))
    roots = [root for root in (schema.query_type, schema.mutation_type) if root is not None]
    asked = {row.title.partition(" ")[0] for row in matrix.operations}
    assert asked == {name for root in roots for name in root.fields}


def test_every_address_is_a_screen_that_declares_its_permission_or_open_for_a_reason(stage: Stage):
    assert [one for one in addresses(stage.app) if one.permission not in PERMISSIONS] == []


def test_nothing_is_called_open_that_is_not_there(stage: Stage):
    assert set(OPEN) <= {rule.endpoint for rule in stage.app.url_map.iter_rules()}


def test_everything_is_open_to_someone(matrix: Matrix):
    """Else the table of its input is wanting: MORE of operations.py, VALUES or PARAMETERS of screens.py."""
    shut = {row.title: row.cells["admin"] for row in matrix.rows if row.about != NOBODYS}
    assert {title: cell for title, cell in shut.items() if not cell.startswith(ALLOWED)} == {}


def test_nobody_is_answered_without_signing_in(matrix: Matrix):
    assert {row.cells[ANONYMOUS] for row in matrix.rows} == {UNAUTHENTICATED}
    assert {row.cells[TOKEN] for row in matrix.screens} == {UNAUTHENTICATED}


@pytest.mark.parametrize("name", STAFF)
def test_staff_are_refused_exactly_what_their_role_may_not(matrix: Matrix, name: str):
    held = ROLES[name.removeprefix("other_")]
    wrong = [row.title for row in matrix.rows if (row.cells[name] == FORBIDDEN) != _is_missing(row, held)]
    assert wrong == []


def test_a_token_is_refused_what_its_scope_does_not_name(matrix: Matrix):
    wrong = [row.title for row in matrix.operations if (row.cells[TOKEN] == FORBIDDEN) != _is_missing(row, {SCOPE})]
    assert wrong == []


def test_a_customer_changes_nothing(matrix: Matrix):
    changes = [row for row in matrix.operations if row.needs.endswith((".write", ".void", ".renew", ".override"))]
    assert {row.cells[CUSTOMER] for row in changes} == {FORBIDDEN}


def _is_missing(row: Row, held: frozenset[str] | set[str]) -> bool:
    return row.needs in PERMISSIONS and row.needs not in held


def test_what_is_hidden_is_answered_like_what_is_not_there(matrix: Matrix):
    hidden = [
        (row.title, name)
        for row in matrix.rows
        if row.about == THEIRS
        for name, cell in row.cells.items()
        if cell in HIDDEN
    ]
    assert len(hidden) > 20
    told = [pair for pair in hidden if matrix.raw[pair[0], THEIRS, pair[1]] != matrix.raw[pair[0], NOBODYS, pair[1]]]
    assert told == []


def test_an_agent_is_told_nothing_of_another_offices_records(matrix: Matrix):
    by_record = [row for row in matrix.rows if row.about == THEIRS and row.cells["agent"] in HIDDEN]
    assert {"serviceRecord (id)", "serviceRecord (number)", "node (ServiceRecord)"} <= {row.title for row in by_record}
    assert "GET /admin/records/<int:key>/" in {row.title for row in by_record}


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_the_answers_are_the_same_on_postgresql(matrix: Matrix, any_stage: Stage):
    """Asked again: what only reads, and what is refused."""
    cells = {(row.title, row.about): row.cells for row in matrix.operations}
    schema = graphql_schema(build_schema(any_stage.desk.registry))
    for operation in operations(schema):
        about = any_stage.objects if operation.is_about_objects(any_stage.ours, any_stage.nobodys) else (None,)
        for objects in about:
            found = cells[operation.title, objects.name if objects else ""]
            for name in SEEN_ON_POSTGRESQL:
                if operation.place.startswith("Mutation.") and found[name] == ALLOWED:
                    continue
                answer = ask(any_stage, any_stage.callers[name], operation, objects or any_stage.ours)
                assert judged(answer) == found[name].partition(":")[0], (operation.title, name)
