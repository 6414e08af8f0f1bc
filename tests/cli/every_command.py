"""Every command of the command line, with arguments that it takes."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from backoffice.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"

ON_THE_DATABASE: Mapping[str, tuple[str, ...]] = {
    "allowance opening": ("PD-1", "--used", "installation.remote=1", "--reason", "by the old ledger"),
    "audit list": (),
    "audit show": ("1",),
    "cases load": (str(ROOT / "tests" / "data" / "decisions.json"),),
    "channel add": ("bale", "--fa", "بله", "--en", "Bale"),
    "channel change": ("phone", "--off"),
    "channel list": (),
    "decision replay": ("1",),
    "demo load": (),
    "office add": ("ISF", "--name", "اصفهان", "--kind", "BRANCH"),
    "office change": ("HQ", "--name", "دفتر"),
    "office list": (),
    "plan addendum": ("padra-standard", "1", str(EXAMPLES / "addendum.toml")),
    "plan import": (str(EXAMPLES / "plan.toml"),),
    "product add": ("PX", "--name", "دستگاه", "--plan", "padra-standard"),
    "product change": ("PX", "--name", "دستگاه"),
    "product list": (),
    "product release": ("PX", "1.0", "--on", "1405/05/01"),
    "product upgrades": ("PX", "--none"),
    "product versions": ("PX",),
    "product withdraw": ("PX", "1.0", "--reason", "x"),
    "plan list": (),
    "plan show": ("padra-standard",),
    "plan publish": ("padra-standard",),
    "reconcile": (),
    "suggestion accept": ("--all",),
    "suggestion dismiss": ("1", "--reason", "x"),
    "suggestion list": (),
    "tariff list": (),
    "tariff map": ("training", "--labour", "hour"),
    "tariff mapping": (),
    "tariff show": ("1405", "1"),
    "tariff unmap": ("training",),
    "tax list": (),
    "tariff approve": ("1405", "1", "--by", "nasrin"),
    "tariff import": (str(EXAMPLES / "tariff.csv"),),
    "tax import": (str(EXAMPLES / "taxes.csv"),),
    "token create": ("--user", "nasrin"),
    "token list": (),
    "token revoke": ("bo_abcdef",),
    "user deactivate": ("nasrin",),
    "user list": (),
    "user office": ("nasrin", "HQ"),
    "user password": ("nasrin",),
    "user reactivate": ("nasrin",),
    "user role": ("nasrin", "agent"),
    "user add": ("nasrin", "--role", "agent"),
}
"""Those that work on the database, and need it as this version has it."""

MIGRATING: Mapping[str, tuple[str, ...]] = {"init": (), "run": (), "upgrade": ()}
"""Those that bring it there."""

OTHERS = {
    "cases check",
    "config check",
    "config show",
    "health",
    "plugin check",
    "plugin info",
    "plugin list",
    "plugin new",
    "role list",
    "schema export",
    "serve",
    "version",
}
"""Those that need none, or say themselves how it is."""


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Each command that does something, by its words: ``plan import``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command
