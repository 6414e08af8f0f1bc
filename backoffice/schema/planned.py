"""The semi-private corners of Strawberry, all of them: its graphql-core schema, and the resolvers that are set on it.

Strawberry declares the types; nothing is resolved by it. A root field gets its resolver from a table, wrapped so that
its permission is asked first. Every other object is a dict made by ``query``, whose keys are the keys of the answer: a
field's value is found by its place in the answer. ``tests/schema/test_planned.py`` fails when Strawberry changes here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    GraphQLAbstractType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)

from backoffice.access.viewer import Forbidden
from backoffice.domain.spelling import camel
from backoffice.query.denied import Denied
from backoffice.query.selection import TYPENAME, Field, Selection
from backoffice.schema.context import Context
from backoffice.schema.names import arguments_in_python
from backoffice.schema.permissions import permission_of
from backoffice.schema.selection import selection_of


@dataclass(frozen=True)
class Ask:
    """What one root field is asked: its arguments in Python's names, and what is wanted of its answer."""

    context: Context
    arguments: Mapping[str, Any]
    selection: Selection


Resolver = Callable[[Ask], object]


class Unresolvable(TypeError):
    """A root field has no resolver, or a resolver has no root field."""


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """The graphql-core schema inside a Strawberry schema."""
    return schema._schema


def set_resolvers(schema: strawberry.Schema, resolvers: Mapping[str, Resolver]) -> None:
    """Give every field its resolver; ``resolvers`` are those of the root fields, like ``Query.customer``.

    Raises ``UndeclaredPermission`` for a root field without a permission, ``Unresolvable`` for one without a resolver.
    """
    inner = graphql_schema(schema)
    roots = [root for root in (inner.query_type, inner.mutation_type) if root is not None]
    unused = set(resolvers) - {f"{root.name}.{name}" for root in roots for name in root.fields}
    if unused:
        raise Unresolvable(f"no such root field: {', '.join(sorted(unused))}")
    for root in roots:
        _set_root(root, resolvers)
    for kind in inner.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind not in roots and not kind.name.startswith("__"):
            _set_planned(kind)
        elif isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _type_of_row
        elif isinstance(kind, GraphQLInputObjectType):
            _set_one_of(kind)


def _set_root(root: GraphQLObjectType, resolvers: Mapping[str, Resolver]) -> None:
    for name, field in root.fields.items():
        place = f"{root.name}.{name}"
        if place not in resolvers:
            raise Unresolvable(f"{place} needs a resolver")
        field.resolve = _guarded(permission_of(place), resolvers[place])


def _guarded(permission: str | None, resolver: Resolver) -> Callable[..., object]:
    def resolve(_source: object, info: GraphQLResolveInfo[Context], **arguments: object) -> object:
        context = info.context
        if permission is not None:
            context.viewer.require(permission)
        ask = Ask(context, arguments_in_python(arguments), selection_of(info))
        context.budget.spend(Field(info.field_name, info.field_name, ask.arguments, ask.selection))
        return resolver(ask)

    return resolve


def _set_planned(kind: GraphQLObjectType) -> None:
    """Strawberry's check that an object is an instance of its class would refuse a dict."""
    kind.is_type_of = None
    for name, field in kind.fields.items():
        field.resolve = NAMING.get(f"{kind.name}.{name}", _value_in_row)


def _value_in_row(row: Mapping[str | int, object], info: GraphQLResolveInfo[Context], **_arguments: object) -> object:
    value = row[info.path.key]
    if isinstance(value, Denied):
        raise Forbidden(value.permission)
    return value


def _names_in_row(row: Mapping[str | int, object], info: GraphQLResolveInfo[Context], **_arguments: object) -> object:
    value = _value_in_row(row, info)
    return [camel(str(name)) for name in value] if isinstance(value, list) else value


NAMING: Mapping[str, Callable[..., object]] = {"CoverageDecision.missingInputs": _names_in_row}
"""The fields whose values are names of fields, which this API spells in its own way."""


def _type_of_row(row: Mapping[str, str], _info: GraphQLResolveInfo[Context], _interface: GraphQLAbstractType) -> str:
    return row[TYPENAME]


def _set_one_of(kind: GraphQLInputObjectType) -> None:
    """Strawberry has its own check of ``@oneOf`` beside graphql-core's: the latter names the path in its errors."""
    definition = kind.extensions["strawberry-definition"]
    if definition.is_one_of:
        kind.is_one_of = True
        kind.out_type = GraphQLInputObjectType.out_type  # type: ignore[method-assign]  # it is meant to be replaced
