"""``backoffice role``: what each role may do."""

from collections.abc import Callable, Sequence
from typing import cast

import click

from backoffice.access.permissions import PERMISSIONS, ROLES
from backoffice.cli.output import TOLD, Columns, Row, Teller


def _holds(role: str) -> Callable[[Row], str]:
    return lambda row: "x" if role in cast(Sequence[str], row["roles"]) else ""


COLUMNS: Columns = {
    "PERMISSION": "permission",
    **{name.upper(): _holds(name) for name in ROLES},
    "MEANING": "meaning",
}


@click.group()
def role() -> None:
    """Roles, of which each is a set of permissions."""


@role.command("list")
@TOLD
def list_roles(told: Teller) -> None:
    """Every permission and the roles that hold it; an agent sees the service records of the own office alone."""
    rows = [
        {"permission": code, "meaning": label.en, "roles": [name for name, held in ROLES.items() if code in held]}
        for code, label in PERMISSIONS.items()
    ]
    told.rows(rows, COLUMNS)
