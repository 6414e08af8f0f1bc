"""``backoffice init``, ``upgrade`` and ``reconcile``: the database's tables, first rows, and proof that they agree."""

from collections.abc import Iterator, Sequence

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, loaded_plugins, opened_desk, settings
from backoffice.cli.first_run import initialise, migrated
from backoffice.cli.opened_database import opened_database
from backoffice.cli.progress import watched
from backoffice.operations.proofs.rebuild_summary import RebuildSummary, rebuild_summary
from backoffice.operations.proofs.reconcile import Difference
from backoffice.operations.proofs.reconcile import reconcile as differences_of

SHOWN = 50
"""Differences named unless all are wanted: where a table is wrong as a whole, the first ones say so."""


@click.command()
def init() -> None:
    """Make or upgrade the tables, the head office, the channels, and publish padra-standard. Safe to repeat."""
    given = settings()
    with opened_database(given) as database:
        for line in initialise(database, loaded_plugins(given), given):
            click.echo(line)


@click.command()
def upgrade() -> None:
    """Bring the tables to this version's form."""
    with opened_database(settings()) as database:
        click.echo(migrated(database))


@click.command()
@click.option("--all", "every", is_flag=True, help=f"Name every difference, not only the first {SHOWN}.")
@click.option("--rebuild-summary", "rebuild", is_flag=True, help="First count the statistics anew from the records.")
def reconcile(every: bool, rebuild: bool) -> None:  # noqa: FBT001  # click's flags
    """Prove that slots, ledger, records, decisions, charges and statistics agree.

    Exits with 1 and names the differences when they do not. Only statistics can be made right by counting them anew;
    recording services waits meanwhile.
    """
    with opened_desk() as desk:
        if rebuild:
            rebuild_summary(desk, system_viewer(), RebuildSummary())
            click.echo("The statistics are counted anew.")
        with desk.database.reading() as session:
            found = differences_of(session, watched("Comparing"))
    if found:
        raise CommandRefused(*_told(found, len(found) if every else SHOWN))
    click.echo("No differences.")


def _told(found: Sequence[Difference], most: int) -> Iterator[str]:
    yield from map(str, found[:most])
    if len(found) > most:
        yield f"and {len(found) - most:,} more differences; --all names them"
