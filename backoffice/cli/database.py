"""``backoffice init``, ``upgrade`` and ``reconcile``: the database's tables, first rows, and proof that they agree."""

import click

from backoffice.cli.desk import Refused, loaded_plugins, opened_database, opened_desk, settings
from backoffice.cli.first_run import initialise
from backoffice.migrations import upgrade as migrate
from backoffice.operations.reconcile import reconcile as differences_of


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
        click.echo(f"The database is at revision {migrate(database.engine)}.")


@click.command()
def reconcile() -> None:
    """Prove that slots, ledger, records, decisions and charges agree; exit with 1 and name each difference."""
    with opened_desk() as desk, desk.database.reading() as session:
        found = differences_of(session)
    if found:
        raise Refused(*(str(difference) for difference in found))
    click.echo("No differences.")
