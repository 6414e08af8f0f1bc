"""``backoffice office``: the places where staff work, and from which distances count."""

import click

from backoffice.access.roles import system_viewer
from backoffice.cli.desk import opened_desk, refuse_problems
from backoffice.models import OfficeKind
from backoffice.operations.add_office import AddOffice, add_office

KINDS = {kind.name: kind for kind in OfficeKind}


@click.group()
def office() -> None:
    """The head office, branches and agencies."""


@office.command()
@click.argument("code")
@click.option("--name", required=True, help="What people call it.")
@click.option("--kind", required=True, type=click.Choice(list(KINDS), case_sensitive=False), help="What it is.")
@click.option("--origin", is_flag=True, help="Count road distances from here, and no longer from where they did.")
def add(code: str, name: str, kind: str, origin: bool) -> None:  # noqa: FBT001  # click's flag
    """Add the office CODE."""
    command = AddOffice(code=code, name=name, kind=KINDS[kind], is_origin=origin)
    with opened_desk() as desk:
        result = add_office(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Added the office {code}." + " Distances count from here now." * origin)
