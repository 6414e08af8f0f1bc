"""GraphQL documents drawn from the schema: valid, within the limits, and as odd as documents may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    parse,
)
from graphql.type import GraphQLEnumType
from hypothesis import strategies as st

from backoffice.schema.limits import excesses
from tests.differential.values import KINDS, Pools, value

NOT_ASKED = frozenset({"Query.coverage"})
"""A decision that is made while it is asked for, by an operation: there is nothing to read naively."""

FLAGS = ("on", "off")
DEEPEST = 7
MOST_ALIASES, MOST_DIRECTIVES, MOST_FIELDS = 28, 14, 70

Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass(frozen=True)
class Document:
    """A document with the values of its variables."""

    text: str
    variables: Mapping[str, object]


@dataclass
class _Draft:
    """A document being drawn, and what of the limits is used up."""

    random: Random
    schema: GraphQLSchema
    pools: Pools
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    fragments: dict[str, tuple[str, int, str]] = field(default_factory=dict)

    def chance(self, one_in: int) -> bool:
        return self.random.randint(0, one_in - 1) == 0

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}: "

    def directive(self) -> str:
        """Often nothing; else @skip or @include, by a literal or a variable."""
        if self.directives >= MOST_DIRECTIVES or not self.chance(9):
            return ""
        self.directives += 1
        name = self.random.choice(["skip", "include"])
        flag = self.random.choice(["true", "false", *(f"${one}" for one in FLAGS)])
        for one in FLAGS:
            if flag == f"${one}":
                self.types[one], self.values[one] = "Boolean!", one == "on"
        return f" @{name}(if: {flag})"


def documents(schema: GraphQLSchema, pools: Pools) -> st.SearchStrategy[Document]:
    """Queries, each grown from a seed: what is drawn choice by choice comes out small and much alike."""
    return st.randoms(use_true_random=True).map(lambda random: _document(random, schema, pools))


def _document(random: Random, schema: GraphQLSchema, pools: Pools) -> Document:
    draft = _Draft(random, schema, pools)
    assert schema.query_type is not None
    chosen = random.choices(_roots(schema.query_type), k=random.randint(1, 3))
    body = " ".join(_field(draft, schema.query_type, name, 1, is_root=True) for name in chosen)
    declared = ", ".join(f"${name}: {kind}" for name, kind in draft.types.items())
    fragments = " ".join(text for _, _, text in draft.fragments.values())
    return Document(f"query{f'({declared})' if declared else ''} {{ {body} }} {fragments}".strip(), draft.values)


def _roots(query: GraphQLObjectType) -> list[str]:
    """What can be asked, lists more often than single things."""
    names = sorted(name for name in query.fields if f"Query.{name}" not in NOT_ASKED)
    return names + [name for name in names if "filter" in query.fields[name].args] * 3


def _field(draft: _Draft, parent: Composite, name: str, depth: int, *, is_root: bool = False) -> str:
    definition = parent.fields[name]
    draft.fields += 1
    given = _arguments(draft, parent, name, definition, is_root=is_root)
    # Where types differ by the fragment they stand in, and where arguments do, one key must not mean two things.
    alone = given or name in ("request", "result") or _is_of_a_plugin(parent)
    alias = draft.alias() if alone or (draft.aliases < MOST_ALIASES and draft.chance(6)) else ""
    start = f"{alias}{name}{given}"
    named = get_named_type(definition.type)
    if not isinstance(named, Composite):
        return start + draft.directive()
    wanted = _set(draft, named, depth + 1)
    once = f"{start}{draft.directive()} {wanted}"
    if given and draft.aliases < MOST_ALIASES and draft.chance(5):  # the same of another page
        other = _arguments(draft, parent, name, definition, is_root=is_root)
        once = f"{once} {draft.alias()}{name}{other} {wanted}"
    if draft.chance(8) and draft.fields < MOST_FIELDS:  # the same field again, to be merged
        return f"{once} {start} {_set(draft, named, depth + 1)}"
    return once


def _is_of_a_plugin(parent: Composite) -> bool:
    return parent.name.endswith(("Request", "Result"))


def _set(draft: _Draft, parent: Composite, depth: int) -> str:
    """A selection set; at the bottom, of leaves only."""
    parts = [_part(draft, parent, depth) for _ in range(draft.random.randint(1, 4))]
    return "{ " + " ".join(parts) + " }"


def _part(draft: _Draft, parent: Composite, depth: int) -> str:
    if draft.chance(10) or (not _leaves(parent) and depth >= DEEPEST):
        return f"{draft.alias() if draft.aliases < MOST_ALIASES and draft.chance(3) else ''}__typename"
    if (isinstance(parent, GraphQLInterfaceType) and draft.chance(2)) or draft.chance(12):
        return _fragment(draft, parent, depth)
    return _field(draft, parent, draft.random.choice(_choices(draft, parent, depth)), depth)


def _choices(draft: _Draft, parent: Composite, depth: int) -> list[str]:
    is_full = depth >= DEEPEST or draft.fields >= MOST_FIELDS or draft.aliases >= MOST_ALIASES - 3
    return _leaves(parent) if is_full and _leaves(parent) else sorted(parent.fields)


def _leaves(parent: Composite) -> list[str]:
    return sorted(
        name
        for name, one in parent.fields.items()
        if not isinstance(get_named_type(one.type), Composite) and not one.args
    )


def _fragment(draft: _Draft, parent: Composite, depth: int) -> str:
    """A fragment on the type itself, one of its interfaces or of its kinds: in line, or by name and perhaps again."""
    condition = draft.random.choice(_conditions(draft.schema, parent))
    narrowed = draft.schema.type_map[condition]
    assert isinstance(narrowed, Composite)
    again = [name for name, (on, at, _) in draft.fragments.items() if on == condition and at >= depth]
    if again and draft.chance(2):
        return f"...{draft.random.choice(again)}{draft.directive()}"
    inner = _set(draft, narrowed, depth + (2 if draft.fields >= MOST_FIELDS else 0))
    if draft.chance(3):
        name = f"F{len(draft.fragments)}"
        draft.fragments[name] = (condition, depth, f"fragment {name} on {condition} {inner}")
        return f"...{name}{draft.directive()}"
    on = "" if condition == parent.name and draft.chance(2) else f" on {condition}"
    return f"...{on}{draft.directive()} {inner}"


def _conditions(schema: GraphQLSchema, parent: Composite) -> list[str]:
    names = {parent.name, *(one.name for one in parent.interfaces)}
    if isinstance(parent, GraphQLInterfaceType):
        names |= {one.name for one in schema.get_possible_types(parent)}
        names |= {one.name for one in schema.get_implementations(parent).interfaces}
    return sorted(names)


def _arguments(draft: _Draft, parent: Composite, name: str, definition: GraphQLField, *, is_root: bool) -> str:
    made: dict[str, tuple[GraphQLArgument, object]] = {}
    for argument, one in definition.args.items():
        if isinstance(one.type, GraphQLNonNull) or (argument not in PAGING and draft.chance(3)):
            drawn = None if _may_be_null(draft, one) else value(draft.random, one.type, argument, draft.pools)
            made[argument] = one, drawn
    kind = get_named_type(definition.type).name.removesuffix("Connection")
    if kind in KINDS and "first" in definition.args:
        window = _window(draft, kind, made.get("orderBy", (None, None))[1], definition, is_root=is_root)
        made |= {argument: (definition.args[argument], drawn) for argument, drawn in window.items()}
    if not made:
        return ""
    return f"({', '.join(_given(draft, argument, one, drawn) for argument, (one, drawn) in made.items())})"


PAGING = frozenset({"first", "after", "last", "before"})


def _may_be_null(draft: _Draft, argument: GraphQLArgument) -> bool:
    return not isinstance(argument.type, GraphQLNonNull) and draft.chance(10)


def _window(draft: _Draft, kind: str, order: Any, definition: GraphQLField, *, is_root: bool) -> dict[str, object]:
    """A page that may be asked for; at the root, where it is refused before anything is read, also another."""
    first = next(iter(KINDS[kind].orders)) if order is None else order["field"].lower()
    lengths = [1, 2, 3, 5, *([3, 5, 7, 50, 100, None] if is_root else [])]
    end = draft.random.choice(["first", "last"] if "last" in definition.args else ["first"])
    window: dict[str, object] = {end: draft.random.choice(lengths)}
    for name in ("after", "before"):
        if name in definition.args and draft.chance(3):
            wrong = is_root and draft.chance(15)
            known = ["nothing", ""] if wrong else draft.pools.cursors[kind, first]
            window[name] = draft.random.choice(known)
    if is_root and draft.chance(25):
        window[end] = draft.random.choice([0, -1, 101])
    if is_root and "last" in definition.args and draft.chance(40):
        window |= {"first": 1, "last": 1}
    return window


def _given(draft: _Draft, name: str, argument: GraphQLArgument, drawn: object) -> str:
    if not draft.chance(3):
        return f"{name}: {literal(drawn, argument.type)}"
    variable = f"v{len(draft.types)}"
    draft.types[variable] = str(argument.type)
    draft.values[variable] = drawn
    return f"{name}: ${variable}"


def everything(schema: GraphQLSchema, name: str) -> str:
    """All fields below a root field that takes no argument, to the deepest level that the limits allow."""
    assert schema.query_type is not None
    texts = (f"{{ {_whole(schema, schema.query_type, name, depth)} }}" for depth in range(2, DEEPEST + 1))
    allowed = [text for text in texts if not excesses(parse(text, no_location=True)) and text.count(" ") < MOST_WORDS]
    return allowed[-1]


MOST_WORDS = 800


def _whole(schema: GraphQLSchema, parent: Composite, name: str, depth: int) -> str:
    definition = parent.fields[name]
    named = get_named_type(definition.type)
    length = 40 if parent.name == "Query" else 3
    page = f"(first: {length})" if "first" in definition.args else ""
    if not isinstance(named, Composite):
        return name
    if named is parent:  # a list within itself, whose size is a power of its levels
        depth = 1
    leaves, others = _leaves(named), sorted(set(named.fields) - set(_leaves(named)))
    below = [_whole(schema, named, one, depth - 1) for one in others] if depth > 1 else []
    wanted = ["__typename", *leaves, *(one for one in below if one)]
    return f"{name}{page} {{ {' '.join(wanted)} }}"


def literal(drawn: object, kind: GraphQLInputType) -> str:
    """A value as a document has it."""
    if isinstance(kind, GraphQLNonNull):
        return literal(drawn, kind.of_type)
    if drawn is None:
        return "null"
    if isinstance(kind, GraphQLList):
        assert isinstance(drawn, list)
        return f"[{', '.join(literal(one, kind.of_type) for one in drawn)}]"
    if isinstance(kind, GraphQLInputObjectType):
        assert isinstance(drawn, dict)
        inner = (f"{name}: {literal(one, kind.fields[name].type)}" for name, one in drawn.items())
        return "{" + ", ".join(inner) + "}"
    return str(drawn) if isinstance(kind, GraphQLEnumType) else json.dumps(drawn, ensure_ascii=False)
