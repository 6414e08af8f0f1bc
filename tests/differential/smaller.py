"""The smallest part of a document that still shows a difference: its parts taken out one by one.

Hypothesis would shrink what it drew; a document is shrunk better as what it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

REMOVABLE = (
    FragmentDefinitionNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ArgumentNode,
    DirectiveNode,
    ObjectFieldNode,
    VariableDefinitionNode,
)


def smallest(text: str, differs: Callable[[str], bool]) -> str:
    """The document with nothing left to take out for which ``differs`` still holds; it is tried on invalid ones too."""
    found = True
    while found:
        found = False
        for smaller in _smaller(text):
            if differs(smaller):
                text, found = smaller, True
                break
    return text


def _smaller(text: str) -> Iterator[str]:
    place = 0
    while (taken := _without(text, place)) is not None:
        yield taken
        place += 1


def _without(text: str, place: int) -> str | None:
    taking = _Taking(place)
    try:
        shorter = visit(parse(text), taking)
    except Exception:  # noqa: BLE001 - what is left is no document
        return ""
    return _tidied(print_ast(shorter)) if taking.taken else None


def _tidied(text: str) -> str:
    """Without the fragments and variables that nothing uses any more."""
    while unused := _unused(text):
        text = print_ast(visit(parse(text), _Forgetting(unused)))
    return text


def _unused(text: str) -> set[str]:
    fragments = {name for name in re.findall(r"^fragment (\w+)", text, re.MULTILINE) if f"...{name}" not in text}
    variables = set(re.findall(r"\$\w+", text))
    return fragments | {name[1:] for name in variables if len(re.findall(re.escape(name) + r"\b", text)) == 1}


class _Forgetting(Visitor):
    """Takes out definitions by name."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names

    def enter(self, node: Node, *_: Any) -> Any:
        if isinstance(node, FragmentDefinitionNode) and node.name.value in self.names:
            return REMOVE
        if isinstance(node, VariableDefinitionNode) and node.variable.name.value in self.names:
            return REMOVE
        return None


class _Taking(Visitor):
    """Takes out the one node at a place, counted among those that can go."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.left = place
        self.taken = False

    def enter(self, node: Node, *_: Any) -> Any:
        if not isinstance(node, REMOVABLE) or self.taken:
            return None
        self.left -= 1
        if self.left >= 0:
            return None
        self.taken = True
        return REMOVE
