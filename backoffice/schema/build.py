"""Which plugins the schema can have, and the schema with them: no two owners share the name of a type."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import strawberry
from graphql import lexicographic_sort_schema, print_schema

from backoffice.plugins import PluginError, Refused, Registry
from backoffice.schema.compose import PARTS, compose
from backoffice.schema.planned import graphql_schema
from backoffice.schema.plugin_types import PluginTypes, types_of

CORE = "the desk itself"

ADDED_WITH_PLUGINS = frozenset({"RecordServiceInput", "CompleteServiceInput", *(name for name, _ in PARTS.values())})


def build_schema(registry: Registry) -> strawberry.Schema:
    """The schema of the desk with these plugins, ready to execute.

    Raises ``PluginError`` for those whose types it cannot have, one a line; ``fitting`` leaves them out instead.
    """
    plugins, refused = _sorted_out(registry)
    if refused:
        raise PluginError("\n".join(f"{_owner(registry, code)} {reason}" for code, reason in refused.items()))
    return compose(tuple(plugins))


def fitting(registry: Registry) -> Registry:
    """The registry without the plugins whose types the schema cannot have; they are among its refused."""
    _, reasons = _sorted_out(registry)
    if not reasons:
        return registry
    refused = tuple(_refused(registry, code, reason) for code, reason in reasons.items())
    kept = {code: kind for code, kind in registry.service_types.items() if code not in reasons}
    return replace(registry, service_types=MappingProxyType(kept), refused=registry.refused + refused)


def export_sdl(registry: Registry) -> str:
    """The schema in GraphQL's own language, sorted, with its descriptions."""
    return print_schema(lexicographic_sort_schema(graphql_schema(build_schema(registry)))) + "\n"


def _sorted_out(registry: Registry) -> tuple[list[PluginTypes], Mapping[str, str]]:
    """The types of the plugins that fit, and the reasons of those that do not. Of two that clash the first stays."""
    owners = dict.fromkeys(_own_names(), CORE)
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
def _own_names() -> frozenset[str]:
    """The names of types that are the desk's own, whichever plugins there are."""
    return ADDED_WITH_PLUGINS.union(graphql_schema(compose(())).type_map)


def _owner(registry: Registry, code: str) -> str:
    return f"plugin {code} ({registry.owners[code]})" if code in registry.owners else f"plugin {code}"


def _refused(registry: Registry, code: str, reason: str) -> Refused:
    name, _, version = registry.owners.get(code, "").rpartition(" ")
    return Refused(code, name, version, reason)
