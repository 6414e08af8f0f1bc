"""``backoffice token``: the API tokens with which programs act for members of staff."""

from datetime import datetime
from typing import cast

import click

from backoffice.access.credentials import username_key
from backoffice.access.permissions import PERMISSIONS
from backoffice.access.tokens import SHOWN_LENGTH
from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Row, Teller
from backoffice.cli.selecting import want
from backoffice.operations.desk import Desk
from backoffice.operations.staff.create_token import LONGEST_DAYS, CreateToken, create_token
from backoffice.operations.staff.revoke_token import RevokeToken, revoke_token
from backoffice.query.global_id import key_of

TOKEN = want(
    *("id", "prefix", "name", "scopes", "createdAt", "expiresAt", "lastUsedAt", "revokedAt"), account=want("username")
)


@click.group()
def token() -> None:
    """API tokens of programs that act for someone."""


@token.command("list")
@click.option("--user", "username", help="Those that act for this user alone.")
@TOLD
def list_tokens(username: str | None, told: Teller) -> None:
    """Every token by its first characters, the newest first; the rest of it is kept nowhere."""
    with opened_desk() as desk, reading(desk) as reader:
        tokens = reader.list("ApiToken", TOKEN)
        if username is not None:
            users = {str(row["username"]) for row in reader.list("StaffAccount", want("username"))}
            if username_key(username) not in users:
                raise unknown("user", username, users)
            tokens = [row for row in tokens if _username(row) == username_key(username)]
        told.rows(tokens, _columns(desk.clock()))


@token.command("create")
@click.option("--user", "username", required=True, help="Whom the token acts for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(list(PERMISSIONS)), help="Permit this only; may be repeated."
)
@click.option(
    "--expires",
    "days",
    default=LONGEST_DAYS,
    show_default=True,
    type=click.IntRange(1, LONGEST_DAYS),
    help="Days until it ends.",
)
@click.option("--name", default="", help="What the token is for.")
def create(username: str, scopes: tuple[str, ...], days: int, name: str) -> None:
    """Make a token and print it, once, alone on the last line."""
    with opened_desk() as desk:
        made = create_token(desk, system_viewer(), CreateToken(username=username, scopes=scopes, days=days, name=name))
    refuse_problems(made.problems)
    click.echo(f"A token of {username}, for {days} days. It is not shown again.", err=True)
    click.echo(made.told)


@token.command()
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """Refuse the token that begins with PREFIX from now on; there is no way back."""
    with opened_desk() as desk:
        result = revoke_token(desk, system_viewer(), RevokeToken(id=_key(desk, prefix)))
    refuse_problems(result.problems)
    click.echo(f"Revoked the token {prefix[:SHOWN_LENGTH]}.")


def _key(desk: Desk, prefix: str) -> int:
    """The number of the one token with these first characters; more of it may be given."""
    with reading(desk) as reader:
        tokens = reader.list("ApiToken", TOKEN)
    found = [key for row in tokens if row["prefix"] == prefix[:SHOWN_LENGTH] and (key := key_of("ApiToken", row["id"]))]
    if not found:
        raise unknown("token", prefix[:SHOWN_LENGTH], (str(row["prefix"]) for row in tokens))
    if len(found) > 1:
        raise CommandRefused(f"{len(found)} tokens begin with {prefix[:SHOWN_LENGTH]}; revoke them in the admin")
    return found[0]


def _username(row: Row) -> object:
    return cast(Row, row["account"])["username"]


def _columns(now: datetime) -> Columns:
    def state(row: Row) -> str:
        if row["revokedAt"] is not None:
            return "revoked"
        return "live" if cast(datetime, row["expiresAt"]) > now else "expired"

    return {
        "PREFIX": "prefix",
        "USER": "account.username",
        "STATE": state,
        "EXPIRES": "expiresAt",
        "LAST USED": "lastUsedAt",
        "SCOPES": lambda row: row["scopes"] or "all of the user's",
        "NAME": "name",
    }
