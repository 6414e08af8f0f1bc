"""``backoffice schema``: the GraphQL schema as a file."""

from dataclasses import replace

import click

from backoffice.cli.command_desk import CommandRefused, judged_plugins, loaded_plugins, settings
from backoffice.plugins import Registry
from backoffice.schema import export_sdl


@click.group()
def schema() -> None:
    """The GraphQL schema."""


@schema.command()
@click.option(
    "--plugins", help="Only these service types, separated by commas; nothing for none. Default: as the settings say."
)
def export(plugins: str | None) -> None:
    """Print the schema in SDL; exit with 1 when one of the plugins that are named is refused."""
    registry = loaded_plugins(settings()) if plugins is None else _exactly(plugins)
    click.echo(export_sdl(registry), nl=False)


def _exactly(plugins: str) -> Registry:
    names = tuple(name.strip() for name in plugins.split(",") if name.strip())
    registry = judged_plugins(replace(settings(), plugins=names))
    if registry.refused:
        raise CommandRefused(*map(str, registry.refused))
    return registry
