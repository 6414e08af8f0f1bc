"""The semi-private corners of Strawberry, all of them: its graphql-core schema, and the resolvers that are set on it.

Strawberry declares the types; nothing is resolved by it. A root field gets its resolver from a table, wrapped so that
its permission is asked first. Every other object is a dict made by ``query``, whose keys are the keys of the answer: a
field's value is found by its place in the answer. ``tests/schema/test_planned.py`` fails when Strawberry changes here.
"""

from collections.abc import Callable, Mapping

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
from backoffice.query.selection import TYPENAME, Field
from backoffice.schema.context import Context
from backoffice.schema.names import arguments_in_python
from backoffice.schema.roots import PERMISSION, Ask, Root
from backoffice.schema.selected_fields import selection_of


class Unresolvable(TypeError):
    """A root field has no resolver, or a resolver has no root field."""


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """The graphql-core schema inside a Strawberry schema."""
    return schema._schema


def set_resolvers(schema: strawberry.Schema, roots: Mapping[str, Root]) -> None:
    """Give every field its resolver; ``roots`` are those of the root fields, like ``Query.customer``.

    Raises ``Unresolvable`` for a root field without one: what says no permission cannot be part of the schema.
    """
    inner = graphql_schema(schema)
    kinds = [kind for kind in (inner.query_type, inner.mutation_type) if kind is not None]
    unused = set(roots) - {f"{kind.name}.{name}" for kind in kinds for name in kind.fields}
    if unused:
        raise Unresolvable(f"no such root field: {', '.join(sorted(unused))}")
    for root in kinds:
        _set_roots(root, roots)
    for kind in inner.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind not in kinds and not kind.name.startswith("__"):
            _set_planned(kind)
        elif isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _type_of_row
        elif isinstance(kind, GraphQLInputObjectType):
            _set_one_of(kind)


def _set_roots(kind: GraphQLObjectType, roots: Mapping[str, Root]) -> None:
    for name, field in kind.fields.items():
        place = f"{kind.name}.{name}"
        if place not in roots:
            raise Unresolvable(f"{place} needs a permission and a resolver")
        field.resolve = _guarded(roots[place])
        field.extensions = {**field.extensions, PERMISSION: roots[place].permission}


def _guarded(root: Root) -> Callable[..., object]:
    def resolve(_source: object, info: GraphQLResolveInfo[Context], **arguments: object) -> object:
        context = info.context
        if root.permission is not None:
            context.viewer.require(root.permission)
        ask = Ask(context, arguments_in_python(arguments), selection_of(info))
        context.budget.spend(Field(info.field_name, info.field_name, ask.arguments, ask.selection))
        return root.resolver(ask)

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
