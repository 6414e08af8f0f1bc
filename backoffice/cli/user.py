"""``backoffice user``: members of staff, their roles and passwords."""

import sys
from collections.abc import Sequence
from typing import cast

import click

from backoffice.access.credentials import generated_password, username_key
from backoffice.access.permissions import ROLES
from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Row, Teller
from backoffice.cli.selecting import want
from backoffice.operations.desk import Desk
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.staff.deactivate_staff import DeactivateStaff, deactivate_staff
from backoffice.operations.staff.move_staff import MoveStaff, move_staff
from backoffice.operations.staff.reactivate_staff import ReactivateStaff, reactivate_staff
from backoffice.operations.staff.reset_password import ResetPassword, reset_password
from backoffice.operations.staff.set_staff_roles import SetStaffRoles, set_staff_roles
from backoffice.query.global_id import key_of

ROLE = click.Choice(list(ROLES))
NAME = click.argument("name")
PASSWORD_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; without it one is made and printed."
)

ACCOUNT = want(
    *("id", "username", "name", "active", "lockedUntil", "createdAt"),
    office=want("code", "name"),
    roles=want(role=want("name")),
)


def _roles(row: Row) -> Sequence[str]:
    return [held["role"]["name"] for held in cast(Sequence[dict[str, dict[str, str]]], row["roles"])]


COLUMNS: Columns = {
    "USER": "username",
    "ROLES": _roles,
    "OFFICE": "office.code",
    "ACTIVE": "active",
    "LOCKED UNTIL": "lockedUntil",
    "NAME": "name",
}


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("list")
@TOLD
def list_users(told: Teller) -> None:
    """Everybody, with their roles; those who are active first."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("StaffAccount", ACCOUNT), COLUMNS)


@user.command("add")
@NAME
@click.option("--role", required=True, type=ROLE, help="What the person may do.")
@click.option("--office", default="HQ", show_default=True, help="Code of the person's office.")
@PASSWORD_STDIN
def add_user(name: str, role: str, office: str, password_stdin: bool) -> None:  # noqa: FBT001  # click's flag
    """Add NAME, who signs in with it."""
    password = _password() if password_stdin else generated_password()
    with opened_desk() as desk:
        result = add_staff(desk, system_viewer(), AddStaff(username=name, role=role, office=office, password=password))
    refuse_problems(result.problems)
    click.echo(f"Added {name} as {role} of {office}.")
    if not password_stdin:
        click.echo(f"Password, shown once: {password}")


@user.command("role")
@NAME
@click.argument("roles", nargs=-1, required=True, type=ROLE)
def set_roles(name: str, roles: tuple[str, ...]) -> None:
    """Give NAME these ROLES and no others, from now on."""
    with opened_desk() as desk:
        result = set_staff_roles(desk, system_viewer(), SetStaffRoles(id=_key(desk, name), roles=roles))
    refuse_problems(result.problems)
    click.echo(f"{name} holds {', '.join(roles)} now.")


@user.command("office")
@NAME
@click.argument("office")
def move(name: str, office: str) -> None:
    """Let NAME work for the office with the code OFFICE, from now on; records stay where they are."""
    with opened_desk() as desk:
        result = move_staff(desk, system_viewer(), MoveStaff(id=_key(desk, name), office=office))
    refuse_problems(result.problems)
    click.echo(f"{name} works for {office} now.")


@user.command("password")
@NAME
@PASSWORD_STDIN
def set_password(name: str, password_stdin: bool) -> None:  # noqa: FBT001  # click's flag
    """Give NAME a new password: open sessions end, and a lock after failed attempts is lifted."""
    password = _password() if password_stdin else generated_password()
    with opened_desk() as desk:
        result = reset_password(desk, system_viewer(), ResetPassword(id=_key(desk, name), password=password))
    refuse_problems(result.problems)
    click.echo(f"{name} has a new password.")
    if not password_stdin:
        click.echo(f"Password, shown once: {password}")


@user.command()
@NAME
@click.option("--reason", help="Why; it stays in the audit trail.")
def deactivate(name: str, reason: str | None) -> None:
    """Let NAME sign in no more: open sessions end and tokens are revoked; what they did stays."""
    with opened_desk() as desk:
        result = deactivate_staff(desk, system_viewer(), DeactivateStaff(id=_key(desk, name), reason=reason))
    refuse_problems(result.problems)
    click.echo(f"{name} cannot sign in any more.")


@user.command()
@NAME
def reactivate(name: str) -> None:
    """Let NAME sign in again; the tokens stay revoked."""
    with opened_desk() as desk:
        result = reactivate_staff(desk, system_viewer(), ReactivateStaff(id=_key(desk, name)))
    refuse_problems(result.problems)
    click.echo(f"{name} can sign in again.")


def _password() -> str:
    return sys.stdin.readline().rstrip("\n")


def _key(desk: Desk, name: str) -> int:
    """The number of the member with this user name, which operations go by."""
    with reading(desk) as reader:
        keys = {str(row["username"]): key_of("StaffAccount", row["id"]) for row in reader.list("StaffAccount", ACCOUNT)}
    key = keys.get(username_key(name))
    if key is None:
        raise unknown("user", name, keys)
    return key
