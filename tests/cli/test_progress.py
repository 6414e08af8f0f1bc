"""Long work shows how far it is to whoever watches, on standard error, and to nobody else."""

import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from backoffice.cli import main
from backoffice.cli.progress import progress, watched
from backoffice.migrations import upgrade
from backoffice.migrations.revisions import pending
from backoffice.models.database import engine_for
from tests.cli.every_command import ROOT


class Screen(io.StringIO):
    """Standard error as a terminal or as a pipe."""

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        return self.watched


def shown(monkeypatch: pytest.MonkeyPatch, *, watched: bool) -> Screen:
    screen = Screen(watched=watched)
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_a_terminal_is_shown_each_step(monkeypatch: pytest.MonkeyPatch):
    screen = shown(monkeypatch, watched=True)
    assert list(watched("Counting")(["a", "b", "c"])) == ["a", "b", "c"]
    assert all(text in screen.getvalue() for text in ("Counting", "1/3", "2/3", "3/3"))


def test_a_pipe_is_shown_nothing(monkeypatch: pytest.MonkeyPatch):
    screen = shown(monkeypatch, watched=False)
    assert list(watched("Counting")(["a", "b"])) == ["a", "b"]
    with progress("Loading", 2) as advance:
        advance(2)
    assert screen.getvalue() == ""


def test_no_work_is_shown_nothing(monkeypatch: pytest.MonkeyPatch):
    screen = shown(monkeypatch, watched=True)
    with progress("Upgrading", 0):
        pass
    assert screen.getvalue() == ""


def test_an_upgrade_tells_of_each_revision(tmp_path: Path):
    engine = engine_for(f"sqlite:///{tmp_path}/desk.sqlite")
    every, applied = pending(engine), []
    assert every[0] == "0001"
    upgrade(engine, applied=lambda: applied.append(pending(engine)))
    assert len(applied) == len(every)
    assert pending(engine) == ()
    engine.dispose()


def test_checked_cases_leave_standard_output_to_what_came_of_them(tmp_path: Path):
    file = ROOT / "tests" / "data" / "decisions.json"
    answer = CliRunner(env={"BACKOFFICE_VAR": str(tmp_path)}).invoke(main, ["cases", "check", str(file)])
    assert answer.stdout == "30 passed, 0 failed\n"
