"""The outline of what is asked: all that decides how it is read, without the values that statements are run with.

Two readings with one outline run through one plan. Outlines are hashable, so that a plan can be kept by its outline.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from backoffice.query.comparable_text import storable
from backoffice.query.selection import ANY_TYPE, NODE, Field, Selection
from backoffice.query.typed_text import kind_of_text

Values: TypeAlias = Sequence[Mapping[str, object]]
"""The arguments of each slot of an outline, with their values."""


@dataclass(frozen=True)
class Known:
    """What of an argument decides a statement: of a mapping what is known of its parts, of a value mostly nothing.

    ``literal`` is what stands in the statement itself: a switch, a length, an order, the kind of a text searched for.
    """

    literal: Hashable = None
    parts: tuple[tuple[str, Known], ...] = ()


@dataclass(frozen=True)
class Outlined:
    """One field asked for. Its arguments' values are those of ``slot``, which fields with equal arguments share."""

    name: str
    key: str
    known: Known
    slot: int | None
    outline: Outline

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is selected of it."""
        return not self.outline.types


@dataclass(frozen=True)
class Outline:
    """The fields wanted, by type name; see ``Selection``."""

    types: tuple[tuple[str, tuple[Outlined, ...]], ...] = ()

    def of(self, type_name: str, interface: str | None = None) -> tuple[Outlined, ...]:
        """What is wanted of an object of this type, which may implement ``interface``."""
        known = dict(self.types)
        for name in (type_name, interface, NODE, ANY_TYPE):
            if name is not None and name in known:
                return known[name]
        return ()

    def names_a_type(self, type_name: str) -> bool:
        """Whether a type has an entry of its own."""
        return any(name == type_name for name, _ in self.types)


def outline_of(field: Field) -> tuple[Outlined, Values]:
    """The outline of a field with all that is below it, and the values that it leaves out."""
    values: list[Mapping[str, object]] = []
    return _outlined(field, values), values


def _outlined(field: Field, values: list[Mapping[str, object]]) -> Outlined:
    known, slot = (_known_of(field.arguments), _slot(field.arguments, values)) if field.arguments else (Known(), None)
    return Outlined(field.name, field.key, known, slot, _outline(field.selection, values))


def _outline(selection: Selection | None, values: list[Mapping[str, object]]) -> Outline:
    if selection is None:
        return Outline()
    types = ((name, tuple(_outlined(one, values) for one in fields)) for name, fields in selection.fields.items())
    return Outline(tuple(types))


def _slot(arguments: Mapping[str, object], values: list[Mapping[str, object]]) -> int:
    if arguments not in values:
        values.append(arguments)
    return values.index(arguments)


def _known_of(arguments: Mapping[str, object]) -> Known:
    return _parts({name: _LITERAL.get(name, _known)(value) for name, value in arguments.items() if value is not None})


def _known(value: object) -> Known | None:
    """Of a value that becomes a bind. A switch chooses between two conditions."""
    if isinstance(value, Mapping):
        return _parts({name: _known(part) for name, part in value.items() if part is not None})
    return Known(literal=value) if isinstance(value, bool) else Known()


def _parts(parts: Mapping[str, Known | None]) -> Known:
    found = ((name, known) for name, known in parts.items() if known is not None)
    return Known(parts=tuple(sorted(found, key=lambda part: part[0])))


def _length(value: object) -> Known:
    return Known(literal=value if isinstance(value, int) else str(value))


def _order(value: object) -> Known | None:
    if not isinstance(value, Mapping):
        return None
    return Known(literal=(str(value["field"]).lower(), str(value["direction"]).lower()))


def _search(value: object) -> Known | None:
    found = kind_of_text(storable(value)) if isinstance(value, str) else None
    return None if found is None else Known(literal=found)


def _names(value: object) -> Known:
    return Known(literal=tuple(str(one).lower() for one in value) if isinstance(value, Sequence) else ())


_LITERAL: Mapping[str, Callable[[object], Known | None]] = {
    "first": _length,
    "last": _length,
    "order_by": _order,
    "search": _search,
    "group_by": _names,
}
"""The arguments that decide more than by being there."""
