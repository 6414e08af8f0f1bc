"""Every root field of the schema as an operation that can be sent: its document, and the least input it takes.

Inputs are made from the schema: what is required, by the names and types of its fields. Where that is not enough, the
tables here say more; what they do not know fails by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)

from backoffice.domain.spelling import camel
from backoffice.operations.catalogue import core_operations
from backoffice.operations.kinds import Id, Ids
from backoffice.query.entities import core_entities
from backoffice.query.global_id import to_global_id
from backoffice.schema.query import nodes_of
from backoffice.schema.roots import PERMISSION
from tests.authorization.stage import Objects
from tests.builders import NOW

NODES = nodes_of(core_entities())
"""The types that ``node`` finds, with the permission for each."""

Given = object | Callable[[Objects], object]

TYPE_OF_ID = {
    camel(given.name): given.given.kind.entity
    for operation in core_operations().values()
    for given in operation.fields
    if isinstance(given.given.kind, Id | Ids) and given.name != "id"
}
"""The object that a field of type ID is about, by its name; the field ``id`` is about the object that is answered."""

VALUES: Mapping[str, object] = {
    "version": 1,
    "mode": "REMOTE",
    "channel": "phone",
    "outcome": "FREE",
    "serviceType": "troubleshooting",
    "request": {"troubleshooting": {}},
    "requestedAt": NOW.isoformat(),
    "scheduledAt": "2026-08-03T09:00:00+00:00",
    "purchasedOn": "2026-07-01",
    "transferredOn": "2026-07-31",
    "startsOn": "2030-01-01",
    "releasedOn": "2026-07-31",
    "label": "9.9",
    "supportPlan": "padra-standard",
    "name": "نام",
    "title": "عنوان",
    "sku": "NEW-SKU",
    "serialNumber": "SN-NEW",
    "reason": "برای آزمون",
    "groupBy": [],
}
"""What a required field gets, by its name."""

MORE: Mapping[str, Mapping[str, Given]] = {
    "Query.coverage": {"assetId": lambda objects: to_global_id("Asset", objects.key("Asset"))},
    "Mutation.recordService": {"assetId": lambda objects: to_global_id("Asset", objects.key("Asset"))},
    "Mutation.transferAsset": {"customerId": lambda objects: to_global_id("Customer", objects.key("NextOwner"))},
    "Mutation.setProductUpgrades": {"targetIds": lambda objects: [to_global_id("Product", objects.key("NextProduct"))]},
}
"""What an input needs beside its required fields, or in place of what they would get."""

NEEDS_DONE = frozenset({"Mutation.voidService", "Mutation.closeService", "Mutation.reopenService"})
"""Changes of a record that was done; all others are tried on one that was only asked for."""


class NoInput(KeyError):
    """An operation needs an entry in a table of this module."""


@dataclass(frozen=True)
class Operation:
    """One root field, asked in one way. ``needs`` is the permission that it says, None when it is open."""

    place: str
    needs: str | None
    way: str
    document: str
    argument: str | None
    input_type: GraphQLInputType | None
    result: str

    @property
    def title(self) -> str:
        """Its name in the matrix."""
        name = self.place.partition(".")[2]
        return f"{name} ({self.way})" if self.way else name

    def variables(self, objects: Objects) -> dict[str, object]:
        """The values of its variables, about these objects."""
        if self.argument is None or self.input_type is None:
            return {}
        return {self.argument: _Inputs(self, objects).value(self.input_type, self.argument)}

    def is_about_objects(self, objects: Objects, others: Objects) -> bool:
        """Whether it is another question about other objects."""
        return self.variables(objects) != self.variables(others)


def operations(schema: GraphQLSchema) -> Iterator[Operation]:
    """All of them, in alphabetical order, reading before changing."""
    for root in (schema.query_type, schema.mutation_type):
        assert root is not None
        for name, field in sorted(root.fields.items()):
            yield from _ways(root, name, field)


def _ways(root: GraphQLObjectType, name: str, field: GraphQLField) -> Iterator[Operation]:
    place = f"{root.name}.{name}"
    required = {one: argument for one, argument in field.args.items() if isinstance(argument.type, GraphQLNonNull)}
    if len(required) > 1:
        raise NoInput(f"{place}: tests/authorization/operations.py expects one required argument, not {set(required)}")
    argument, kind = next(((one, argument.type) for one, argument in required.items()), (None, None))
    document = _document(root, name, field, argument, kind)
    for way in _ways_of(place, kind):
        needs = NODES[way] if place == "Query.node" else field.extensions[PERMISSION]
        yield Operation(place, needs, way, document, argument, kind, get_named_type(field.type).name)


def _ways_of(place: str, kind: GraphQLInputType | None) -> list[str]:
    """A look-up is asked by each of its keys, and ``node`` for each type of object."""
    named = get_named_type(kind) if kind is not None else None
    if place == "Query.node":
        return sorted(NODES)
    if isinstance(named, GraphQLInputObjectType) and named.is_one_of:
        return sorted(named.fields)
    return [""]


def _document(
    root: GraphQLObjectType, name: str, field: GraphQLField, argument: str | None, kind: GraphQLInputType | None
) -> str:
    keyword = "mutation" if root.name == "Mutation" else "query"
    variables, given = (f"(${argument}: {kind})", f"({argument}: ${argument})") if argument else ("", "")
    return f"{keyword} {variables} {{ {name}{given} {_wanted(field)} }}"


def _wanted(field: GraphQLField) -> str:
    """Enough to see what came of it: how many rows, which errors, or just whether there is an object."""
    kind = get_named_type(field.type)
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    for counting in ("totalCount", "count"):
        if counting in kind.fields:
            return f"{{ {counting} }}"
    if "errors" in kind.fields:
        objects = [name for name, one in kind.fields.items() if is_composite_type(get_named_type(one.type))]
        return "{ errors { code } " + " ".join(f"{name} {{ __typename }}" for name in objects if name != "errors") + "}"
    return "{ __typename }"


@dataclass(frozen=True)
class _Inputs:
    """Makes the input of one operation about some objects."""

    operation: Operation
    objects: Objects

    def value(self, kind: GraphQLInputType, name: str) -> object:
        """A value of this type for a field of this name."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(kind.of_type, name)
        if name in VALUES:
            return VALUES[name]
        if isinstance(kind, GraphQLList):
            return [self.value(kind.of_type, name)]
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(kind)
        if isinstance(kind, GraphQLEnumType):
            return next(iter(kind.values))
        if kind.name == "ID":
            return self._id(name)
        if name in self.objects.known_as:
            return self.objects.known_as[name]
        raise NoInput(f"{self.operation.place}: VALUES of tests/authorization/operations.py lacks {name}: {kind}")

    def _object(self, kind: GraphQLInputObjectType) -> dict[str, object]:
        if kind.is_one_of:
            way = self.operation.way
            return {way: self._key(way)}
        more = MORE.get(self.operation.place, {})
        made = {name: self.value(field.type, name) for name, field in kind.fields.items() if _is_required(field)}
        return made | {name: given(self.objects) if callable(given) else given for name, given in more.items()}

    def _key(self, name: str) -> object:
        return self._id(name) if name == "id" else self.objects.known_as[name]

    def _id(self, name: str) -> str:
        kind = self._subject() if name == "id" else TYPE_OF_ID.get(name)
        if kind is None:
            raise NoInput(f"{self.operation.place}: TYPE_OF_ID of tests/authorization/operations.py lacks {name}")
        named = f"{kind}:done" if self.operation.place in NEEDS_DONE else kind
        return to_global_id(kind, self.objects.key(named))

    def _subject(self) -> str:
        """The type of the object that a field ``id`` is about: the one that is asked for, or changed."""
        if self.operation.place == "Query.node":
            return self.operation.way
        return self.operation.result.removesuffix("Payload")


def _is_required(field: GraphQLInputField | GraphQLArgument) -> bool:
    return isinstance(field.type, GraphQLNonNull)
