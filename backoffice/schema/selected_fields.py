"""From a GraphQL field to the selection that ``query`` reads: fragments, directives and variables worked in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableValues,
    get_argument_values,
    get_directive_values,
    get_named_type,
)

from backoffice.domain.spelling import snake
from backoffice.query.selection import TYPENAME, Field, Selection
from backoffice.schema.names import arguments_in_python

Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType
Nodes: TypeAlias = Sequence[FieldNode]


def selection_of(info: GraphQLResolveInfo[Any]) -> Selection:
    """What is wanted below the field being resolved; empty for a field without a selection."""
    named = get_named_type(info.return_type)
    if not isinstance(named, Composite):
        return Selection({})
    return _Reading(info.schema, info.fragments, info.variable_values).below(named, info.field_nodes)


@dataclass(frozen=True)
class _Reading:
    """One document being read, with the values of its variables."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def below(self, parent: Composite, nodes: Nodes) -> Selection:
        """The selection of the objects of type ``parent`` that these nodes, which are one field, ask for."""
        entries = {parent.name: self._fields(parent, nodes)}
        if isinstance(parent, GraphQLInterfaceType) and self._narrows(parent, nodes):
            for concrete in self.schema.get_possible_types(parent):
                entries[concrete.name] = self._fields(concrete, nodes)
        return Selection(entries)

    def _narrows(self, parent: GraphQLInterfaceType, nodes: Nodes) -> bool:
        """Whether some fragment holds for a part of the types only."""
        conditions = (condition for node in nodes for condition in self._conditions(node.selection_set, set()))
        return any(name != parent.name for name in conditions)

    def _conditions(self, selections: SelectionSetNode | None, seen: set[str]) -> Iterator[str]:
        for node in selections.selections if selections else ():
            fragment = self._fragment(node)
            if fragment is not None and not self._seen(node, seen):
                if fragment.type_condition:
                    yield fragment.type_condition.name.value
                yield from self._conditions(fragment.selection_set, seen)

    def _fields(self, parent: Composite, nodes: Nodes) -> tuple[Field, ...]:
        """What is wanted of one type: the nodes of one response key merged into one field."""
        merged: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for node in nodes:
            for found in self._collect(parent, node.selection_set, seen):
                merged.setdefault((found.alias or found.name).value, []).append(found)
        return tuple(self._field(parent, key, same) for key, same in merged.items() if same[0].name.value != TYPENAME)

    def _collect(self, parent: Composite, selections: SelectionSetNode | None, seen: set[str]) -> Iterator[FieldNode]:
        """The field nodes that hold for ``parent``, each fragment entered once."""
        for node in selections.selections if selections else ():
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = self._fragment(node)
            if fragment is not None and self._holds(fragment, parent) and not self._seen(node, seen):
                yield from self._collect(parent, fragment.selection_set, seen)

    def _field(self, parent: Composite, key: str, nodes: Nodes) -> Field:
        name = nodes[0].name.value
        definition = parent.fields[name]
        arguments = get_argument_values(definition, nodes[0], self.variables)
        named = get_named_type(definition.type)
        selection = self.below(named, nodes) if isinstance(named, Composite) else None
        return Field(snake(name), key, arguments_in_python(arguments), selection)

    def _is_included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _fragment(self, node: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode | None:
        if isinstance(node, FragmentSpreadNode):
            return self.fragments.get(node.name.value)
        return node if isinstance(node, InlineFragmentNode) else None

    def _seen(self, node: SelectionNode, seen: set[str]) -> bool:
        """Whether this is a second spread of a fragment; notes the first."""
        if not isinstance(node, FragmentSpreadNode):
            return False
        known = node.name.value in seen
        seen.add(node.name.value)
        return known

    def _holds(self, fragment: InlineFragmentNode | FragmentDefinitionNode, parent: Composite) -> bool:
        if fragment.type_condition is None or fragment.type_condition.name.value == parent.name:
            return True
        condition = self.schema.get_type(fragment.type_condition.name.value)
        return isinstance(condition, GraphQLInterfaceType) and self.schema.is_sub_type(condition, parent)
