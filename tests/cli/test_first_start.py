"""``backoffice run`` on a machine that has no desk yet: it answers before the demo is loaded."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from backoffice.access.credentials import generated_password
from backoffice.cli import first_run, main, serving
from backoffice.demo import DemoFailed
from backoffice.web.starting_page import Door
from tests.cli.test_servers import HOST, free_port

FAILING = """
import sys
from backoffice.cli.servers import serve_embedded

def fail():
    raise ZeroDivisionError

serve_embedded(lambda environ, start: [], sys.argv[1], int(sys.argv[2]), beside=fail)
"""


class Seen:
    """A server that asks the desk before and after it is opened."""

    def __init__(self) -> None:
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}

    def __call__(self, app: Door, host: str, port: int, *, beside: Callable[[], None]) -> None:
        client = Client(app)
        self.before = {address: client.get(address).status_code for address in ("/healthz", "/admin/login")}
        beside()
        self.after = {address: client.get(address).status_code for address in ("/healthz", "/admin/login")}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen()
    monkeypatch.setattr(serving, "serve_embedded", seen)
    return seen


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which desks had demo data loaded; the demo itself has tests of its own."""
    loaded: list[str] = []

    def load(desk: object, watch: object) -> list[str]:
        loaded.append("once")
        return ["Demo data: some."]

    monkeypatch.setattr(serving, "load_demo", load)
    return loaded


def run(folder: Path) -> str:
    answer = CliRunner(env={"BACKOFFICE_VAR": str(folder)}).invoke(main, ["run"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_a_new_desk_answers_before_its_demo_is_loaded(tmp_path: Path, seen: Seen, loaded: list[str]):
    told = run(tmp_path)

    assert seen.before == {"/healthz": 200, "/admin/login": 503}
    assert seen.after == {"/healthz": 200, "/admin/login": 200}
    assert loaded == ["once"]
    assert told.index("Sign in as admin") < told.index("http://") < told.index("Demo data") < told.index("is open")


def test_a_desk_that_is_there_is_opened_without_demo_data(tmp_path: Path, seen: Seen, loaded: list[str]):
    run(tmp_path)

    told = run(tmp_path)

    assert loaded == ["once"]
    assert "Sign in as" not in told
    assert seen.after == {"/healthz": 200, "/admin/login": 200}


def test_a_demo_that_fails_is_told_in_words(tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch):
    def load(desk: object, watch: object) -> list[str]:
        raise DemoFailed("somebody was faster")

    monkeypatch.setattr(serving, "load_demo", load)

    answer = CliRunner(env={"BACKOFFICE_VAR": str(tmp_path)}).invoke(main, ["run"])

    assert (answer.exit_code, answer.stderr.splitlines()) == (
        1,
        [
            "error: the demo data could not be entered to their end: somebody was faster",
            "error: what was entered is complete as far as it goes; run again to serve the desk as it is",
        ],
    )


def test_an_administrator_whom_another_run_has_just_added_is_not_added_again(
    tmp_path: Path, seen: Seen, loaded: list[str], monkeypatch: pytest.MonkeyPatch
):
    told: list[str] = []

    def while_another_runs() -> str:
        monkeypatch.setattr(first_run, "generated_password", generated_password)
        told.append(run(tmp_path))
        return generated_password()

    monkeypatch.setattr(first_run, "generated_password", while_another_runs)
    told.append(run(tmp_path))

    assert ["Sign in as admin" in one for one in told] == [True, False]
    assert loaded == ["once"]


def test_what_fails_beside_the_server_ends_it_and_is_raised():
    ended = subprocess.run([sys.executable, "-c", FAILING, HOST, str(free_port())], capture_output=True, text=True)

    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (1, "ZeroDivisionError")
