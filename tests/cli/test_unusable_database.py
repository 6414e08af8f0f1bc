"""A database that cannot be used: each command says why in one line, without a trace, and changes nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from backoffice.cli import main, workers
from backoffice.cli.opened_database import words_of
from tests.cli.every_command import MIGRATING, ON_THE_DATABASE, OTHERS, commands

AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/desk"
Place = Callable[[Path], Path]


def nowhere(folder: Path) -> Path:
    return folder / "none" / "desk.sqlite"


def not_a_database(folder: Path) -> Path:
    path = folder / "desk.sqlite"
    path.write_text("Dear diary, " * 400)
    return path


def a_folder(folder: Path) -> Path:
    path = folder / "desk.sqlite"
    path.mkdir()
    return path


def below_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "desk.sqlite"


def without_tables(folder: Path) -> Path:
    path = folder / "desk.sqlite"
    path.touch()
    return path


def of_an_earlier_version(folder: Path) -> Path:
    return _at("0001", folder / "desk.sqlite")


def of_a_later_version(folder: Path) -> Path:
    return _at("9999", folder / "desk.sqlite")


def of_an_earlier_numbering(folder: Path) -> Path:
    path = _at("0008", folder / "desk.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE site (id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()
    return path


def _at(revision: str, path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute("INSERT INTO alembic_version VALUES (?)", [revision])
    connection.commit()
    connection.close()
    return path


def run(command: str, arguments: tuple[str, ...], url: str, var: Path) -> Result:
    environment = {"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(var)}
    return CliRunner(env=environment).invoke(main, [*command.split(), *arguments], catch_exceptions=False)


def told(answer: Result) -> str:
    """The one line that a refusal is."""
    assert (answer.exit_code, answer.stdout) == (1, "")
    [line] = answer.stderr.splitlines()
    return line.removeprefix("error: ")


def test_every_command_is_tried():
    assert {name for name, _ in commands()} == {*ON_THE_DATABASE, *MIGRATING, *OTHERS}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (nowhere, "there is no database at"),
        (not_a_database, "file is not a database"),
        (a_folder, "unable to open database file"),
        (below_a_file, "there is no database at"),
        (without_tables, "the database has no tables yet (backoffice init makes them)"),
        (of_an_earlier_version, "the database is at revision 0001, not 00"),
        (of_an_earlier_numbering, "is at revision 0008 of an earlier numbering, which is 0005 today, not 00"),
        (of_a_later_version, "a newer one has upgraded it"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
@pytest.mark.parametrize("command", list(ON_THE_DATABASE))
def test_a_command_on_an_unusable_file_says_why(command: str, place: Place, words: str, tmp_path: Path):
    path = place(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert words in told(run(command, ON_THE_DATABASE[command], f"sqlite:///{path}", tmp_path))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (not_a_database, "file is not a database"),
        (a_folder, "unable to open database file"),
        (below_a_file, "file: File exists"),
        (of_a_later_version, "a newer one has upgraded it"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
@pytest.mark.parametrize("command", list(MIGRATING))
def test_a_database_that_cannot_be_migrated_says_why(command: str, place: Place, words: str, tmp_path: Path):
    assert words in told(run(command, MIGRATING[command], f"sqlite:///{place(tmp_path)}", tmp_path))


@pytest.mark.parametrize("command", [*ON_THE_DATABASE, *MIGRATING])
def test_a_server_that_does_not_answer_is_named_in_one_line(command: str, tmp_path: Path):
    arguments = (ON_THE_DATABASE | MIGRATING)[command]
    line = told(run(command, arguments, AWAY, tmp_path))
    assert line.startswith("the database does not answer: ")
    assert "port 1" in line


@pytest.mark.parametrize(
    "place", [not_a_database, a_folder, of_a_later_version, of_an_earlier_numbering, without_tables]
)
@pytest.mark.parametrize("command", ["config check", "health"])
def test_a_command_that_looks_at_the_database_says_how_it_is(command: str, place: Place, tmp_path: Path):
    answer = run(command, (), f"sqlite:///{place(tmp_path)}", tmp_path)
    assert (answer.exit_code, "Traceback" in answer.output) == (1, False)


@pytest.mark.parametrize("url", [AWAY, "sqlite:///{folder}/desk.sqlite"])
def test_the_version_is_told_whatever_the_database_says(url: str, tmp_path: Path):
    not_a_database(tmp_path)
    answer = run("version", (), url.format(folder=tmp_path), tmp_path)
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-1].startswith("database   ")


def test_a_desk_without_a_database_is_not_served(tmp_path: Path):
    assert "backoffice init makes it" in told(run("serve", (), f"sqlite:///{nowhere(tmp_path)}", tmp_path))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (AWAY, "warning: the database does not answer: "),
        ("sqlite:///{folder}/desk.sqlite", "warning: the database is at revision 0001, not 00"),
    ],
)
def test_a_desk_is_served_with_a_warning_before_its_database_is_there(
    url: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    served: list[object] = []
    monkeypatch.setattr(workers, "serve_workers", lambda *given, **more: served.append(given))
    of_an_earlier_version(tmp_path)
    answer = run("serve", (), url.format(folder=tmp_path), tmp_path)
    assert (answer.exit_code, len(served), len(answer.stderr.splitlines())) == (0, 1, 1)
    assert answer.stderr.startswith(words)


def test_a_desk_with_a_weak_secret_key_is_not_served(tmp_path: Path):
    environment = {"BACKOFFICE_VAR": str(tmp_path), "BACKOFFICE_SECRET_KEY": "short"}
    (tmp_path / "backoffice.sqlite").touch()
    answer = CliRunner(env=environment).invoke(main, ["serve"], catch_exceptions=False)
    assert (answer.exit_code, "16" in answer.output) == (2, True)


@pytest.mark.parametrize("error", ["attempt to write a readonly database", "database or disk is full"])
def test_what_a_file_refuses_is_told_with_its_path(error: str):
    refused = OperationalError("INSERT INTO office", None, sqlite3.OperationalError(error))
    assert words_of(refused, make_url("sqlite:///desk.sqlite")) == f"the database desk.sqlite says: {error}"


def test_what_a_server_refuses_is_told_without_its_statement():
    refused = DatabaseError("INSERT INTO office", None, Exception("permission denied\nLINE 1: INSERT"))
    assert words_of(refused, make_url(AWAY)) == "the database says: permission denied"


def test_a_password_in_a_wrong_address_is_not_told(tmp_path: Path):
    answer = run("init", (), "mysql://desk:opensesame@127.0.0.1/desk", tmp_path)
    assert (answer.exit_code, "opensesame" in answer.output) == (2, False)
