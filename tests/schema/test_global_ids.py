"""One global id, one object of one type, wherever it is met."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from graphql import is_required_argument

from backoffice.schema.build import build_schema
from backoffice.schema.planned import graphql_schema
from tests.builders import installed_plugins, kit_on
from tests.conftest import Copies
from tests.differential.documents import everything
from tests.differential.world import prepare_world
from tests.schema.conftest import Api, app_of

FIND_AGAIN = "query ($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture(scope="module")
def types_by_id(sqlite_copies: Copies) -> Iterator[tuple[Api, dict[str, set[str]]]]:
    """The types under which each global id of a whole desk is answered."""
    with sqlite_copies.copy(prepare_world) as database:
        kit = kit_on(database)
        api = Api(kit, app_of(kit).test_client())
        schema = graphql_schema(build_schema(installed_plugins()))
        assert schema.query_type is not None
        fields = schema.query_type.fields
        roots = [name for name, field in fields.items() if not any(map(is_required_argument, field.args.values()))]
        found: dict[str, set[str]] = defaultdict(set)
        for name in roots:
            for key, kind in _objects(api.data(everything(schema, name), by="admin")):
                found[key].add(kind)
        yield api, found


def _objects(answer: object) -> Iterator[tuple[str, str]]:
    """Id and type of every object in an answer."""
    if isinstance(answer, list):
        for one in answer:
            yield from _objects(one)
    elif isinstance(answer, dict):
        if "id" in answer:
            yield answer["id"], answer["__typename"]
        for value in answer.values():
            yield from _objects(value)


def test_no_global_id_is_answered_under_two_types(types_by_id: tuple[Api, dict[str, set[str]]]):
    _, found = types_by_id
    assert {kind for kinds in found.values() for kind in kinds} >= {
        "Viewer",
        "Staff",
        "Office",
        "Customer",
        "RetiredServiceRecord",
    }
    assert {key: kinds for key, kinds in found.items() if len(kinds) > 1} == {}


def test_every_object_is_found_again_by_its_id(types_by_id: tuple[Api, dict[str, set[str]]]):
    api, found = types_by_id
    one_of_each = {kind: key for key, (kind, *_) in found.items()}
    again = {kind: api.data(FIND_AGAIN, {"id": key}, by="admin")["node"] for kind, key in one_of_each.items()}
    assert again == {kind: {"__typename": kind, "id": key} for kind, key in one_of_each.items()}
