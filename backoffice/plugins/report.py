"""What is told about the plugins: a row for each, in use or refused."""

import logging
from dataclasses import dataclass

from backoffice.domain.label import Label
from backoffice.plugins.manager import Registry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PluginRow:
    """One plugin. ``reason`` says why it is refused, and is None when it is in use; then it has a label."""

    code: str
    distribution: str
    label: Label | None
    reason: str | None


def list_plugins(registry: Registry) -> tuple[PluginRow, ...]:
    """The plugins in use, then the refused ones, each in the order of their codes."""
    used = [PluginRow(code, registry.owners[code], kind.label, None) for code, kind in registry.service_types.items()]
    refused = [
        PluginRow(one.name, f"{one.distribution} {one.version}".strip(), None, one.reason) for one in registry.refused
    ]
    return (*used, *sorted(refused, key=lambda row: row.code))


def log_refused(registry: Registry) -> None:
    """Log each refused plugin with its reason, and with the traceback where its own code raised."""
    for one in registry.refused:
        log.error("%s", one, exc_info=one.error)
