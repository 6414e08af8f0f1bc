"""``backoffice run`` sets the desk up on one machine and serves it; ``backoffice serve`` serves in production."""

import click

from backoffice.cli.desk import loaded_plugins, opened_database, settings
from backoffice.cli.first_run import prepare
from backoffice.cli.servers import serve_embedded, serve_workers

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")


@click.command()
@HOST
@PORT
def run(host: str, port: int) -> None:
    """Set the desk up on this machine, with demo data the first time, and serve it until Ctrl-C."""
    from backoffice.app import create_app

    given = settings()
    with opened_database(given) as database:
        for line in prepare(database, loaded_plugins(given), given):
            click.echo(line)
    click.echo(f"Admin:    http://{host}:{port}/admin/")
    click.echo(f"GraphQL:  http://{host}:{port}/graphql")
    serve_embedded(create_app(given), host, port)


@click.command()
@HOST
@PORT
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve in production, in the foreground; SIGTERM finishes what is in flight."""
    given = settings()
    serve_workers(given, host, port, workers=workers)
