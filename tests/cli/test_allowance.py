"""``backoffice allowance``: uses from before the desk, entered for a unit by its serial number."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backoffice.cli import command_desk, main
from backoffice.models import AllowanceSlot, AuditEntry
from tests.builders import NOW, Kit, kit_on, prepare_desk
from tests.databases import MakeDatabase

Run = Callable[..., Result]
WHY = ("--reason", "کارت خدمات ۱۴۰۴")


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    kit = kit_on(make_database(prepare_desk))
    kit.purchase(serial_number="PD-۱۲-a")
    return kit


@pytest.fixture
def opening(kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(command_desk, "system_clock", lambda: NOW)
    url = kit.desk.database.engine.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> Result:
        environment = {"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)}
        command = ["allowance", "opening", *arguments]
        return CliRunner(env=environment).invoke(main, command, catch_exceptions=False)

    return run


def test_several_allowances_of_a_unit_are_entered_with_their_reason(kit: Kit, opening: Run):
    answer = opening("PD-12-A", "--used", "installation.remote=2", "--used", "training.remote=۱", *WHY)
    assert (answer.exit_code, answer.output) == (0, "Entered for PD-12-A.\n")
    assert len(kit.rows(AllowanceSlot, record_id=None)) == 3
    (entry,) = kit.rows(AuditEntry, operation="set_opening_balances")
    assert (entry.actor, entry.reason) == ("system", WHY[1])


def test_the_same_again_says_that_nothing_changed(kit: Kit, opening: Run):
    opening("PD-12-A", "--used", "installation.remote=1", *WHY)
    assert "stood like that already" in opening("PD-12-A", "--used", "installation.remote=1", *WHY).output
    assert len(kit.rows(AllowanceSlot)) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("PD-99", "--used", "training.remote=1"), "no unit with the serial number PD-99"),
        (("PD-12-A", "--used", "gifts=1"), "balances: support: gifts: No present period"),
        (("PD-12-A", "--used", "warranty:training.remote=1"), "balances: warranty: training.remote: No present period"),
        (("PD-12-A", "--used", "training.remote=1", "--used", "installation.remote=3"), "At most 2 uses"),
        (("PD-12-A", "--used", "training.remote=1", "--used", "training.remote=0"), "named twice"),
    ],
)
def test_what_cannot_be_entered_is_told_and_none_of_it_is(
    kit: Kit, opening: Run, arguments: tuple[str, ...], told: str
):
    answer = opening(*arguments, *WHY)
    assert answer.exit_code == 1
    assert told in answer.stderr
    assert kit.rows(AllowanceSlot) == []


@pytest.mark.parametrize("used", ["training.remote", "=1", "training.remote=-1", "goodwill:training.remote=1", "a=b"])
def test_a_balance_that_is_none_is_a_wrong_command(opening: Run, used: str):
    assert opening("PD-12-A", "--used", used, *WHY).exit_code == 2


def test_without_a_balance_or_a_reason_it_is_a_wrong_command(opening: Run):
    assert opening("PD-12-A", *WHY).exit_code == 2
    assert opening("PD-12-A", "--used", "training.remote=1").exit_code == 2
