"""``backoffice plugin list`` and ``check``: which service types are there, and why one is not."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

import click

from backoffice.cli.command_desk import CommandRefused, judged_plugins, settings
from backoffice.cli.output import TOLD, Row, Teller
from backoffice.plugins import PluginRow, Registry, list_plugins
from backoffice.plugins.trial import faults_of


@click.group()
def plugin() -> None:
    """Service types and the plugins that bring them."""


@plugin.command("list")
@TOLD
def show(told: Teller) -> None:
    """One line for each plugin that was found: what it offers and who brings it, or why it is refused."""
    registry = judged_plugins(settings())
    rows = [_row(one, registry) for one in list_plugins(registry)]
    if not rows:
        click.echo("no plugin is installed, or BACKOFFICE_PLUGINS switches none on", err=True)
    width = max((len(str(row["code"])) for row in rows), default=0)
    told.text(rows, (f"{row['code']:<{width}}  {_told(row)}" for row in rows))


@plugin.command()
def check() -> None:
    """Load every plugin and call its methods in invented situations; exit with 1 and name each fault."""
    registry = judged_plugins(settings())
    with _nothing_logged():
        found = [*map(str, registry.refused), *_faults(registry)]
    if found:
        raise CommandRefused(*found)
    click.echo(f"{len(registry.service_types)} service types, none refused")


def _row(one: PluginRow, registry: Registry) -> Row:
    kind = registry.get(one.code) if one.label is not None else None
    return {
        "code": one.code,
        "label": None if one.label is None else one.label.to_document(),
        "modes": [] if kind is None else sorted(kind.modes),
        "distribution": one.distribution,
        "reason": one.reason,
    }


def _told(row: Row) -> str:
    label, owner = cast(Mapping[str, str] | None, row["label"]), row["distribution"]
    if label is None:
        return f"refused{f' ({owner})' if owner else ''}: {row['reason']}"
    return f"{label['en']} ({', '.join(cast(Sequence[str], row['modes']))}) · {owner}"


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
