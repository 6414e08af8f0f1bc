"""``backoffice plugin``: which service types are there, and why one is not."""

import click

from backoffice.cli.desk import Refused, loaded_plugins, settings
from backoffice.plugins import Registry


@click.group()
def plugin() -> None:
    """Service types and the plugins that bring them."""


@plugin.command("list")
def list_plugins() -> None:
    """Every plugin that was found: its service types, or why it was refused."""
    registry = loaded_plugins(settings())
    for code, kind in sorted(registry.service_types.items()):
        click.echo(f"{code:<20} {kind.label.en} ({', '.join(sorted(kind.modes))})")
    for line in _refusals(registry):
        click.echo(line)


@plugin.command("check")
def check() -> None:
    """Exit with 1 when any plugin is refused, naming it and the reason."""
    registry = loaded_plugins(settings())
    refusals = _refusals(registry)
    if refusals:
        raise Refused(*refusals)
    click.echo(f"{len(registry.service_types)} service types, none refused")


def _refusals(registry: Registry) -> tuple[str, ...]:
    return tuple(f"{refused.name:<20} refused: {refused.reason}" for refused in registry.refused)
