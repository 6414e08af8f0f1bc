"""The one schema of an application: the desk's own types and those of its plugins."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import strawberry
from strawberry.schema.config import StrawberryConfig

from backoffice.domain.spelling import camel
from backoffice.operations.catalogue import Operations, core_operations
from backoffice.plugins import Part
from backoffice.query.entities import core_entities
from backoffice.query.registry import Entities
from backoffice.schema import declare
from backoffice.schema.decision import CoverageDecision
from backoffice.schema.declare import Member, argument, class_of, optional
from backoffice.schema.inputs import Inputs, takes_plugin_data
from backoffice.schema.mutation import mutation_of, mutation_roots
from backoffice.schema.planned import set_resolvers
from backoffice.schema.plugin_types import PluginTypes
from backoffice.schema.possible import with_possible
from backoffice.schema.query import ABOUT, COVERAGE, Query, query_roots
from backoffice.schema.record import RetiredServiceRecord
from backoffice.schema.scalars import SCALARS

PARTS = {
    Part.REQUEST: ("ServiceRequestInput", "What is asked for; the member that is set names the service type."),
    Part.RESULT: ("ServiceResultInput", "What is recorded; the member that is set names the service type."),
}


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What a desk offers by its API: what can be read, and what can be done. The core's unless said otherwise."""

    operations: Operations = field(default_factory=core_operations)
    core: Entities = field(default_factory=core_entities)

    @cached_property
    def entities(self) -> Entities:
        """What is read: the entities with what can be done with them."""
        return with_possible(self.core, self.operations)


def compose(plugins: Sequence[PluginTypes], offered: Offered) -> strawberry.Schema:
    """The schema with the types of these plugins, whose names do not clash, ready to execute.

    Where no service type is installed there is nothing to record: a ``@oneOf`` input needs a member.
    """
    one_of = {part: _one_of(part, plugins) for part in Part} if plugins else {}
    inputs = Inputs(one_of)
    changes = [one for one in offered.operations.values() if one.in_api and (one_of or not takes_plugin_data(one))]
    schema = strawberry.Schema(
        query=_query(inputs),
        mutation=mutation_of(changes, inputs),
        types=[RetiredServiceRecord, *(plugin.record for plugin in plugins)],
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )
    set_resolvers(schema, {**query_roots(offered.entities), **mutation_roots(changes)})
    return schema


def _one_of(part: Part, plugins: Sequence[PluginTypes]) -> type:
    """The ``@oneOf`` input with a member for each service type."""
    name, description = PARTS[part]
    members = {plugin.service_type.code: _one(plugin, part) for plugin in plugins}
    return strawberry.input(class_of(name, members), name=name, description=description, one_of=True)


def _one(plugin: PluginTypes, part: Part) -> Member:
    member = optional(f"For {plugin.service_type.label.en}.")
    member.graphql_name = camel(plugin.service_type.code)
    return plugin.inputs[part] | None, member


def _query(inputs: Inputs) -> type:
    coverage = declare.field(COVERAGE, argument("input", inputs.of_coverage(), "The facts to decide from."))
    made = class_of("Query", {"coverage": (CoverageDecision, coverage)}, Query)
    return strawberry.type(made, name="Query", description=ABOUT)
