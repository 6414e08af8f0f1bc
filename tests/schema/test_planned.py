"""The semi-private corners of Strawberry that the schema stands on: these fail when a release moves them."""

import strawberry
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, graphql_sync

from backoffice.schema.build import build_schema
from backoffice.schema.declare import argument
from backoffice.schema.planned import graphql_schema
from tests.builders import installed_plugins


def inner() -> GraphQLSchema:
    return graphql_schema(build_schema(installed_plugins()))


def test_a_strawberry_schema_has_a_graphql_core_schema_inside():
    @strawberry.type
    class Query:
        name: str = "x"

    schema = graphql_schema(strawberry.Schema(query=Query))
    assert isinstance(schema, GraphQLSchema)
    schema.query_type.fields["name"].resolve = lambda source, info: "set on it"
    assert graphql_sync(schema, "{ name }").data == {"name": "set on it"}


def test_a_field_takes_the_arguments_that_are_set_on_it():
    @strawberry.type
    class Query:
        name: str = strawberry.field(description="x")

    strawberry.Schema(query=Query)
    Query.__strawberry_definition__.fields[0].arguments = [argument("at_most", int | None, "How much.")]
    field = graphql_schema(strawberry.Schema(query=Query)).query_type.fields["name"]
    assert field.args["atMost"].description == "How much."


def test_no_object_but_the_roots_is_resolved_by_strawberry():
    schema = inner()
    kinds = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    own = [kind for kind in kinds if not kind.name.startswith("__")]
    modules = {field.resolve.__module__ for kind in own for field in kind.fields.values()}
    assert modules == {"backoffice.schema.planned"}


def test_no_object_insists_on_being_an_instance_of_its_class():
    kinds = [kind for kind in inner().type_map.values() if isinstance(kind, GraphQLObjectType)]
    assert [kind.name for kind in kinds if kind.is_type_of is not None] == []


def test_every_interface_takes_the_type_from_the_row():
    kinds = [kind for kind in inner().type_map.values() if isinstance(kind, GraphQLInterfaceType)]
    assert {kind.name for kind in kinds} == {"Node", "ServiceRecord"}
    assert {kind.resolve_type({"__typename": "DemoRecord"}, None, kind) for kind in kinds} == {"DemoRecord"}


def test_one_of_inputs_are_checked_by_graphql_core():
    kinds = [kind for kind in inner().type_map.values() if isinstance(kind, GraphQLInputObjectType)]
    names = {kind.name for kind in kinds if kind.is_one_of}
    lookups = {"CustomerBy", "ProductBy", "AssetBy", "ServiceRecordBy"}
    assert names == lookups | {"ServiceRequestInput", "ServiceResultInput"}
    assert {kind.out_type({"x": 1}) == {"x": 1} for kind in kinds if kind.is_one_of} == {True}
