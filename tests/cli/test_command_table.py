"""The commands of someone who operates a desk: what they print, what they change, how they refuse."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from backoffice.access.tokens import is_well_formed
from backoffice.cli import main
from backoffice.cli.command_table import COMMANDS
from backoffice.models import ApiToken, Customer, Office, ServiceRecord, Staff, SupportPlan
from backoffice.models.database import Database, engine_for
from backoffice.operations.proofs.reconcile import Difference
from tests.builders import PASSWORD
from tests.cli.every_command import commands

CASES = Path(__file__).parents[1] / "data" / "decisions.json"


@pytest.fixture
def url(make_database):
    """The address of a migrated database without rows."""
    return make_database().engine.url.render_as_string(hide_password=False)


@pytest.fixture
def backoffice(url, tmp_path):
    """Run the command line on that database."""
    environment = {"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)}

    def run(*arguments, given=None, **env):
        return CliRunner(env={**environment, **env}).invoke(main, arguments, input=given, catch_exceptions=False)

    return run


@pytest.fixture
def rows(url):
    """Read from that database."""
    engine = engine_for(url)

    def read(statement):
        with Database(engine).reading() as session:
            return session.scalars(statement).all()

    yield read
    engine.dispose()


@pytest.fixture
def desk(backoffice):
    assert backoffice("init").exit_code == 0
    return backoffice


def test_init_makes_the_head_office_and_publishes_the_plan_and_loads_no_customers(desk, rows):
    assert rows(select(Office.code).where(Office.is_origin)) == ["HQ"]
    assert rows(select(SupportPlan.code).where(SupportPlan.published_at.is_not(None))) == ["padra-standard"]
    assert rows(select(func.count()).select_from(Customer)) == [0]


def test_init_may_be_repeated(desk, rows):
    assert desk("init").exit_code == 0
    assert rows(select(func.count()).select_from(Office)) == [1]


def test_upgrade_tells_the_revision(backoffice):
    assert "revision" in backoffice("upgrade").output


def test_someone_added_with_a_password_from_standard_input_is_not_told_it(desk, rows):
    answer = desk("user", "add", "Nasrin", "--role", "agent", "--password-stdin", given=f"{PASSWORD}\n")

    assert answer.exit_code == 0
    assert PASSWORD not in answer.output
    assert rows(select(Staff.username)) == ["nasrin"]


def test_someone_added_without_a_password_is_given_one(desk):
    assert "shown once" in desk("user", "add", "nasrin", "--role", "agent").output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--role", "agent", "--office", "NOWHERE"], 1, "NOWHERE"),
        (["--role", "emperor"], 2, "emperor"),
        ([], 2, "--role"),
    ],
    ids=["office", "role", "nothing"],
)
def test_someone_who_cannot_be_added_is_refused_with_the_reason(desk, rows, arguments, status, told):
    answer = desk("user", "add", "nasrin", *arguments)

    assert answer.exit_code == status
    assert told in answer.output
    assert rows(select(func.count()).select_from(Staff)) == [0]


def test_a_weak_password_is_refused(desk):
    answer = desk("user", "add", "nasrin", "--role", "agent", "--password-stdin", given="short\n")

    assert (answer.exit_code, "password" in answer.output) == (1, True)


def test_a_name_is_given_once(desk):
    desk("user", "add", "nasrin", "--role", "agent")

    answer = desk("user", "add", "NASRIN", "--role", "viewer")

    assert (answer.exit_code, "nasrin" in answer.output) == (1, True)


def test_a_token_stands_alone_on_the_last_line_and_nowhere_in_the_database(desk, rows):
    desk("user", "add", "nasrin", "--role", "agent")

    token = desk("token", "create", "--user", "nasrin", "--scope", "record.read", "--expires", "30").stdout

    assert is_well_formed(token.rstrip("\n"))
    assert rows(select(ApiToken.scopes)) == [["record.read"]]
    assert token.strip() not in rows(select(ApiToken.token_hash))


@pytest.mark.parametrize("arguments", [["--user", "nobody"], ["--user", "nasrin", "--scope", "fly"]], ids=str)
def test_a_token_for_nobody_or_of_an_unknown_scope_is_refused(desk, arguments):
    desk("user", "add", "nasrin", "--role", "agent")

    assert desk("token", "create", *arguments).exit_code in {1, 2}


def test_the_schema_has_exactly_the_plugins_that_are_named(backoffice):
    sdl = backoffice("schema", "export", "--plugins", "demo").stdout

    assert "type DemoRecord implements" in sdl
    assert "TrainingRecord" not in sdl


@pytest.mark.parametrize("named", ["demo,nothing_such", "nothing_such"])
def test_a_schema_without_a_plugin_that_is_named_is_not_printed(backoffice, named):
    answer = backoffice("schema", "export", "--plugins", named)

    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "nothing_such" in answer.stderr


def test_the_worked_decisions_all_come_out(backoffice):
    answer = backoffice("cases", "check", str(CASES))

    assert (answer.exit_code, answer.stdout.splitlines()[-1]) == (0, "30 passed, 0 failed")


def test_the_worked_decisions_are_of_the_shipped_plan_whatever_the_desk_decides_by(backoffice, tmp_path):
    one = tmp_path / "one.json"
    cases = json.loads(CASES.read_text("utf-8"))
    one.write_text(json.dumps(cases | {"scenarios": cases["scenarios"][:1]}), "utf-8")

    answer = backoffice("cases", "check", str(one), BACKOFFICE_DEFAULT_PLAN="gold")

    assert answer.stdout == "1 passed, 0 failed\n"


def test_a_decision_that_does_not_come_out_is_named_with_what_came(backoffice, tmp_path):
    cases = json.loads(CASES.read_text("utf-8"))
    cases["scenarios"] = cases["scenarios"][:2]
    cases["scenarios"][1]["steps"][0]["expect"]["outcome"] = "QUOTE"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(cases), "utf-8")

    answer = backoffice("cases", "check", str(wrong))

    assert answer.exit_code == 1
    assert cases["scenarios"][1]["name"] in answer.stdout
    assert "ALLOWANCE" in answer.stdout
    assert answer.stdout.splitlines()[-1] == "1 passed, 1 failed"


def test_checking_cases_leaves_the_desk_as_it_was(desk, rows):
    desk("cases", "check", str(CASES))

    assert rows(select(func.count()).select_from(ServiceRecord)) == [0]


def test_the_head_of_a_file_of_cases_is_loaded_once(desk):
    assert desk("cases", "load", str(CASES)).exit_code == 0
    assert desk("cases", "load", str(CASES)).exit_code == 1


DEEP = "[" * 100_000


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", DEEP], ids=["empty", "list", "object", "words", "deep"])
def test_a_file_that_holds_no_cases_is_refused(desk, tmp_path, text):
    file = tmp_path / "cases.json"
    file.write_text(text)

    assert desk("cases", "check", str(file)).output.startswith(f"error: {file} is not")


def test_a_mistake_in_a_file_of_cases_is_told_at_its_place(backoffice, tmp_path):
    cases = json.loads(CASES.read_text("utf-8"))
    cases["scenarios"][3]["steps"][0]["mode"] = "pigeon"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(cases), "utf-8")

    answer = backoffice("cases", "check", str(wrong))

    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "error: scenarios.3.steps.0.mode: Must be one of: remote" in answer.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_of_cases_may_be_saved_by_any_editor(desk, tmp_path, encoding):
    file = tmp_path / "cases.json"
    file.write_text(CASES.read_text("utf-8"), encoding)

    assert desk("cases", "load", str(file)).exit_code == 0


def test_a_desk_without_records_has_no_differences(desk):
    assert desk("reconcile").output == "No differences.\n"


def test_the_first_differences_are_named_and_how_many_more_there_are(desk, monkeypatch):
    wrong = [Difference("is off", "Charge", number) for number in range(1, 53)]
    monkeypatch.setattr("backoffice.cli.tables.differences_of", lambda session, each: wrong)

    told, everything = desk("reconcile"), desk("reconcile", "--all")

    assert (told.exit_code, everything.exit_code) == (1, 1)
    assert told.output.splitlines()[-2:] == [
        "error: Charge 50: is off",
        "error: and 2 more differences; --all names them",
    ]
    assert everything.output.splitlines()[-1] == "error: Charge 52: is off"


def test_statistics_are_counted_anew_on_demand(desk):
    assert desk("reconcile", "--rebuild-summary").output == "The statistics are counted anew.\nNo differences.\n"


def test_an_unknown_decision_is_named(desk):
    answer = desk("decision", "replay", "7")

    assert (answer.exit_code, "7" in answer.output) == (1, True)


def test_a_database_without_tables_is_told_in_one_line(tmp_path):
    environment = {"BACKOFFICE_VAR": str(tmp_path)}

    answer = CliRunner(env=environment).invoke(main, ["reconcile"])

    assert answer.exit_code == 1
    assert "backoffice init" in answer.output
    assert "Traceback" not in answer.output


def test_an_unknown_setting_is_a_wrong_command(backoffice):
    answer = backoffice("plugin", "list", BACKOFFICE_COLOUR="blue")

    assert (answer.exit_code, "BACKOFFICE_COLOUR" in answer.output) == (2, True)


@pytest.mark.parametrize("words", [*COMMANDS, *(words for words, _ in commands() if " " in words)])
def test_every_command_explains_itself(words):
    answer = CliRunner().invoke(main, [*words.split(), "--help"])

    assert answer.exit_code == 0
    assert "\n  " in answer.output
