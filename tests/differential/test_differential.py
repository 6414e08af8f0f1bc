"""Whatever may be asked is answered as a naive reading answers it, for everyone, on either database."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias

import pytest
from graphql import GraphQLSchema, is_required_argument
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import Actor, ActorKind
from backoffice.domain.calendar import business_day
from backoffice.models import Customer
from backoffice.operations.desk import Desk
from backoffice.query.kept_plans import Plans
from backoffice.schema.build import build_schema, export_sdl
from backoffice.schema.compose import Offered
from backoffice.schema.context import context_of
from backoffice.schema.cost import TooManyObjects
from backoffice.schema.errors import RequestRefused, field_errors
from backoffice.schema.execution import Engine, answer
from backoffice.schema.guard import GraphQLRequest
from backoffice.schema.planned import graphql_schema
from tests.builders import Kit, kit_on
from tests.databases import Copies
from tests.differential.documents import Document, documents, everything
from tests.differential.naive import Naive, answered, naive_schema
from tests.differential.rows import Seen, tables_of
from tests.differential.smaller import smallest
from tests.differential.values import Pools, pools_of
from tests.differential.world import prepare_world, without_the_gone

LONG = "BACKOFFICE_TEST_EXAMPLES"
EXAMPLES = int(os.environ.get(LONG, "150"))
READING_ALIKE = {"viewer", "finance", "admin"}
"""Roles that read what a supervisor reads."""
TOO_MUCH = str(TooManyObjects())
STAFF = ("viewer", "agent", "other_agent", "supervisor", "finance", "admin")
PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=LONG not in os.environ,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
    print_blob=False,
)


Answer: TypeAlias = tuple[Any, Sequence[tuple[object, ...]]]
"""Data, and the errors in their order: code, message and path."""


@dataclass(frozen=True)
class Both:
    """One desk, read in both ways."""

    desk: Desk
    engine: Engine
    plans: Plans
    naive: GraphQLSchema
    viewers: Mapping[str, Viewer]
    seen: Mapping[Viewer, Seen]
    pools: Pools

    def planned(self, document: Document, viewer: Viewer) -> Answer | None:
        """Data and errors as the API has them; None for what is refused before anything is read."""
        context = context_of(self.desk, viewer, plans=self.plans, language=viewer.language, request_id="-")
        try:
            found = answer(
                self.engine,
                GraphQLRequest(query=document.text, variables=document.variables, operation_name=None),
                context,
                changes=False,
            )
        except RequestRefused:
            return None
        told = [_told(error) for error in found.errors]
        return (found.data, told) if found.executed and TOO_MUCH not in {one[1] for one in told} else None

    def naively(self, document: Document, viewer: Viewer) -> Answer:
        """Data and errors of the naive reading, in the same words."""
        reader = Naive(self.seen[viewer], self.desk.registry, business_day(self.desk.clock()))
        data, errors = answered(self.naive, document.text, document.variables, reader)
        return data, [_told(error) for error in field_errors(errors, viewer.language, "-")]

    def compare(self, document: Document, viewer: Viewer, planned: Answer | None) -> None:
        """Fail by the smallest part of the document that the two readings answer differently."""
        if planned != self.naively(document, viewer):
            text = smallest(document.text, lambda text: self.differs(replace(document, text=text), viewer))
            small = replace(document, text=text)
            assert self.planned(small, viewer) == self.naively(small, viewer), (viewer.name, small)

    def differs(self, document: Document, viewer: Viewer) -> bool:
        """Whether the two readings of a document are two; one that is refused has none."""
        planned = self.planned(document, viewer)
        return planned is not None and planned != self.naively(document, viewer)


def _told(error: Mapping[str, Any]) -> tuple[object, ...]:
    return error["extensions"]["code"], error["message"], tuple(error.get("path", ()))


@pytest.fixture(scope="module")
def both(copies: Copies) -> Iterator[Both]:
    with copies.copy(prepare_world) as database:
        kit = kit_on(database)
        desk = replace(kit.desk, registry=without_the_gone())
        tables, viewers = tables_of(database), _viewers(kit)
        yield Both(
            desk,
            Engine(graphql_schema(build_schema(desk.registry)), suggestions=False),
            Plans(Offered().entities, desk.registry),
            naive_schema(export_sdl(desk.registry), desk.registry),
            viewers,
            {viewer: Seen(tables, viewer) for viewer in viewers.values()},
            pools_of(tables),
        )


def _viewers(kit: Kit) -> Mapping[str, Viewer]:
    """Every role, programs with few scopes, and a customer who once owned more."""
    staff = {name: kit.staff(name) for name in STAFF}
    buyer = {one.code: one.id for one in kit.rows(Customer)}["book"]
    customer = Viewer(Actor(ActorKind.CUSTOMER, buyer, "customer"), ROLES["viewer"], language="en")
    scopes = (("customer.read",), ("record.read", "product.read"), ("asset.read", "customer.read", "stats.read"))
    tokens = {" ".join(one): replace(staff["admin"], permissions=frozenset(one)) for one in scopes}
    return {**staff, "customer": customer, **tokens}


def test_everything_that_can_be_listed_is_answered_alike_for_everyone(both: Both):
    query = both.engine.schema.query_type
    assert query is not None
    roots = [name for name, field in query.fields.items() if not any(map(is_required_argument, field.args.values()))]
    asked = {name: Document(everything(both.engine.schema, name), {}) for name in roots}
    for name, document in product(set(both.viewers) - READING_ALIKE, asked.values()):
        viewer = both.viewers[name]
        planned = both.planned(document, viewer)
        assert planned is not None, document
        both.compare(document, viewer, planned)


def test_every_document_is_answered_as_a_naive_reading_answers_it(both: Both):
    @PROFILE
    @given(documents(both.engine.schema, both.pools), st.sampled_from(sorted(both.viewers)))
    def compare(document: Document, name: str) -> None:
        for viewer in (both.viewers[one] for one in {name: 0, "customer": 0, "agent": 0}):
            planned = both.planned(document, viewer)
            assume(planned is not None)
            both.compare(document, viewer, planned)

    compare()
