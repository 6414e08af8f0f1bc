"""The one schema of an application: the desk's own types and those of its plugins."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import strawberry
from strawberry.schema.config import StrawberryConfig

from backoffice.domain.spelling import camel
from backoffice.plugins import Part
from backoffice.schema import inputs
from backoffice.schema.decision import CoverageDecision
from backoffice.schema.declare import argument, field, optional
from backoffice.schema.mutation import COMPLETE_SERVICE, MUTATIONS, RECORD_SERVICE, Mutation, input_of
from backoffice.schema.payloads import ServiceRecordPayload
from backoffice.schema.planned import Resolver, set_resolvers
from backoffice.schema.plugin_types import PluginTypes
from backoffice.schema.query import COVERAGE, QUERIES, Query
from backoffice.schema.record import RetiredServiceRecord
from backoffice.schema.scalars import SCALARS

WITH_PLUGINS_ONLY = frozenset({"Mutation.recordService", "Mutation.completeService"})
"""A ``@oneOf`` input needs a member: where no service type is installed there is nothing to record."""

PARTS = {
    Part.REQUEST: ("ServiceRequestInput", "What is asked for; the member that is set names the service type."),
    Part.RESULT: ("ServiceResultInput", "What is recorded; the member that is set names the service type."),
}

Member: TypeAlias = tuple[Any, Any]
"""The annotation and the Strawberry field of a class member."""


def compose(plugins: Sequence[PluginTypes]) -> strawberry.Schema:
    """The schema with the types of these plugins, whose names do not clash, ready to execute."""
    one_of = {part: _one_of(part, plugins) for part in Part} if plugins else {}
    schema = strawberry.Schema(
        query=_query(one_of),
        mutation=_mutation(one_of),
        types=[RetiredServiceRecord, *(plugin.record for plugin in plugins)],
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )
    set_resolvers(schema, _resolvers(one_of))
    return schema


def _resolvers(one_of: Mapping[Part, type]) -> Mapping[str, Resolver]:
    resolvers = {**QUERIES, **MUTATIONS}
    return {name: resolver for name, resolver in resolvers.items() if one_of or name not in WITH_PLUGINS_ONLY}


def _one_of(part: Part, plugins: Sequence[PluginTypes]) -> type:
    """The ``@oneOf`` input with a member for each service type."""
    name, description = PARTS[part]
    members = {plugin.service_type.code: _one(plugin, part) for plugin in plugins}
    return strawberry.input(_class(name, (), members), name=name, description=description, one_of=True)


def _one(plugin: PluginTypes, part: Part) -> Member:
    member = optional(f"For {plugin.service_type.label.en}.")
    member.graphql_name = camel(plugin.service_type.code)
    return plugin.inputs[part] | None, member


def _query(one_of: Mapping[Part, type]) -> type:
    asked: type = inputs.CoverageInput
    if one_of:
        asked = _extended_input(asked, {"request": _may(one_of, Part.REQUEST, "What is asked for, when it is known.")})
    coverage = field(COVERAGE, argument("input", asked, "The facts to decide from."))
    made = _class("Query", (Query,), {"coverage": (CoverageDecision, coverage)})
    return strawberry.type(made, name="Query", description=_description(Query))


def _mutation(one_of: Mapping[Part, type]) -> type:
    if not one_of:
        return Mutation
    result = _may(one_of, Part.RESULT, "What is recorded; with `performedAt`.")
    request = (one_of[Part.REQUEST], field("What is asked for; the member that is set names the service type."))
    recorded = _extended_input(inputs.RecordServiceInput, {"request": request, "result": result})
    completed = _extended_input(inputs.CompleteServiceInput, {"result": _may(one_of, Part.RESULT, "What is recorded.")})
    members = {
        "record_service": (ServiceRecordPayload, field(RECORD_SERVICE, input_of(recorded))),
        "complete_service": (ServiceRecordPayload, field(COMPLETE_SERVICE, input_of(completed))),
    }
    made = _class("Mutation", (Mutation,), members)
    return strawberry.type(made, name="Mutation", description=_description(Mutation))


def _may(one_of: Mapping[Part, type], part: Part, description: str) -> Member:
    return one_of[part] | None, optional(description)


def _extended_input(base: type, members: Mapping[str, Member]) -> type:
    """The input ``base`` with more members, under the same name."""
    made = _class(base.__name__, (base,), members)
    return strawberry.input(made, name=base.__name__, description=_description(base))


def _class(name: str, bases: tuple[type, ...], members: Mapping[str, Member]) -> type:
    annotations = {member: kind for member, (kind, _) in members.items()}
    fields = {member: made for member, (_, made) in members.items()}
    return type(name, bases, {"__annotations__": annotations, **fields})


def _description(declared: Any) -> str | None:
    description: str | None = declared.__strawberry_definition__.description
    return description
