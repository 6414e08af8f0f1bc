"""A new author who follows the page to the letter has a service type that records."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner

from backoffice.cli import main, plugin_new
from backoffice.plugins import Registry
from backoffice.plugins.admission import admit
from backoffice.query.global_id import to_global_id
from tests.builders import kit_on, prepare_desk
from tests.databases import Copies
from tests.plugins.test_tutorial import PAGE, module
from tests.schema.conftest import Api, app_of

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the command of the page writes, in a checkout."""
    monkeypatch.setattr(plugin_new, "owner_of", lambda plugin: None)  # whoever followed the page has it installed
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "backoffice"\n')
    (command,) = re.findall(r"^\.venv/bin/backoffice (plugin new .*)$", TEXT, re.MULTILINE)
    assert CliRunner().invoke(main, shlex.split(command)).exit_code == 0
    return tmp_path / "plugins" / "calibration"


@pytest.fixture
def api(written: Path, sqlite_copies: Copies) -> Iterator[Api]:
    """The API of a desk that has what was written, and nothing else."""
    source = (written / "src/backoffice_calibration/__init__.py").read_text(encoding="utf-8")
    registry = Registry(MappingProxyType({"calibration": admit("calibration", module(source))}))
    with sqlite_copies.copy(prepare_desk) as database:
        kit = kit_on(database)
        kit = replace(kit, desk=replace(kit.desk, registry=registry))
        yield Api(kit, app_of(kit).test_client())


def test_the_page_names_the_files_that_are_written(written: Path):
    files = {str(path.relative_to(written)) for path in written.rglob("*") if path.is_file()}
    assert set(re.findall(r"^\| `([\w/.]+\.[a-z]+)` \|", TEXT, re.MULTILINE)) == files


def test_the_mutation_of_the_page_is_refused_by_the_check_and_recorded_with_less(api: Api):
    (mutation,) = re.findall(r"^```graphql\n(mutation.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    asset = {"asset": to_global_id("Asset", api.kit.purchase())}
    refused = api.data(mutation, asset)["recordService"]
    assert [error["path"] for error in refused["errors"]] == [["request", "calibration", "note"]]
    recorded = api.data(mutation.replace("quantity: 12", "quantity: 2"), asset)["recordService"]
    assert recorded["serviceRecord"]["request"] == {"quantity": 2, "note": None}
    assert recorded["coverage"]["outcome"] == "TARIFF"
