"""Which plugins the schema can have, and the schema with them: no two owners share the name of a type."""

from collections.abc import Mapping

import strawberry
from graphql import lexicographic_sort_schema, print_schema

from backoffice.operations.catalogue import Operations
from backoffice.plugins import PluginError, RefusedPlugin, Registry
from backoffice.schema.compose import PARTS, Offered, compose
from backoffice.schema.inputs import input_name
from backoffice.schema.planned import graphql_schema
from backoffice.schema.plugin_types import PluginTypes, types_of
from backoffice.schema.record import RetiredServiceRecord, ServiceRecord

THE_DESK = "the desk itself"

NAMED_LIKE_A_PLUGINS = frozenset({kind.__name__ for kind in (ServiceRecord, RetiredServiceRecord)}) | {
    name for name, _ in PARTS.values()
}
"""The desk's own types, but for inputs of operations, that are named as a plugin's would be."""


def build_schema(registry: Registry, offered: Offered | None = None) -> strawberry.Schema:
    """The schema of a desk with these plugins, ready to execute; ``offered`` is the core unless it is given.

    Raises ``PluginError`` for those whose types it cannot have, one a line; ``fitting`` leaves them out instead.
    """
    offered = offered or Offered()
    plugins, refused = _sorted_out(registry, offered)
    if refused:
        raise PluginError("\n".join(f"{_owner(registry, code)} {reason}" for code, reason in refused.items()))
    return compose(tuple(plugins), offered)


def fitting(registry: Registry, offered: Offered | None = None) -> Registry:
    """The registry without the plugins whose types the schema cannot have; they are among its refused."""
    _, reasons = _sorted_out(registry, offered or Offered())
    if not reasons:
        return registry
    return registry.without([_refused(registry, code, reason) for code, reason in reasons.items()])


def export_sdl(registry: Registry) -> str:
    """The schema in GraphQL's own language, sorted, with its descriptions."""
    return print_schema(lexicographic_sort_schema(graphql_schema(build_schema(registry)))) + "\n"


def _sorted_out(registry: Registry, offered: Offered) -> tuple[list[PluginTypes], Mapping[str, str]]:
    """The types of the plugins that fit, and the reasons of those that do not. Of two that clash the first stays."""
    owners = dict.fromkeys(own_names(offered.operations), THE_DESK)
    plugins: list[PluginTypes] = []
    refused: dict[str, str] = {}
    for code, service_type in registry.service_types.items():
        made = types_of(service_type)
        taken = [f"{name} by {owners[name]}" for name in sorted(made.names & owners.keys())]
        taken += [f"{name} by another field of its own" for name in sorted(made.twice)]
        if taken:
            refused[code] = f"needs names in GraphQL that are taken: {', '.join(taken)}"
            continue
        owners.update(dict.fromkeys(made.names, _owner(registry, code)))
        plugins.append(made)
    return plugins, refused


def own_names(operations: Operations) -> frozenset[str]:
    """The names of the desk's own that a plugin's type could have, whichever plugins there are.

    Told without composing, which every start would pay for. A plugin's types are named after its code and its record,
    request or result (``plugin_types``), so no other name of the desk can be taken.
    """
    return NAMED_LIKE_A_PLUGINS | {input_name(operation) for operation in operations.values() if operation.in_api}


def _owner(registry: Registry, code: str) -> str:
    return f"plugin {code} ({registry.owners[code]})" if code in registry.owners else f"plugin {code}"


def _refused(registry: Registry, code: str, reason: str) -> RefusedPlugin:
    name, _, version = registry.owners.get(code, "").rpartition(" ")
    return RefusedPlugin(code, name, version, reason)
