"""What a plugin is asked. One hook so far: another comes with the first plugin that needs it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from backoffice.plugins.contract import ServiceType

PROJECT = "backoffice"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def service_types() -> Iterable[type["ServiceType"]]:
    """The kinds of service this plugin brings: exactly one, whose code is the name of the entry point."""
    return ()
