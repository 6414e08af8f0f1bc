"""Which plugins the schema can have, and the schema with them: no two owners share the name of a type."""

from collections.abc import Mapping
from functools import cache

import strawberry
from graphql import lexicographic_sort_schema, print_schema

from backoffice.operations.catalogue import AnyOperation, Operations
from backoffice.plugins import PluginError, RefusedPlugin, Registry
from backoffice.schema.compose import PARTS, Offered, compose
from backoffice.schema.inputs import input_name, takes_plugin_data
from backoffice.schema.planned import graphql_schema
from backoffice.schema.plugin_types import PluginTypes, types_of

THE_DESK = "the desk itself"


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
    owners = dict.fromkeys(_own_names(tuple(offered.operations.values())), THE_DESK)
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


@cache
def _own_names(operations: tuple[AnyOperation, ...]) -> frozenset[str]:
    """The names of types that are the desk's own, whichever plugins there are."""
    own = graphql_schema(compose((), Offered(operations=Operations(*operations)))).type_map
    with_plugins = {input_name(operation) for operation in operations if takes_plugin_data(operation)}
    return frozenset(own) | with_plugins | {name for name, _ in PARTS.values()}


def _owner(registry: Registry, code: str) -> str:
    return f"plugin {code} ({registry.owners[code]})" if code in registry.owners else f"plugin {code}"


def _refused(registry: Registry, code: str, reason: str) -> RefusedPlugin:
    name, _, version = registry.owners.get(code, "").rpartition(" ")
    return RefusedPlugin(code, name, version, reason)
