"""``backoffice schema``: the GraphQL schema as a file."""

from dataclasses import replace

import click

from backoffice.cli.desk import loaded_plugins, settings
from backoffice.schema import export_sdl


@click.group()
def schema() -> None:
    """The GraphQL schema."""


@schema.command()
@click.option(
    "--plugins", help="Only these service types, separated by commas; nothing for none. Default: as the settings say."
)
def export(plugins: str | None) -> None:
    """Print the schema in SDL."""
    given = settings()
    if plugins is not None:
        given = replace(given, plugins=tuple(name for name in plugins.split(",") if name))
    click.echo(export_sdl(loaded_plugins(given)), nl=False)
