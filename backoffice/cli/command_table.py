"""Every command by its name: what it does, and the modules that have it, which are imported when it is run."""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Entry(NamedTuple):
    """One command of the command line.

    ``summary`` is the first sentence of its docstring. ``module`` has the command under its own name; importing one of
    ``more`` adds commands to that group.
    """

    summary: str
    module: str
    more: tuple[str, ...] = ()


COMMANDS: Mapping[str, Entry] = {
    "allowance": Entry("Allowances: the free uses that a support period comes with.", "allowance"),
    "audit": Entry("The audit trail: every change, who made it and why.", "audit"),
    "cases": Entry("Worked decisions, with their tariffs.", "cases"),
    "channel": Entry("Channels, by which requests arrive; they never decide a price.", "channel"),
    "config": Entry("Settings, all of which come from the environment.", "config"),
    "decision": Entry("Coverage decisions.", "decision"),
    "demo": Entry("Invented data, named so.", "demo"),
    "health": Entry(
        "Run the checks of /readyz without a server; exit with 1 when the desk is not ready.", "health_and_version"
    ),
    "init": Entry("Make or upgrade the tables, the head office, the channels, and publish padra-standard.", "tables"),
    "office": Entry("The head office, branches and agencies.", "office"),
    "plan": Entry("Support plans: the versioned terms of support.", "plan", ("plan_lists",)),
    "plugin": Entry("Service types and the plugins that bring them.", "plugin", ("plugin_info", "plugin_new")),
    "product": Entry(
        "The device and software models that are sold, with their released versions.", "product", ("product_version",)
    ),
    "reconcile": Entry("Prove that slots, ledger, records, decisions, charges and statistics agree.", "tables"),
    "role": Entry("Roles, of which each is a set of permissions.", "role"),
    "run": Entry(
        "Set the desk up on this machine, with demo data the first time, and serve it until Ctrl-C.", "serving"
    ),
    "schema": Entry("The GraphQL schema.", "schema"),
    "serve": Entry("Serve in production, in the foreground; SIGTERM finishes what is in flight.", "serving"),
    "suggestion": Entry("Suggestions to decide services again; nothing is decided again by itself.", "suggestion"),
    "tariff": Entry(
        "Tariff editions: what services cost outside the terms of support.",
        "tariff",
        ("tariff_lists", "tariff_mapping"),
    ),
    "tax": Entry("Dated VAT.", "tax"),
    "token": Entry("API tokens of programs that act for someone.", "token"),
    "upgrade": Entry("Bring the tables to this version's form.", "tables"),
    "user": Entry("People who sign in.", "user"),
    "version": Entry("Print the versions of the desk, of Python, and of the database's tables.", "health_and_version"),
}


def command_named(name: str) -> click.Command | None:
    """The command, its modules imported; None where there is none of this name."""
    entry = COMMANDS.get(name)
    if entry is None:
        return None
    command: click.Command = getattr(_module(entry.module), name)
    for more in entry.more:
        _module(more)
    return command


def _module(name: str) -> object:
    return import_module(f"backoffice.cli.{name}")
