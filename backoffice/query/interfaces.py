"""Rows of one table as objects of several types, each row by its own."""

from collections.abc import Callable
from typing import TypeAlias

from backoffice.query.level import Level, Lists, Row, Shape, Shaped
from backoffice.query.registry import Interface
from backoffice.query.selection import TYPENAME, Field, Selection
from backoffice.query.sources import Source

ObjectShaper: TypeAlias = Callable[[Level, Source, tuple[Field, ...]], Shaped]


READABLE = Field("readable", "readable")
"""What ``Interface.readable`` is prepared with: it is asked of every row, whatever else is."""


def by_type(level: Level, source: Source, interface: Interface, selection: Selection, make: ObjectShaper) -> Shape:
    """The objects of an interface. ``__typename`` is always among their keys, and the same whatever is asked."""
    types = interface.types(level.context)
    stored = [level.column(source, name) for name in interface.readable.needs]
    is_readable = interface.readable.prepare(READABLE, level.context)
    discriminator = level.column(source, interface.column)
    special = {interface.fallback, *(name for name in types.values() if name in selection.fields)}
    named = {name: _Typed(level, source, interface, selection, name, make) for name in sorted(special)}
    other = _Typed(level, source, interface, selection, source.entity.name, make)

    def shape(row: Row, lists: Lists) -> object:
        name = types.get(row[discriminator], interface.fallback)
        if name != interface.fallback and not is_readable(*[row[position] for position in stored]):
            name = interface.fallback
        return named.get(name, other).answer(name, row, lists)

    return shape


class _Typed:
    """What is asked of one type; the fallback type has none of the interface's ``special`` fields."""

    def __init__(
        self, level: Level, source: Source, interface: Interface, selection: Selection, name: str, make: ObjectShaper
    ) -> None:
        fields = selection.of(name, source.entity.name)
        absent = interface.special if name == interface.fallback else frozenset[str]()
        self._typename_keys = [TYPENAME, *(field.key for field in fields if field.name == TYPENAME)]
        self._absent_keys = [field.key for field in fields if field.name in absent]
        self._shape = make(level, source, tuple(field for field in fields if field.name not in absent))

    def answer(self, name: str, row: Row, lists: Lists) -> dict[str, object]:
        typenames: dict[str, object] = dict.fromkeys(self._typename_keys, name)
        return typenames | dict.fromkeys(self._absent_keys) | self._shape(row, lists)
