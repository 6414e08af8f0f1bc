"""From a selection to what a level must read, and to the functions that make the answer of its rows."""

from collections.abc import Callable
from typing import assert_never

from backoffice.query.denied import Denied
from backoffice.query.field_kinds import (
    Column,
    Computed,
    Connection,
    Expression,
    FieldKind,
    Linked,
    Many,
    One,
    Source,
    Through,
)
from backoffice.query.hanging_pages import HangingPages
from backoffice.query.interfaces import by_type
from backoffice.query.level import Beside, Level, Shape, Shaped
from backoffice.query.lists import HangingList
from backoffice.query.outline import Outlined
from backoffice.query.run import Row
from backoffice.query.selection import TYPENAME


def shape_of(level: Level, source: Source, field: Outlined) -> Shape:
    """The dict of an object of ``source`` by the response keys of its selection; ``level`` gets what it needs."""
    entity = level.ground.entity(source)
    if entity.interface is not None:
        return by_type(level, source, entity.interface, field.outline, _object)
    fields = field.outline.of(entity.name)
    typenames: dict[str, object] = {one.key: entity.name for one in fields if one.name == TYPENAME}
    shape = _object(level, source, fields)
    return (lambda row, beside: typenames | shape(row, beside)) if typenames else shape


def _object(level: Level, source: Source, fields: tuple[Outlined, ...]) -> Shaped:
    parts = [(field.key, _value(level, source, field)) for field in fields if field.name != TYPENAME]

    def shape(row: Row, beside: Beside) -> dict[str, object]:
        return {key: value(row, beside) for key, value in parts}

    return shape


def _value(level: Level, source: Source, field: Outlined) -> Shape:
    kind = level.ground.entity(source).fields[field.name]
    permission = _permission(level, kind)
    if permission is not None and not level.ground.access.may(permission):
        denied = Denied(permission)
        return lambda row, beside: denied
    match kind:
        case Column(name=name):
            return _at(level.column(source, name))
        case Expression():
            return _at(_position(level, source, field.name))
        case Computed():
            return _computed(level, source, kind, field)
        case One():
            return _one(level, source, kind, field)
        case Through(one=one, column=column):
            return _at(level.column(level.join(source, one), column))
        case Many() | Linked():
            listed = kind
            return _hung(level, source, field, lambda: HangingList(listed, field, level.ground, shape_of))
        case Connection():
            connection = kind
            return _hung(level, source, field, lambda: HangingPages(connection, field, level.ground, shape_of))
        case _:
            assert_never(kind)


def _permission(level: Level, kind: FieldKind) -> str | None:
    """What the viewer must hold to follow a field to another entity."""
    if isinstance(kind, One | Many | Connection):
        return level.ground.entities[kind.target].permission
    return _permission(level, kind.to) if isinstance(kind, Linked) else None


def _at(position: int) -> Shape:
    return lambda row, beside: row[position]


def _computed(level: Level, source: Source, computed: Computed, field: Outlined) -> Shape:
    positions = [_position(level, source, name) for name in computed.needs]
    value = computed.prepare(field, level.ground.plugins)
    return lambda row, beside: value(beside.moment, *[row[position] for position in positions])


def _position(level: Level, source: Source, name: str) -> int:
    """Where what a computed field needs stands in the row: a column, or an expression that is a field of its own."""
    kind = level.ground.entity(source).fields.get(name)
    if isinstance(kind, Expression):
        return level.expression(source, f"{name}()", kind.sql(source.rows, level.ground))
    return level.column(source, name)


def _one(level: Level, source: Source, one: One, field: Outlined) -> Shape:
    found = level.join(source, one)
    present = level.column(found, found.key)
    shape = shape_of(level, found, field)
    return lambda row, beside: None if row[present] is None else shape(row, beside)


def _hung(level: Level, source: Source, field: Outlined, make: Callable[[], "HangingList | HangingPages"]) -> Shape:
    number, key = level.hang(source, field, make)
    return lambda row, beside: beside.lists[number][row[key]]
