"""``backoffice run`` sets the desk up on one machine and serves it; ``backoffice serve`` serves in production."""

import click

from backoffice.cli.command_desk import CommandRefused, judged_plugins, settings
from backoffice.cli.first_run import first_sign_in, initialise
from backoffice.cli.opened_database import Unusable, database_file_missing, opened_database
from backoffice.cli.progress import watched
from backoffice.cli.servers import serve_embedded
from backoffice.demo import DemoFailed, load_demo
from backoffice.domain.calendar import system_clock
from backoffice.migrations.revisions import wrong_form
from backoffice.operations.desk import Desk
from backoffice.settings import Settings
from backoffice.signin.secret_key import secret_key
from backoffice.web.log import write_log
from backoffice.web.starting_page import Door

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")


@click.command()
@HOST
@PORT
def run(host: str, port: int) -> None:
    """Set the desk up on this machine, with demo data the first time, and serve it until Ctrl-C."""
    given = settings()
    write_log(in_production=given.in_production)
    with opened_database(given) as database:
        registry = judged_plugins(given)
        for line in initialise(database, registry, given):
            click.echo(line)
        desk = Desk(database, registry, system_clock, given.default_plan)
        sign_in = first_sign_in(desk)
        door = Door("starting" if sign_in is None else "demo")
        click.echo(sign_in or "The desk is there already; no demo data are added.")
        click.echo(f"Admin:    http://{host}:{port}/admin/")
        click.echo(f"GraphQL:  http://{host}:{port}/graphql")
        serve_embedded(door, host, port, beside=lambda: _open(door, given, new=None if sign_in is None else desk))


def _open(door: Door, given: Settings, *, new: Desk | None) -> None:
    """Open the desk behind the door, with demo data where it is new."""
    from backoffice.app import create_app

    if new is not None:
        _fill(new)
    door.open(create_app(given))
    click.echo("The desk is open.")


def _fill(new: Desk) -> None:
    try:
        for line in load_demo(new, watch=watched("Entering")):
            click.echo(line)
    except DemoFailed as failure:
        raise CommandRefused(
            f"the demo data could not be entered to their end: {failure}",
            "what was entered is complete as far as it goes; run again to serve the desk as it is",
        ) from failure


@click.command()
@HOST
@PORT
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve in production, in the foreground; SIGTERM finishes what is in flight.

    The database may be away meanwhile, or wait for its upgrade: /readyz says so, and the desk goes on when it is there.
    """
    from backoffice.cli.workers import serve_workers  # gunicorn: only where it serves, for Windows has none

    given = settings()
    write_log(in_production=given.in_production)
    missing = database_file_missing(given)
    if missing is not None:
        raise Unusable(missing)
    _warn(given)
    secret_key(given)  # tried here, where a wrong one is told in one line; each worker reads it for itself
    serve_workers(given, host, port, workers=workers)


def _warn(given: Settings) -> None:
    """Say what keeps the desk from answering as yet."""
    try:
        with opened_database(given) as database:
            wrong = wrong_form(database.engine)
    except Unusable as unusable:
        wrong = str(unusable)
    if wrong is not None:
        click.echo(f"warning: {wrong}", err=True)
