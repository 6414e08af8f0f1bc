"""Whether a plugin that was imported keeps the contract; one that does not is refused whole, with the reason."""

import inspect
from collections.abc import Iterator

from marshmallow import Schema

from backoffice.domain.label import Label
from backoffice.domain.service import Mode, Subject
from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.fields import UnsupportedField, describe
from backoffice.plugins.relay import PluginError, Relay

METHODS = ("check", "decide", "before_complete", "complete", "upgrade_request", "upgrade_result")


def admit(name: str, plugin: object) -> ServiceType:
    """The service type that a plugin brings. Raises ``PluginError``, or whatever the plugin's own code raises."""
    brought = _ask(name, plugin)
    if len(brought) != 1:
        raise PluginError(f"brings {len(brought)} service types; each has an entry point of its own, named by its code")
    if not (inspect.isclass(brought[0]) and issubclass(brought[0], ServiceType)):
        raise PluginError(f"service_types() gave {brought[0]!r}, which is no subclass of ServiceType")
    service_type = brought[0]()
    if faults := [*_faults(name, service_type)]:
        raise PluginError("; ".join(faults))
    return service_type


def _ask(name: str, plugin: object) -> list[object]:
    """What this plugin alone answers to ``service_types``."""
    alone = Relay()
    alone.register(plugin, name)
    return [kind for reply in alone.service_types() for kind in reply.value]


def _faults(name: str, service_type: ServiceType) -> Iterator[str]:
    """Everything that breaks the contract, so that an author need not find it piece by piece."""
    if _get(service_type, "code") != name:
        yield f"its code is {_get(service_type, 'code')!r}, its entry point is named {name!r}; they must be the same"
    label, version = _get(service_type, "label"), _get(service_type, "version")
    if not isinstance(label, Label):
        yield f"label is {label!r}; it must be a Label, in both languages"
    if type(version) is not int or version < 1:
        yield f"version is {version!r}; versions count from 1"
    if not isinstance(icon := _get(service_type, "icon"), str):
        yield f"icon is {icon!r}; it must be the name of one"
    if not isinstance(needs_asset := _get(service_type, "needs_asset"), bool):
        yield f"needs_asset is {needs_asset!r}; it must be True or False"
    yield from _not_members(service_type, "modes", Mode)
    yield from _not_members(service_type, "subjects", Subject)
    for part in Part:
        yield from _schema_faults(part, _get(service_type, part.value))
    yield from _signature_faults(service_type)


def _get(service_type: ServiceType, attribute: str) -> object:
    return getattr(service_type, attribute, None)


def _not_members(service_type: ServiceType, attribute: str, kind: type[Mode] | type[Subject]) -> Iterator[str]:
    given = _get(service_type, attribute)
    if not isinstance(given, frozenset) or not given or not all(isinstance(member, kind) for member in given):
        yield f"{attribute} is {given!r}; it must be a frozenset of members of {kind.__name__}"


def _schema_faults(part: Part, schema: object) -> Iterator[str]:
    if not (inspect.isclass(schema) and issubclass(schema, Schema)):
        yield f"{part} is {schema!r}; it must be a marshmallow Schema class"
        return
    try:
        if not describe(schema):
            yield f"{part} declares no field; GraphQL needs one, for example note"
    except UnsupportedField as error:
        yield str(error)


def _signature_faults(service_type: ServiceType) -> Iterator[str]:
    for method in METHODS:
        ours = inspect.signature(getattr(ServiceType, method))
        theirs = inspect.signature(getattr(type(service_type), method))
        if list(ours.parameters) != list(theirs.parameters):
            yield f"{method}{theirs} must take ({', '.join(ours.parameters)})"
