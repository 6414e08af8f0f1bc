"""What a reading asks for: fields by type, each with its response key, arguments and selection.

``schema`` builds selections from GraphQL documents; ``admin`` writes them with ``want``, ``page`` and ``asked``::

    want("id", "name", assets=page(want("id", "serial_number"), "total_count", first=5))

A ``Selection[Site]`` is one whose answers are ``Site``, as ``query.typed_rows`` derives it from that class.

Fields, arguments, and what stands inside filters and orders have the reader's own names, in snake_case:
whatever GraphQL calls it, the admin reads ``requested_at``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, NotRequired, TypedDict

from typing_extensions import TypeVar

ANY_TYPE = "*"
"""The entry of a selection that holds for every type: what ``want`` writes."""

NODE = "Node"
"""The interface of everything that has a global id."""

TYPENAME = "__typename"

RowType_co = TypeVar("RowType_co", covariant=True, bound=Mapping[str, object], default=Mapping[str, object])
"""What an object read by a selection looks like."""

RowType = TypeVar("RowType", bound=Mapping[str, object], default=Mapping[str, object])

PAGE_INFO = ("has_next_page", "has_previous_page", "start_cursor", "end_cursor")


class PageInfo(TypedDict):
    """Where a page of a connection stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class Listing(TypedDict, Generic[RowType]):
    """A page of a connection; its ``total_count`` where that was asked for."""

    nodes: list[RowType]
    page_info: PageInfo
    total_count: NotRequired[int]


@dataclass(frozen=True)
class Field:
    """One field asked for: its name in its entity and the key its value gets in the answer."""

    name: str
    key: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    selection: Selection | None = None


@dataclass(frozen=True)
class Selection(Generic[RowType_co]):
    """The fields wanted, by type name.

    For an interface each entry of a concrete type is whole: the interface's fields are already merged into it. Concrete
    types without an entry of their own read the interface's entry, which for ``node(id)`` is that of ``Node``.
    """

    fields: Mapping[str, tuple[Field, ...]]

    def of(self, type_name: str, interface: str | None = None) -> tuple[Field, ...]:
        """What is wanted of an object of this type, which may implement ``interface``."""
        for name in (type_name, interface, NODE, ANY_TYPE):
            if name is not None and name in self.fields:
                return self.fields[name]
        return ()

    def names(self, type_name: str) -> frozenset[str]:
        """The names of the fields wanted of a type."""
        return frozenset(one.name for one in self.of(type_name))


@dataclass(frozen=True)
class Asked:
    """A field's arguments and selection, before ``want`` gives it its name."""

    arguments: Mapping[str, object]
    selection: Selection | None


def want(*names: str, **nested: Selection | Asked) -> Selection:
    """A selection of leaf fields by name, and of fields with a selection or arguments by keyword."""
    leaves = tuple(Field(name, name) for name in names)
    return Selection({ANY_TYPE: leaves + tuple(_named(name, asked) for name, asked in nested.items())})


def asked(selection: Selection | None = None, **arguments: object) -> Asked:
    """A field with arguments, for ``want``: ``label=asked(language="en")``."""
    return Asked(arguments, selection)


def listing(nodes: Selection[RowType], *also: str) -> Selection[Listing[RowType]]:
    """The selection of a connection: its nodes and page information, and ``also``, such as ``total_count``."""
    return Selection(want(*also, nodes=nodes, page_info=want(*PAGE_INFO)).fields)


def page(nodes: Selection, *also: str, **arguments: object) -> Asked:
    """A nested connection, for ``want``: ``assets=page(want("id"), first=5)``."""
    return Asked(arguments, listing(nodes, *also))


def _named(name: str, value: Selection | Asked) -> Field:
    if isinstance(value, Selection):
        return Field(name, name, {}, value)
    return Field(name, name, value.arguments, value.selection)
