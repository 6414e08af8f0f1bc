"""``backoffice health`` and ``backoffice version``: whether the desk can work, and which one it is."""

import platform

import click

from backoffice import __version__
from backoffice.cli.command_desk import CommandRefused, desk_on, settings
from backoffice.cli.opened_database import Unusable, database_file_missing, opened_database
from backoffice.domain.canonical import canonical_json
from backoffice.migrations.revisions import current_revision, head_revision
from backoffice.settings import Settings


@click.command()
def health() -> None:
    """Run the checks of /readyz without a server; exit with 1 when the desk is not ready."""
    from backoffice.web.health import readiness

    given = settings()
    missing = database_file_missing(given)
    if missing is not None:
        raise CommandRefused(missing)
    with opened_database(given) as database:
        checks = readiness(desk_on(database, given))
    for name, check in checks.items():
        told = {key: value for key, value in check.items() if key != "ok"}
        click.echo(f"{name:<11} {'ok' if check['ok'] else 'FAILED':<7} {canonical_json(told) if told else ''}".rstrip())
    if not all(check["ok"] for check in checks.values()):
        raise CommandRefused("not ready")
    click.echo("ready")


@click.command()
def version() -> None:
    """Print the versions of the desk, of Python, and of the database's tables."""
    click.echo(f"backoffice {__version__}")
    click.echo(f"python     {platform.python_version()}")
    click.echo(f"database   {_revision(settings())}")


def _revision(given: Settings) -> str:
    if database_file_missing(given) is not None:
        return f"none yet; this version makes {head_revision()}"
    try:
        with opened_database(given) as database:
            revision = current_revision(database.engine)
    except Unusable as error:
        return str(error).removeprefix("the database ")
    return f"{revision or 'empty'}; this version has {head_revision()}"
