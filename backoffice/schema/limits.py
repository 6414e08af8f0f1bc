"""How large a document may be. Each fragment is measured once, so that a few hundred bytes cannot keep the desk busy.

The measures count what the document asks for when it is written out: a fragment counts at each of its spreads. Depth
leaves introspection out, whose standard query is deeper than any of ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from graphql import (
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

DOCUMENT_BYTES = 20_000
TOKENS = 1_000
DEPTH = 10
ALIASES = 30
ROOT_FIELDS = 20
DIRECTIVES = 20
FIELDS = 5_000
LIST_INPUT = 250
NUMBER_LENGTH = 40

NESTING = 100
"""Levels of braces and fragments within each other, beyond which nothing is measured any more."""


@dataclass(frozen=True)
class Size:
    """The measures of a part of a document."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    roots: int = 0

    def beside(self, other: "Size") -> "Size":
        """Both parts, in one selection set."""
        return Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.roots + other.roots,
        )


class TooDeep(Exception):
    """A document is nested too deeply to be measured."""


def excesses(document: DocumentNode) -> list[str]:
    """What about a document is beyond the limits, for its author; empty when it may be validated."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    measuring = _Measuring(fragments)
    try:
        sizes = [
            measuring.operation(node) for node in document.definitions if isinstance(node, OperationDefinitionNode)
        ]
    except TooDeep:
        return [f"The document is nested more deeply than {DEPTH} levels."]
    return [*_long_values(document), *_over(reduce(_larger, sizes, Size()))]


def _over(size: Size) -> Iterator[str]:
    limits = (
        ("levels of fields", size.depth, DEPTH),
        ("fields", size.fields, FIELDS),
        ("aliases", size.aliases, ALIASES),
        ("directives", size.directives, DIRECTIVES),
        ("fields at the root", size.roots, ROOT_FIELDS),
    )
    for what, found, limit in limits:
        if found > limit:
            yield f"The document has {found} {what}; at most {limit} are allowed."


def _larger(one: Size, other: Size) -> Size:
    return Size(*(max(pair) for pair in zip(_numbers(one), _numbers(other), strict=True)))


def _numbers(size: Size) -> tuple[int, ...]:
    return (size.depth, size.fields, size.aliases, size.directives, size.roots)


class _Measuring:
    """The sizes of the fragments of one document, each found once."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.known: dict[str, Size] = {}

    def operation(self, node: OperationDefinitionNode) -> Size:
        size = self._set(node.selection_set, 0)
        variables = sum(len(variable.directives or ()) for variable in node.variable_definitions or ())
        return size.beside(Size(directives=len(node.directives or ()) + variables))

    def _set(self, selections: SelectionSetNode | None, level: int) -> Size:
        if level > NESTING:
            raise TooDeep
        size = Size()
        for node in selections.selections if selections else ():
            size = size.beside(self._node(node, level + 1)).beside(Size(directives=len(node.directives or ())))
        return size

    def _node(self, node: SelectionNode, level: int) -> Size:
        if isinstance(node, FieldNode):
            return self._field(node, level)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value, level)
        return self._set(getattr(node, "selection_set", None), level)

    def _field(self, node: FieldNode, level: int) -> Size:
        inner = self._set(node.selection_set, level)
        depth = 0 if node.name.value.startswith("__") else inner.depth + 1
        return Size(depth, inner.fields + 1, inner.aliases + bool(node.alias), inner.directives, roots=1)

    def _spread(self, name: str, level: int) -> Size:
        """A fragment's size; that of one within itself is nothing, for validation to refuse."""
        if name not in self.known:
            self.known[name] = Size()
            fragment = self.fragments.get(name)
            self.known[name] = self._set(fragment.selection_set if fragment else None, level)
        return self.known[name]


class _Values(Visitor):
    """The longest list and the longest number that a document writes out."""

    elements = 0
    digits = 0

    def enter_list_value(self, node: ListValueNode, *_: object) -> None:
        self.elements = max(self.elements, len(node.values))

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        self.digits = max(self.digits, len(node.value))

    def enter_float_value(self, node: FloatValueNode, *_: object) -> None:
        self.digits = max(self.digits, len(node.value))


def _long_values(document: DocumentNode) -> Iterator[str]:
    values = _Values()
    visit(document, values)
    if values.elements > LIST_INPUT:
        yield f"A list has {values.elements} elements; at most {LIST_INPUT} are allowed."
    if values.digits > NUMBER_LENGTH:
        yield f"A number has {values.digits} digits; at most {NUMBER_LENGTH} are allowed."
