"""The stage and its matrix, made once."""

from collections.abc import Iterator

import pytest

from backoffice.schema.build import build_schema
from backoffice.schema.planned import graphql_schema
from tests.authorization.matrix import Matrix, matrix_of
from tests.authorization.stage import Stage, prepare_stage
from tests.databases import Copies


def _opened(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with copies.copy(prepare_stage) as database:
        stage = Stage(database, tmp_path_factory.mktemp("stage"))
        yield stage
        stage.close()


@pytest.fixture(scope="package")
def stage(sqlite_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The application on SQLite."""
    yield from _opened(sqlite_copies, tmp_path_factory)


@pytest.fixture(scope="package")
def matrix(stage: Stage) -> Matrix:
    """Everything asked of everyone."""
    return matrix_of(stage, graphql_schema(build_schema(stage.desk.registry)))


@pytest.fixture(scope="module")
def any_stage(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The application on the kind of database that a test asks for."""
    yield from _opened(copies, tmp_path_factory)
