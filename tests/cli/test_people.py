"""``backoffice user``, ``token`` and ``role``: who works here, what they may do, and the programs that act for them."""

from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from backoffice.access.permissions import PERMISSIONS
from backoffice.access.tokens import SHOWN_LENGTH, is_well_formed
from backoffice.cli import main
from backoffice.models import ApiToken, AuditEntry, Staff
from tests.cli.conftest import Rows, Run, read, refused, table


def member(backoffice: Run, username: str) -> Any:
    [found] = [one for one in read(backoffice("user", "list", "--json")) if one["username"] == username]
    return found


def roles(backoffice: Run, username: str) -> list[str]:
    return [held["role"]["name"] for held in member(backoffice, username)["roles"]]


def made(backoffice: Run, *arguments: str) -> str:
    """A new token of the agent."""
    token = backoffice("token", "create", "--user", "agent", *arguments).stdout.strip()
    assert is_well_formed(token)
    return token


def test_everybody_is_listed_with_role_and_office(backoffice: Run):
    listed = {line[0]: line[1:] for line in table(backoffice("user", "list"))}
    assert listed["other_agent"] == ["agent", "TABRIZ", "yes", "-", "other_agent"]
    assert len(listed) == 6


def test_someone_gets_other_roles(backoffice: Run):
    assert backoffice("user", "role", "Agent", "supervisor", "finance").exit_code == 0
    assert set(roles(backoffice, "agent")) == {"finance", "supervisor"}


def test_someone_moves_to_another_office(backoffice: Run):
    assert backoffice("user", "office", "Agent", "TABRIZ").exit_code == 0
    assert member(backoffice, "agent")["office"]["code"] == "TABRIZ"
    told = refused(backoffice("user", "office", "agent", "MOON"))
    assert "MOON" in told
    assert member(backoffice, "agent")["office"]["code"] == "TABRIZ"


def test_someone_must_be_left_who_manages_staff(backoffice: Run):
    told = refused(backoffice("user", "role", "admin", "agent"))
    assert told == "error: roles: Nobody would be left who can manage staff.\n"
    assert roles(backoffice, "admin") == ["admin"]


@pytest.mark.parametrize(
    "arguments", [("role", "agent"), ("role", "agent", "emperor"), ("password",), ("deactivate",)], ids=" ".join
)
def test_what_names_nobody_or_no_role_is_a_wrong_command(backoffice: Run, arguments: tuple[str, ...]):
    assert backoffice("user", *arguments).exit_code == 2


@pytest.mark.parametrize("command", [("role", "agnt", "agent"), ("password", "agnt"), ("deactivate", "agnt")])
def test_an_unknown_user_is_refused_with_those_there_are(backoffice: Run, command: tuple[str, ...]):
    assert "there is no user agnt; there are admin, agent," in refused(backoffice("user", *command))


def test_a_new_password_is_told_once_and_kept_as_a_hash(backoffice: Run, rows: Rows):
    [before] = rows(select(Staff.password).where(Staff.username == "agent"))
    told = backoffice("user", "password", "agent").stdout.split()[-1]
    [after] = rows(select(Staff.password).where(Staff.username == "agent"))
    assert before != after
    assert told not in after


def test_a_password_from_standard_input_is_not_told(url: str):
    runner = CliRunner(env={"BACKOFFICE_DATABASE_URL": url})
    answer = runner.invoke(main, ["user", "password", "agent", "--password-stdin"], input="a very long secret\n")
    assert (answer.exit_code, "secret" in answer.output) == (0, False)


def test_a_weak_password_is_refused(url: str):
    runner = CliRunner(env={"BACKOFFICE_DATABASE_URL": url})
    answer = runner.invoke(main, ["user", "password", "agent", "--password-stdin"], input="short\n")
    assert (answer.exit_code, "at least" in answer.stderr) == (1, True)


def test_who_leaves_signs_in_no_more_and_loses_the_tokens(backoffice: Run, rows: Rows):
    made(backoffice)
    assert backoffice("user", "deactivate", "agent", "--reason", "رفت").exit_code == 0
    assert member(backoffice, "agent")["active"] is False
    assert rows(select(ApiToken.id).where(ApiToken.revoked_at.is_(None))) == []
    assert rows(select(AuditEntry.reason).where(AuditEntry.operation == "deactivate_staff")) == ["رفت"]
    assert refused(backoffice("user", "deactivate", "agent")) == "error: This member was deactivated earlier.\n"


def test_who_comes_back_signs_in_again(backoffice: Run):
    backoffice("user", "deactivate", "agent")
    assert backoffice("user", "reactivate", "agent").exit_code == 0
    assert member(backoffice, "agent")["active"] is True
    assert "active" in refused(backoffice("user", "reactivate", "agent"))


def test_tokens_are_listed_by_their_first_characters(backoffice: Run):
    token = made(backoffice, "--scope", "record.read", "--name", "site")
    [line] = table(backoffice("token", "list"))
    assert (line[:3], line[-2:]) == ([token[:SHOWN_LENGTH], "agent", "live"], ["record.read", "site"])
    assert token not in backoffice("token", "list", "--json").output


def test_tokens_of_one_user_are_listed_alone(backoffice: Run):
    made(backoffice)
    assert table(backoffice("token", "list", "--user", "finance")) == []
    assert len(table(backoffice("token", "list", "--user", "Agent"))) == 1
    assert "there is no user nobody" in refused(backoffice("token", "list", "--user", "nobody"))


@pytest.mark.parametrize("given", [SHOWN_LENGTH, None], ids=["first characters", "whole"])
def test_a_token_is_revoked_once(backoffice: Run, given: int | None):
    token = made(backoffice)
    answer = backoffice("token", "revoke", token[:given])
    assert answer.output == f"Revoked the token {token[:SHOWN_LENGTH]}.\n"
    assert table(backoffice("token", "list"))[0][2] == "revoked"
    assert refused(backoffice("token", "revoke", token[:given])) == "error: This token is revoked already.\n"


def test_an_unknown_token_is_refused_with_those_there_are(backoffice: Run):
    token = made(backoffice)
    told = refused(backoffice("token", "revoke", "bo_xxxxxx"))
    assert told == f"error: there is no token bo_xxxxxx; there are {token[:SHOWN_LENGTH]}\n"


def test_every_permission_is_listed_with_its_roles():
    answer = CliRunner().invoke(main, ["role", "list"])
    lines = {line.split()[0]: line.split()[1:6] for line in answer.stdout.splitlines()}
    assert lines["PERMISSION"] == ["VIEWER", "AGENT", "SUPERVISOR", "FINANCE", "ADMIN"]
    assert lines["charge.confirm"] == ["-", "-", "-", "x", "x"]
    assert lines.keys() == {"PERMISSION", *PERMISSIONS}


def test_programs_are_told_the_roles_of_each_permission():
    held = {one["permission"]: one["roles"] for one in read(CliRunner().invoke(main, ["role", "list", "--json"]))}
    assert held["charge.confirm"] == ["finance", "admin"]
