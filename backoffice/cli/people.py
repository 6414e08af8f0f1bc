"""``backoffice user`` and ``backoffice token``: staff and the API tokens that act for them."""

import sys

import click

from backoffice.access.credentials import generated_password
from backoffice.access.permissions import PERMISSIONS, ROLES
from backoffice.access.roles import system_viewer
from backoffice.cli.desk import opened_desk, refuse_problems
from backoffice.operations.add_staff import AddStaff, add_staff
from backoffice.operations.create_token import CreateToken, create_token


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(list(ROLES)), help="What the person may do.")
@click.option("--office", default="HQ", show_default=True, help="Code of the person's office.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; without it one is made and printed."
)
def add_user(name: str, role: str, office: str, password_stdin: bool) -> None:  # noqa: FBT001  # click's flag
    """Add NAME, who signs in with it."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else generated_password()
    with opened_desk() as desk:
        result = add_staff(desk, system_viewer(), AddStaff(username=name, role=role, office=office, password=password))
    refuse_problems(result.problems)
    click.echo(f"Added {name} as {role} of {office}.")
    if not password_stdin:
        click.echo(f"Password, shown once: {password}")


@click.group()
def token() -> None:
    """API tokens of programs that act for someone."""


@token.command("create")
@click.option("--user", "username", required=True, help="Whom the token acts for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(list(PERMISSIONS)), help="Permit this only; may be repeated."
)
@click.option(
    "--expires", "days", default=365, show_default=True, type=click.IntRange(1, 365), help="Days until it ends."
)
@click.option("--name", default="", help="What the token is for.")
def create(username: str, scopes: tuple[str, ...], days: int, name: str) -> None:
    """Make a token and print it, once, alone on the last line."""
    with opened_desk() as desk:
        made = create_token(desk, system_viewer(), CreateToken(username=username, scopes=scopes, days=days, name=name))
    refuse_problems(made.result.problems)
    click.echo(f"A token of {username}, for {days} days. It is not shown again.", err=True)
    click.echo(made.token)
