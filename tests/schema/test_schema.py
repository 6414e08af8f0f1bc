"""The schema as a whole: described throughout, committed, and true to the contract."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_required_argument,
    is_required_input_field,
    is_specified_scalar_type,
)

from backoffice.domain.spelling import camel, pascal
from backoffice.schema import export_sdl
from tests.builders import shipped_plugins
from tests.domain.examples import OFFERINGS

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "backoffice" / "schema" / "schema.graphql"
CONTRACT = Path(__file__).resolve().parents[1] / "data" / "contract.graphql"


@pytest.fixture(scope="module")
def sdl() -> str:
    return export_sdl(shipped_plugins())


@pytest.fixture(scope="module")
def ours(sdl: str) -> GraphQLSchema:
    return build_schema(sdl)


@pytest.fixture(scope="module")
def contract() -> GraphQLSchema:
    return build_schema(CONTRACT.read_text(encoding="utf-8"))


def own_types(schema: GraphQLSchema) -> dict[str, object]:
    return {
        name: kind
        for name, kind in schema.type_map.items()
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
    }


def promises(schema: GraphQLSchema) -> set[str]:
    """Everything a client could rely on, each as one line."""
    said: set[str] = set()
    for name, kind in own_types(schema).items():
        said.add(f"{name}: {type(kind).__name__}")
        if isinstance(kind, GraphQLEnumType):
            said |= {f"{name}.{value}" for value in kind.values}
        elif isinstance(kind, GraphQLInputObjectType):
            said |= {f"{name} is one of"} if kind.is_one_of else set()
            said |= {f"{name}.{n}: {f.type} = {f.default_value}" for n, f in kind.fields.items()}
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            said |= {f"{name} implements {interface.name}" for interface in kind.interfaces}
            said |= {f"{name}.{n}: {f.type}" for n, f in kind.fields.items()}
            said |= {f"{name}.{n}({a}: {arg.type})" for n, f in kind.fields.items() for a, arg in f.args.items()}
    return said


def is_of_a_plugin_gone(promise: str) -> bool:
    """Whether a plugin made it that was taken out of the tree: nobody else keeps it."""
    gone = [code for code in OFFERINGS if code not in shipped_plugins().service_types]
    inputs = tuple(f"Service{part}Input.{camel(code)}:" for code in gone for part in ("Request", "Result"))
    return promise.startswith((*inputs, *map(pascal, gone)))


def test_every_promise_of_the_contract_is_kept(ours: GraphQLSchema, contract: GraphQLSchema):
    assert {one for one in promises(contract) - promises(ours) if not is_of_a_plugin_gone(one)} == set()


def demanded_besides(contract: GraphQLSchema, ours: GraphQLSchema) -> set[str]:
    """What a client must give for what the contract has, and the contract does not tell."""
    said: set[str] = set()
    for name, theirs in own_types(contract).items():
        kind = ours.type_map.get(name)
        if isinstance(kind, GraphQLInputObjectType) and isinstance(theirs, GraphQLInputObjectType):
            more = kind.fields.keys() - theirs.fields.keys()
            said |= {f"{name}.{n}" for n in more if is_required_input_field(kind.fields[n])}
        elif isinstance(kind, GraphQLObjectType) and isinstance(theirs, GraphQLObjectType):
            more_of = {n: kind.fields[n].args.items() for n in theirs.fields}
            said |= {f"{name}.{n}({a})" for n, args in more_of.items() for a, arg in args if is_required_argument(arg)}
            said -= {f"{name}.{n}({a})" for n, f in theirs.fields.items() for a in f.args}
    return said


def test_a_client_need_give_no_more_than_the_contract_tells(ours: GraphQLSchema, contract: GraphQLSchema):
    assert demanded_besides(contract, ours) == set()


def test_the_committed_schema_is_the_one_that_is_served(sdl: str):
    assert COMMITTED.read_text(encoding="utf-8") == sdl, "run make schema, and look at what changed"


def test_everything_is_described(ours: GraphQLSchema):
    undescribed = set()
    for name, kind in own_types(ours).items():
        parts = {name: kind}
        if isinstance(kind, GraphQLEnumType):
            parts |= {f"{name}.{value}": found for value, found in kind.values.items()}
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            parts |= {f"{name}.{field}": found for field, found in kind.fields.items()}
            parts |= {
                f"{name}.{field}({argument})": found
                for field, of in kind.fields.items()
                for argument, found in getattr(of, "args", {}).items()
            }
        undescribed |= {place for place, part in parts.items() if not (part.description or "").strip()}
    assert undescribed == set()


def test_every_deprecation_names_a_replacement_and_a_version(ours: GraphQLSchema):
    reasons = [
        field.deprecation_reason
        for kind in own_types(ours).values()
        for field in getattr(kind, "fields", {}).values()
        if field.deprecation_reason
    ]
    assert [reason for reason in reasons if "Use " not in reason or "removed in " not in reason] == []


def test_every_service_type_is_in_the_committed_schema():
    text = COMMITTED.read_text(encoding="utf-8")
    records = [line for line in text.splitlines() if line.startswith("type ") and "& ServiceRecord" in line]
    assert len(records) == len(shipped_plugins().service_types) + 1
