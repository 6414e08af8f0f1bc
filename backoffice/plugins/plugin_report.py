"""What is told about the plugins: a row for each, in use or refused."""

import logging
from dataclasses import dataclass

from backoffice.domain.label import Label
from backoffice.plugins.manager import Registry
from backoffice.plugins.time_limits import BUDGET_SECONDS, CHANCES, is_stopped

log = logging.getLogger(__name__)

STOPPED = f"was given up {CHANCES} times in a row after {BUDGET_SECONDS:g} s; it is asked again when the desk restarts"


@dataclass(frozen=True)
class PluginRow:
    """One plugin. ``reason`` says why it is not used: one that is refused has no label, one that was stopped has."""

    code: str
    distribution: str
    label: Label | None
    reason: str | None


def list_plugins(registry: Registry) -> tuple[PluginRow, ...]:
    """The plugins that were loaded, then the refused ones, each in the order of their codes."""
    used = [
        PluginRow(code, registry.owners[code], kind.label, STOPPED if is_stopped(kind) else None)
        for code, kind in registry.service_types.items()
    ]
    refused = [
        PluginRow(one.name, f"{one.distribution} {one.version}".strip(), None, one.reason) for one in registry.refused
    ]
    return (*used, *sorted(refused, key=lambda row: row.code))


def log_refused(registry: Registry) -> None:
    """Log each refused plugin with its reason, and with the traceback where its own code raised."""
    for one in registry.refused:
        log.error("%s", one, exc_info=one.error)
