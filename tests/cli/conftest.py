"""The command line on a prepared desk, once on SQLite and once on PostgreSQL; plugins made for one test."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Select

from backoffice.cli import main
from backoffice.models.database import Database, engine_for
from tests.builders import prepare_desk
from tests.databases import MakeDatabase
from tests.strangers import install as install

Run = Callable[..., Result]
Rows = Callable[[Select[Any]], Sequence[Any]]


@pytest.fixture
def url(make_database: MakeDatabase) -> str:
    return make_database(prepare_desk).engine.url.render_as_string(hide_password=False)


@pytest.fixture
def backoffice(url: str, tmp_path: Path) -> Run:
    def run(*arguments: object, **env: str | None) -> Result:
        environment = {"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path), **env}
        return CliRunner(env=environment).invoke(main, [str(one) for one in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def rows(url: str) -> Iterator[Rows]:
    engine = engine_for(url)

    def read(statement: Select[Any]) -> Sequence[Any]:
        with Database(engine).reading() as session:
            return session.scalars(statement).all()

    yield read
    engine.dispose()


def refused(answer: Result) -> str:
    """What a refusal says; it exits with 1 and without a trace."""
    assert answer.exit_code == 1, answer.output
    assert "Traceback" not in answer.output
    return answer.stderr


def table(answer: Result) -> list[list[str]]:
    """The cells of the lines below the headings; none of them may hold a blank."""
    assert answer.exit_code == 0, answer.output
    return [line.split() for line in answer.stdout.splitlines()[1:]]


def read(answer: Result) -> Any:
    """What ``--json`` printed."""
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)
