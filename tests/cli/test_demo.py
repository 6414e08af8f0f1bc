"""``backoffice demo load``, small and in bulk."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backoffice.cli import main
from backoffice.demo.bulk import DemoSize

TINY = DemoSize(customers=6, products=3, assets=8, records=30)


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command on a desk of its own."""
    monkeypatch.setenv("BACKOFFICE_DATABASE_URL", f"sqlite:///{tmp_path}/desk.sqlite")
    monkeypatch.setattr("backoffice.cli.demo.at_scale", lambda scale: TINY)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    assert run("init").exit_code == 0
    return run


def test_a_scale_loads_in_bulk_and_only_once(ran):
    assert "Demo data: 6 customers, 8 units sold, 30 services." in ran("demo", "load", "--scale", "1").output
    assert "nothing was added" in ran("demo", "load", "--scale", "1").output
    assert ran("reconcile").exit_code == 0


def test_a_scale_beyond_the_largest_is_refused(ran):
    refused = ran("demo", "load", "--scale", "26")
    assert refused.exit_code == 2
    assert "1<=x<=25" in refused.output
