"""What ``plugin new`` writes is a whole plugin from the first moment."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from backoffice.domain.service import Subject
from backoffice.plugins import Label, Mode
from backoffice.plugins.scaffold import TEMPLATE, NewPlugin, owner_of, write_plugin
from tests.builders import installed_plugins

ROOT = Path(__file__).parents[2]

CALIBRATION = NewPlugin(
    code="yearly_calibration",
    label=Label("کالیبراسیون", "Yearly calibration"),
    modes=frozenset(Mode),
    subjects=frozenset({Subject.SOFTWARE}),
    needs_asset=True,
)
NARROW = replace(
    CALIBRATION,
    code="x2",
    label=Label("ک" * 40, "W" * 40),
    modes=frozenset({Mode.PHONE}),
    subjects=frozenset(Subject),
    needs_asset=False,
)
LONG = replace(CALIBRATION, code="_".join(["calibrate"] * 4))

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "written"


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Run:
    """A Python module as a command, in the folder, with what is under ``site`` on the path."""

    def command(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
            capture_output=True,
            text=True,
            check=False,
        )

    return command


def wheel_of(project: Path, folder: Path) -> ZipFile:
    """The wheel that the build backend makes of a project, without the network."""
    build = f"import hatchling.build as build; build.build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=project, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    return ZipFile(wheel)


@pytest.mark.parametrize("plugin", [CALIBRATION, NARROW], ids=lambda plugin: plugin.code)
def test_its_own_tests_pass_at_once(plugin: NewPlugin, folder: Path, tmp_path: Path, run: Run):
    write_plugin(plugin, folder)
    wheel_of(folder, tmp_path).extractall(tmp_path / "site")
    done = run("pytest", "-q", "-p", "no:cacheprovider", ".")
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


@pytest.mark.parametrize("plugin", [CALIBRATION, NARROW, LONG], ids=lambda plugin: plugin.code)
def test_it_is_written_as_the_repository_is(plugin: NewPlugin, folder: Path, run: Run):
    write_plugin(plugin, folder)
    config = ROOT / "pyproject.toml"
    for command in (["check"], ["format", "--check"]):
        done = run("ruff", *command, "--no-cache", "--config", config, ".")
        assert done.returncode == 0, done.stdout


def test_it_is_typed(folder: Path, run: Run):
    write_plugin(CALIBRATION, folder)
    done = run("mypy", "--config-file", ROOT / "setup.cfg", "--cache-dir", ROOT / ".mypy_cache", "src")
    assert done.returncode == 0, done.stdout


def test_its_files_are_told(folder: Path):
    told = write_plugin(CALIBRATION, folder)
    assert [str(path) for path in told] == [
        "README.md",
        "pyproject.toml",
        "src/backoffice_yearly_calibration/__init__.py",
        "src/backoffice_yearly_calibration/py.typed",
        "tests/test_contract.py",
    ]
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted(folder / path for path in told)


def test_an_empty_folder_is_filled(folder: Path):
    folder.mkdir()
    assert write_plugin(CALIBRATION, folder)


def test_a_folder_with_anything_in_it_stays_as_it_is(folder: Path):
    folder.mkdir()
    (folder / "mine").write_text("mine")
    with pytest.raises(FileExistsError):
        write_plugin(CALIBRATION, folder)
    assert [path.name for path in folder.iterdir()] == ["mine"]


def test_a_file_in_its_place_stays_as_it_is(folder: Path):
    folder.write_text("mine")
    with pytest.raises(FileExistsError):
        write_plugin(CALIBRATION, folder)
    assert folder.read_text() == "mine"


def test_what_cannot_be_written_whole_is_not_written_at_all(folder: Path, tmp_path: Path, monkeypatch):
    def full(path: Path, *_: object, **__: object) -> None:
        if path.suffix == ".py":
            raise OSError(28, "No space left on device")
        path.touch()

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        write_plugin(CALIBRATION, folder)
    assert [*tmp_path.iterdir()] == []


def test_a_free_code_has_no_owner():
    assert owner_of(CALIBRATION) is None


@pytest.mark.parametrize(
    ("code", "owner"), [("demo", installed_plugins().owners["demo"]), ("retired_service", "the backoffice itself")]
)
def test_a_taken_code_has_an_owner(code: str, owner: str):
    assert owner_of(replace(CALIBRATION, code=code)) == owner


def test_a_plugin_that_is_refused_owns_its_code_all_the_same(install):
    install("yearly_calibration", group="backoffice.v2")
    assert owner_of(CALIBRATION) == "trial-yearly_calibration 1.0"


def test_the_name_of_the_distribution_may_be_taken_too(install):
    install("alpha", distribution="backoffice-yearly-calibration")
    assert owner_of(CALIBRATION) == "backoffice-yearly-calibration 1.0"


def test_the_wheel_of_the_backoffice_carries_the_template(tmp_path: Path):
    template = {f"backoffice/plugins/template/{path.relative_to(TEMPLATE)}" for path in TEMPLATE.rglob("*.*")}
    assert template
    assert template - set(wheel_of(ROOT, tmp_path).namelist()) == set()
