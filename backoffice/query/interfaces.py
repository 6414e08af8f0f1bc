"""Rows of one table as objects of several types, each row by its own."""

from collections.abc import Callable
from typing import TypeAlias

from backoffice.query.field_kinds import Source
from backoffice.query.level import Beside, Level, Shape, Shaped
from backoffice.query.outline import Known, Outline, Outlined
from backoffice.query.registry import Interface
from backoffice.query.run import Row
from backoffice.query.selection import TYPENAME

ObjectShaper: TypeAlias = Callable[[Level, Source, tuple[Outlined, ...]], Shaped]


READABLE = Outlined("readable", "readable", Known(), None, Outline())
"""What ``Interface.readable`` is prepared with: it is asked of every row, whatever else is."""


def by_type(level: Level, source: Source, interface: Interface, outline: Outline, make: ObjectShaper) -> Shape:
    """The objects of an interface. ``__typename`` is always among their keys, and the same whatever is asked."""
    types = interface.types(level.ground.plugins)
    stored = [level.column(source, name) for name in interface.readable.needs]
    is_readable = interface.readable.prepare(READABLE, level.ground.plugins)
    discriminator = level.column(source, interface.column)
    special = {interface.fallback, *(name for name in types.values() if outline.names_a_type(name))}
    named = {name: _Typed(level, source, interface, outline, name, make) for name in sorted(special)}
    other = _Typed(level, source, interface, outline, source.entity, make)

    def shape(row: Row, beside: Beside) -> object:
        name = types.get(row[discriminator], interface.fallback)
        if name != interface.fallback and not is_readable(beside.moment, *[row[position] for position in stored]):
            name = interface.fallback
        return named.get(name, other).answer(name, row, beside)

    return shape


class _Typed:
    """What is asked of one type; the fallback type has none of the interface's ``special`` fields."""

    def __init__(
        self, level: Level, source: Source, interface: Interface, outline: Outline, name: str, make: ObjectShaper
    ) -> None:
        fields = outline.of(name, source.entity)
        absent = interface.special if name == interface.fallback else frozenset[str]()
        self._typename_keys = [TYPENAME, *(field.key for field in fields if field.name == TYPENAME)]
        self._absent_keys = [field.key for field in fields if field.name in absent]
        self._shape = make(level, source, tuple(field for field in fields if field.name not in absent))

    def answer(self, name: str, row: Row, beside: Beside) -> dict[str, object]:
        typenames: dict[str, object] = dict.fromkeys(self._typename_keys, name)
        return typenames | dict.fromkeys(self._absent_keys) | self._shape(row, beside)
