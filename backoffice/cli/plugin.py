"""``backoffice plugin list`` and ``check``: which service types are there, and why one is not."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from backoffice.cli.desk import Refused, judged_plugins, settings
from backoffice.plugins import PluginRow, Registry, list_plugins
from backoffice.plugins.trial import faults_of


@click.group()
def plugin() -> None:
    """Service types and the plugins that bring them."""


@plugin.command("list")
def show() -> None:
    """One line for each plugin that was found: what it offers and who brings it, or why it is refused."""
    registry = judged_plugins(settings())
    rows = list_plugins(registry)
    if not rows:
        click.echo("no plugin is installed, or BACKOFFICE_PLUGINS switches none on", err=True)
    width = max((len(row.code) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row.code:<{width}}  {_told(row, registry)}")


@plugin.command()
def check() -> None:
    """Load every plugin and call its methods in invented situations; exit with 1 and name each fault."""
    registry = judged_plugins(settings())
    with _nothing_logged():
        found = [*map(str, registry.refused), *_faults(registry)]
    if found:
        raise Refused(*found)
    click.echo(f"{len(registry.service_types)} service types, none refused")


def _told(row: PluginRow, registry: Registry) -> str:
    if row.label is None:
        return f"refused{f' ({row.distribution})' * bool(row.distribution)}: {row.reason}"
    modes = ", ".join(sorted(registry.service_types[row.code].modes))
    return f"{row.label.en} ({modes}) · {row.distribution}"


def _faults(registry: Registry) -> Iterator[str]:
    for code, service_type in registry.service_types.items():
        for fault in faults_of(service_type):
            yield f"plugin {code} ({registry.owners[code]}): {fault}"


@contextmanager
def _nothing_logged() -> Iterator[None]:
    """What is told in a line needs no traceback beside it."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)
