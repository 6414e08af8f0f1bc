"""The API of a desk with one operation more: what is declared beside its body is all that the API asks for."""

from dataclasses import dataclass, replace
from typing import Annotated

import pytest
from flask import Flask
from graphql import GraphQLInputObjectType, GraphQLSchema

from backoffice.domain.label import Label
from backoffice.operations.catalogue import Operations, core_operations
from backoffice.operations.command import Command, Given
from backoffice.operations.customers.customer_subjects import CUSTOMER
from backoffice.operations.kinds import RIALS, Flag, Id, Ids, LongText
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset
from backoffice.operations.work import Done, Work
from backoffice.query.global_id import to_global_id
from backoffice.schema import build_schema, graphql_blueprint
from backoffice.schema.compose import Offered
from backoffice.schema.planned import graphql_schema
from backoffice.schema.roots import UndeclaredPermission, permissions_of
from tests.builders import Kit, installed_plugins
from tests.schema.conftest import Api


def given(kind: object, about: str) -> Given:
    return Given(kind, Label(fa="-", en="-"), about=about)


@dataclass(frozen=True, kw_only=True)
class GreetCustomer(Command):
    customer_id: Annotated[int, given(Id("Customer"), "Whom.")]
    words: Annotated[str, given(LongText(), "With what words.")]
    others: Annotated[tuple[int, ...], given(Ids("Customer", most=5, detail="too_many"), "Who else.")] = ()
    gift: Annotated[int | None, given(RIALS, "With how much.")] = None
    on: Annotated[str | Unset | None, given(LongText(), "On what.")] = UNSET
    warmly: Annotated[bool, given(Flag(), "How.")] = False


def _greet(work: Work, command: GreetCustomer) -> Done:
    return Done(entity="Customer", entity_id=command.customer_id, events=())


def greeting(**changed: object) -> Operation[GreetCustomer]:
    said = {
        "name": "greet_customer",
        "label": Label(fa="خوشامد", en="Greet"),
        "description": "Greet a customer.",
        "permission": "customer.write",
        "command": GreetCustomer,
        "entity": "Customer",
        "events": (),
        "about": CUSTOMER,
        "body": _greet,
        "in_api": True,
    }
    return Operation(**said | changed)


def operations(**changed: object) -> Operations:
    return Operations(*core_operations().values(), greeting(**changed))


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return graphql_schema(build_schema(installed_plugins(), Offered(operations=operations())))


@pytest.fixture
def greeted(sqlite_desk: Kit) -> Api:
    desk = replace(sqlite_desk.desk, operations=operations())
    app = Flask("backoffice")
    app.register_blueprint(graphql_blueprint(desk, lambda: sqlite_desk.agent))
    return Api(sqlite_desk, app.test_client())


def test_its_input_has_the_fields_of_its_command(schema: GraphQLSchema):
    kind = schema.type_map["GreetCustomerInput"]
    assert isinstance(kind, GraphQLInputObjectType)
    assert {name: str(field.type) for name, field in kind.fields.items()} == {
        "customerId": "ID!",
        "words": "String!",
        "others": "[ID!]",
        "gift": "Rial",
        "on": "String",
        "warmly": "Boolean",
        "idempotencyKey": "String",
    }
    assert kind.fields["gift"].description == "With how much."


def test_its_mutation_has_its_description_payload_and_permission(schema: GraphQLSchema):
    assert schema.mutation_type is not None
    field = schema.mutation_type.fields["greetCustomer"]
    assert (field.description, str(field.type)) == ("Greet a customer.", "CustomerPayload!")
    assert permissions_of(schema)["Mutation.greetCustomer"] == "customer.write"


def test_what_is_not_in_the_api_has_no_mutation():
    schema = graphql_schema(build_schema(installed_plugins(), Offered(operations=operations(in_api=False))))
    assert schema.mutation_type is not None
    assert "greetCustomer" not in schema.mutation_type.fields
    assert "GreetCustomerInput" not in schema.type_map


def test_a_permission_that_the_desk_does_not_have_is_no_schema():
    with pytest.raises(UndeclaredPermission, match=r"customer\.greet"):
        build_schema(installed_plugins(), Offered(operations=operations(permission="customer.greet")))


def test_it_runs_and_is_among_what_is_possible(greeted: Api):
    customer = to_global_id("Customer", greeted.kit.customer())
    payload = greeted.change("greetCustomer", {"customerId": customer, "words": "سلام"}, "customer { id }")
    assert payload == {"customer": {"id": customer}, "errors": []}
    document = "query ($id: ID!) { customer(by: {id: $id}) { possible { name } } }"
    offered = greeted.data(document, {"id": customer})["customer"]["possible"]
    assert {"name": "greetCustomer"} in offered


def test_all_faults_of_an_input_come_at_once_wrong_ids_among_them(greeted: Api):
    faulty = {"customerId": "nobody", "words": " ", "gift": -1, "others": ["nobody"]}
    payload = greeted.change("greetCustomer", faulty, "customer { id }")
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("NOT_FOUND", ["customerId"]),
        ("INVALID", ["words"]),
        ("NOT_FOUND", ["others"]),
        ("INVALID", ["gift"]),
    ]
