"""Whether a plugin that was imported keeps the contract; one that does not is refused whole, with the reason."""

import inspect
from collections.abc import Iterator
from types import MappingProxyType

import pluggy
from marshmallow import Schema

from backoffice.domain.label import Label
from backoffice.domain.service import Mode, Subject
from backoffice.plugins import hookspecs
from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.fields import UnsupportedField, describe


class PluginError(Exception):
    """A plugin cannot be used. The message names what is wrong and what to do."""


METHODS = ("check", "decide", "before_complete", "complete", "upgrade_request", "upgrade_result")


def admit(name: str, plugin: object) -> ServiceType:
    """The service type that a plugin brings. Raises ``PluginError``, or whatever the plugin's own code raises."""
    brought = [kind() if inspect.isclass(kind) else kind for kind in _service_types(name, plugin)]
    if len(brought) != 1:
        raise PluginError(f"brings {len(brought)} service types; each has an entry point of its own, named by its code")
    service_type = brought[0]
    if not isinstance(service_type, ServiceType):
        raise PluginError(f"service_types() gave {service_type!r} instead of a subclass of ServiceType")
    if faults := [*_faults(name, service_type)]:
        raise PluginError("; ".join(faults))
    return service_type
