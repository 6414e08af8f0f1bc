"""``backoffice office``: the places where staff work, and from which distances count."""

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Teller
from backoffice.cli.selecting import want
from backoffice.models import OfficeKind
from backoffice.operations.desk import Desk
from backoffice.operations.reference.add_office import AddOffice, ChangeOffice, add_office, change_office
from backoffice.operations.result import UNSET
from backoffice.query.global_id import key_of

KINDS = {kind.name: kind for kind in OfficeKind}
KIND = click.Choice(list(KINDS), case_sensitive=False)
ORIGIN = click.option(
    "--origin", is_flag=True, help="Count road distances from here, and no longer from where they did."
)

OFFICE = want("id", "code", "name", "kind", "isOrigin", "distanceCount")
COLUMNS: Columns = {
    "CODE": "code",
    "KIND": "kind",
    "ORIGIN": "isOrigin",
    "DISTANCES": "distanceCount",
    "NAME": "name",
}


@click.group()
def office() -> None:
    """The head office, branches and agencies."""


@office.command("list")
@TOLD
def list_offices(told: Teller) -> None:
    """Every office: whether distances count from it, and to how many sites its distance is known."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("Office", OFFICE), COLUMNS)


@office.command()
@click.argument("code")
@click.option("--name", required=True, help="What people call it.")
@click.option("--kind", required=True, type=KIND, help="What it is.")
@ORIGIN
def add(code: str, name: str, kind: str, origin: bool) -> None:  # noqa: FBT001  # click's flag
    """Add the office CODE."""
    command = AddOffice(code=code, name=name, kind=KINDS[kind], is_origin=origin)
    with opened_desk() as desk:
        result = add_office(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Added the office {code}." + " Distances count from here now." * origin)


@office.command()
@click.argument("code")
@click.option("--name", help="What people call it from now on.")
@click.option("--kind", type=KIND, help="What it is from now on.")
@ORIGIN
def change(code: str, name: str | None, kind: str | None, origin: bool) -> None:  # noqa: FBT001  # click's flag
    """Change the office CODE; what is not given stays as it is, and its code never changes.

    With --origin distances that were measured from another office stay stored; what was decided stays decided.
    """
    if name is None and kind is None and not origin:
        raise click.UsageError("Nothing to change: give --name, --kind or --origin.")
    with opened_desk() as desk:
        command = ChangeOffice(
            id=_key(desk, code),
            name=UNSET if name is None else name,
            kind=UNSET if kind is None else KINDS[kind],
            is_origin=True if origin else UNSET,
        )
        result = change_office(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Changed the office {code}." + " Distances count from here now." * origin)


def _key(desk: Desk, code: str) -> int:
    """The number of the office with this code, which operations go by."""
    with reading(desk) as reader:
        keys = {str(row["code"]): key_of("Office", row["id"]) for row in reader.list("Office", OFFICE)}
    key = keys.get(code)
    if key is None:
        raise unknown("office", code, keys)
    return key
