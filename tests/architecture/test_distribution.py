"""What is declared is locked, and the lock can be trusted."""

import configparser
import itertools
import re
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NOT_IMPORTED = {
    "flask-limiter": "the limits of sign-in and of the API, from the issue on that brings them",
    "tzdata": "the time zones of zoneinfo, where the system brings none",
}
"""What is declared and no file imports, with the reason why it is declared all the same."""

BINDING = {"flask", "strawberry-graphql", "flask-sqlalchemy", "flask-admin", "pluggy", "marshmallow", "pytest"}
"""The packages that the desk was promised to be built on."""


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, dict]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(root: Path) -> list[str]:
    """The locked requirements, each on one line with its hashes, without the comments."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def locked_versions(lock: list[str]) -> dict[str, str]:
    requirements = [Requirement(line.split("--hash", maxsplit=1)[0]) for line in lock]
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate()
    }


def unlocked(declared: list[str], locked_versions: dict[str, str]) -> list[str]:
    """Which declared requirements the lock does not satisfy."""

    def is_locked(requirement: Requirement) -> bool:
        version = locked_versions.get(canonicalize_name(requirement.name))
        return version is not None and requirement.specifier.contains(version, prereleases=True)

    return [text for text in declared if not is_locked(Requirement(text))]


def test_every_locked_requirement_is_one_version_with_hashes(lock: list[str]):
    pinned = re.compile(r"[\w.-]+(?:\[[\w,-]+\])?==[\w.!+]+ (?:;[^-]+)?.*--hash=sha256:[0-9a-f]{64}")
    assert [line for line in lock if not pinned.match(line)] == []


def test_the_lock_holds_no_address(root: Path):
    assert "://" not in (root / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_satisfies_everything_the_project_declares(project: dict[str, dict], locked_versions: dict[str, str]):
    declared = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    assert unlocked(declared, locked_versions) == []


def test_the_lock_satisfies_everything_the_plugins_declare(root: Path, locked_versions: dict[str, str]):
    declared = [
        text
        for path in root.glob("plugins/*/pyproject.toml")
        for text in tomllib.loads(path.read_text(encoding="utf-8"))["project"].get("dependencies", [])
        if Requirement(text).name != "backoffice"
    ]
    assert unlocked(declared, locked_versions) == []


@pytest.fixture(scope="module")
def imported(modules: list[Path], imports: Callable[[Path], set[str]]) -> dict[str, set[str]]:
    """The packages that the backoffice imports, each with the distributions that may bring it."""
    ours = [path for path in modules if path.parts[0] == "backoffice"]
    packages = {name.split(".")[0] for path in ours for name in imports(path)} - sys.stdlib_module_names
    owners = packages_distributions()
    return {package: {canonicalize_name(owner) for owner in owners.get(package, [])} for package in packages}


def test_every_library_that_is_declared_is_imported_or_has_its_reason(
    project: dict[str, dict], imported: dict[str, set[str]]
):
    declared = {canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]}
    assert declared - set().union(*imported.values()) == NOT_IMPORTED.keys()


def test_what_the_desk_is_promised_to_be_built_on_is_declared_and_imported(
    project: dict[str, dict], imported: dict[str, set[str]]
):
    texts = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["testing"]]
    declared = {canonicalize_name(Requirement(text).name) for text in texts}
    assert declared & set().union(*imported.values()) >= BINDING


def test_every_library_the_backoffice_imports_is_declared(project: dict[str, dict], imported: dict[str, set[str]]):
    optional = project["project"]["optional-dependencies"].values()
    texts = itertools.chain(project["project"]["dependencies"], *optional)
    declared = {canonicalize_name(Requirement(text).name) for text in texts}
    undeclared = {package: owners for package, owners in imported.items() if not declared & owners}
    assert undeclared.keys() == {"backoffice"}


def test_setup_cfg_only_says_how_we_are_judged(root: Path):
    config = configparser.ConfigParser(interpolation=None)
    config.read(root / "setup.cfg", encoding="utf-8")
    judges = {section.split(":")[0].split("-")[0] for section in config.sections()}
    assert judges == {"importlinter", "mypy", "coverage"}
