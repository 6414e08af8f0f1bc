"""The commands for reference data and for the state of the desk."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from backoffice.models import AuditEntry, PlanAddendum, SupportPlan, TariffEdition, TaxRate
from backoffice.models.database import engine_for
from tests.cli.conftest import Rows, Run, read, refused

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SHIPPED = Path(__file__).parents[2] / "backoffice" / "data" / "padra-standard.toml"

# --- tariffs and taxes


def drafts(rows: Rows) -> Sequence[Any]:
    return rows(select(TariffEdition.version).where(TariffEdition.approved_at.is_(None)))


@pytest.mark.parametrize("name", ["tariff.csv", "tariff.xlsx"])
def test_a_tariff_is_imported_and_then_approved_by_a_name(backoffice: Run, rows: Rows, name: str):
    answer = backoffice("tariff", "import", EXAMPLES / name)
    assert (answer.exit_code, drafts(rows)) == (0, [3])
    assert "+10.0%" in answer.output
    answer = backoffice("tariff", "approve", "1405", "3", "--by", "Finance")
    assert (answer.exit_code, drafts(rows)) == (0, [])
    assert rows(select(AuditEntry.actor).where(AuditEntry.operation == "approve_tariff")) == ["finance"]


def test_a_dry_run_writes_nothing(backoffice: Run, rows: Rows):
    assert "+10.0%" in backoffice("tariff", "import", EXAMPLES / "tariff.csv", "--dry-run").output
    assert "12%" in backoffice("tax", "import", EXAMPLES / "taxes.csv", "--dry-run").output
    assert backoffice("plan", "import", EXAMPLES / "plan.toml", "--dry-run").exit_code == 0
    assert (drafts(rows), len(rows(select(TaxRate.id))), len(rows(select(SupportPlan.id)))) == ([], 3, 1)


@pytest.mark.parametrize(
    ("name", "told"),
    [("agent", "tariff.approve"), ("nobody", "nobody"), ("finance", "has not been imported"), ("\udcff", "no user")],
)
def test_an_approval_that_cannot_be_is_refused(backoffice: Run, name: str, told: str):
    assert told in refused(backoffice("tariff", "approve", "1405", "3", "--by", name))


def test_who_has_left_approves_nothing(backoffice: Run, url: str):
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE staff SET active = false WHERE username = 'finance'"))
    engine.dispose()
    assert "not active" in refused(backoffice("tariff", "approve", "1405", "3", "--by", "finance"))


def test_every_mistake_in_a_file_is_told_with_its_row(backoffice: Run, rows: Rows, tmp_path: Path):
    file = tmp_path / "t.csv"
    file.write_text("version,1\ncode,unit,rate_rials\nhour,parsec,x\n", encoding="utf-8")
    told = refused(backoffice("tariff", "import", file))
    assert "Row 3, column “unit”" in told
    assert "Row 3, column “rate_rials”" in told
    assert "“year” is missing" in told
    assert drafts(rows) == []


def test_a_missing_line_is_warned_of(backoffice: Run, tmp_path: Path):
    file = tmp_path / "t.csv"
    head = "jalali_year,1405\nversion,3\neffective_from,1405/10/01\ncode,unit,rate_rials\n"
    file.write_text(f"{head}hour,hour,1\nkm,kilometre,1\n", encoding="utf-8")
    answer = backoffice("tariff", "import", file)
    assert answer.exit_code == 0
    assert "warning: This tariff has no line “callout”" in answer.stderr


def test_taxes_are_imported_once(backoffice: Run, rows: Rows):
    assert "Imported." in backoffice("tax", "import", EXAMPLES / "taxes.csv").output
    assert len(rows(select(TaxRate.id))) == 4
    assert "there already" in backoffice("tax", "import", EXAMPLES / "taxes.csv").output


# --- plans


def test_a_plan_is_imported_and_published(backoffice: Run, rows: Rows):
    assert "version 1 as a draft" in backoffice("plan", "import", EXAMPLES / "plan.toml").output
    assert "Published example-phone version 1." in backoffice("plan", "publish", "example-phone").output
    published = select(SupportPlan.code).where(SupportPlan.published_at.is_not(None)).order_by(SupportPlan.id)
    assert rows(published) == ["padra-standard", "example-phone"]


def test_a_finding_is_told_with_the_line_of_the_file_and_refuses_to_publish(backoffice: Run, tmp_path: Path):
    file = tmp_path / "p.toml"
    shipped = SHIPPED.read_text(encoding="utf-8").replace("version = 1\n", "")
    file.write_text(shipped.replace('inside.when_exhausted = "tariff"\n', "", 1), encoding="utf-8")
    answer = backoffice("plan", "import", file)
    line = file.read_text(encoding="utf-8").splitlines().index('inside.outcome = "allowance"') + 1
    assert f"p.toml:{line}: The term “installation.remote.inside”" in answer.output
    assert "installation.remote.inside" in refused(backoffice("plan", "publish", "padra-standard"))


def test_every_mistake_in_a_plan_file_is_told_with_its_line(backoffice: Run, tmp_path: Path):
    file = tmp_path / "p.toml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    file.write_text(shipped.replace("quantity = 2", "quantity = 0", 1).replace('"free"', '"gratis"', 1), "utf-8")
    told = refused(backoffice("plan", "import", file))
    for wrong, words in (("quantity = 0", "quantity is 0"), ('"gratis"', "outcome is gratis")):
        line = next(at for at, text in enumerate(file.read_text("utf-8").splitlines(), start=1) if wrong in text)
        assert f"p.toml:{line}: " in told
        assert words in told


def test_a_plan_that_is_not_there_is_not_published(backoffice: Run):
    assert "no plan" in refused(backoffice("plan", "publish", "gold"))
    assert "no draft" in refused(backoffice("plan", "publish", "padra-standard"))


ADDED = ("plan", "addendum", "padra-standard", "1", EXAMPLES / "addendum.toml")


def test_an_addendum_is_added_from_a_day_on(backoffice: Run, rows: Rows):
    answer = backoffice(*ADDED, "--from", "1405/07/01", "--reason", "کالیبراسیون")
    assert answer.output == "padra-standard version 1 from 1405/07/01 on: 4 terms for calibration.\nAdded.\n"
    assert rows(select(PlanAddendum.effective_from)) == [date(2026, 9, 23)]
    assert rows(select(AuditEntry.reason).where(AuditEntry.operation == "add_plan_addendum")) == ["کالیبراسیون"]


def test_a_dry_run_of_an_addendum_needs_no_reason_and_adds_nothing(backoffice: Run, rows: Rows):
    assert "Nothing was written." in backoffice(*ADDED, "--dry-run").output
    assert rows(select(PlanAddendum.id)) == []
    assert "reason" in refused(backoffice(*ADDED))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('service_type = "calibration"', 'service_type = "training"', "bad.toml:8: The plan has terms for the service"),
        ('outside.outcome = "tariff"', 'outside.outcome = "not_offered"', "bad.toml:10: The term"),
        ('"free"', '"gratis"', "bad.toml:8: terms 1 (calibration.at_company) › inside › outcome is gratis"),
    ],
)
def test_what_speaks_against_an_addendum_is_told_at_its_line(
    backoffice: Run, rows: Rows, tmp_path: Path, old: str, new: str, told: str
):
    file = tmp_path / "bad.toml"
    file.write_text((EXAMPLES / "addendum.toml").read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert told in refused(backoffice(*ADDED[:-1], file, "--reason", "x"))
    assert rows(select(PlanAddendum.id)) == []


@pytest.mark.parametrize("given", [("padra-standard", "2"), ("gold", "1")])
def test_a_version_that_is_not_published_gets_no_addendum(backoffice: Run, given: tuple[str, str]):
    assert "is not published" in refused(backoffice("plan", "addendum", *given, ADDED[-1], "--reason", "x"))


@pytest.mark.parametrize("wrong", [("--from", "yesterday"), ("--from", "1405/13/01")])
def test_a_day_that_is_none_is_a_wrong_command(backoffice: Run, wrong: tuple[str, str]):
    assert backoffice(*ADDED, *wrong).exit_code == 2


# --- settings and state


def test_the_settings_are_shown_with_their_origin_and_without_secrets(backoffice: Run, url: str):
    answer = backoffice("config", "show", BACKOFFICE_SECRET_KEY="a secret nobody may see")
    lines = {line.split()[0]: line.split()[1:] for line in answer.output.splitlines()}
    assert lines["BACKOFFICE_SECRET_KEY"] == ["environment", "********"]
    assert lines["BACKOFFICE_DATABASE_URL"] == ["environment", "********"]
    assert lines["BACKOFFICE_DEFAULT_PLAN"] == ["default", "padra-standard"]
    assert url not in answer.output


def test_programs_are_told_the_settings_without_secrets(backoffice: Run):
    told = {row["setting"]: row for row in read(backoffice("config", "show", "--json"))}
    assert told["BACKOFFICE_DATABASE_URL"]["value"] == "********"
    assert told["BACKOFFICE_DEFAULT_PLAN"]["origin"] == "default"


def test_settings_in_order_are_said_to_be(backoffice: Run):
    answer = backoffice("config", "check")
    assert (answer.exit_code, answer.output) == (0, "The settings are in order.\n")


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"BACKOFFICE_SECRET_KEY": "short"}, "characters"),
        ({"BACKOFFICE_SECRET_KEY": "x" * 32, "BACKOFFICE_SECRET_KEY_FILE": "f"}, "both set"),
        ({"BACKOFFICE_SECRET_KEY_FILE": "no-such-file"}, "cannot be read"),
        ({"BACKOFFICE_PLUGINS": "installation,haircut"}, "haircut"),
        ({"BACKOFFICE_DEFAULT_PLAN": "gold"}, "gold"),
        ({"BACKOFFICE_DATABASE_URL": "sqlite:///no-such.sqlite"}, "backoffice init"),
        ({"BACKOFFICE_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/x"}, "does not answer"),
        (
            {"BACKOFFICE_ENV": "production", "BACKOFFICE_DATABASE_URL": "postgresql+psycopg://u@127.0.0.1:1/x"},
            "machine",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(backoffice: Run, env: dict[str, str], told: str):
    assert told in refused(backoffice("config", "check", **env))


def test_an_unknown_setting_is_a_wrong_command(backoffice: Run):
    assert backoffice("config", "show", BACKOFFICE_COLOUR="blue").exit_code == 2


def test_a_desk_in_order_is_ready(backoffice: Run):
    answer = backoffice("health")
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-1] == "ready"


def test_a_desk_behind_its_migrations_is_not_ready(backoffice: Run, url: str):
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()
    answer = backoffice("health")
    assert "not ready" in refused(answer)
    assert "FAILED" in answer.stdout


@pytest.mark.parametrize("command", ["health", "version"])
def test_asking_about_a_database_that_is_not_there_makes_none(backoffice: Run, tmp_path: Path, command: str):
    missing = tmp_path / "new" / "none.sqlite"
    backoffice(command, BACKOFFICE_DATABASE_URL=f"sqlite:///{missing}")
    assert not missing.parent.exists()


def test_the_version_is_told_with_the_database(backoffice: Run):
    answer = backoffice("version")
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.output.splitlines()] == ["backoffice", "python", "database"]
