"""The types that a service type adds: its record, its request and result as output and as input, and their enums."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

import strawberry

from backoffice.domain.spelling import camel, pascal
from backoffice.plugins import Choice, FieldKind, FieldSpec, Part, ServiceType, describe
from backoffice.schema import declare
from backoffice.schema.enums import declare_enum
from backoffice.schema.record import ServiceRecord

EMPTY = "_empty"
"""The only field of an input whose schema has none, since GraphQL has no empty inputs. No plugin can declare it."""

LEAVES: Mapping[FieldKind, type] = {
    FieldKind.STRING: str,
    FieldKind.TEXT: str,
    FieldKind.INTEGER: int,
    FieldKind.DECIMAL: Decimal,
    FieldKind.BOOLEAN: bool,
    FieldKind.DATE: date,
    FieldKind.DATETIME: datetime,
}

ABOUT = {Part.REQUEST: "What is asked for with", Part.RESULT: "What is recorded of"}

Annotation: TypeAlias = Any
"""What Strawberry takes for a field's type: a class, an optional or a list."""


@dataclass(frozen=True)
class PluginTypes:
    """What one service type adds to the schema; ``names`` are the names of all its types, ``twice`` any two share."""

    service_type: ServiceType
    record: type
    inputs: Mapping[Part, type]
    names: frozenset[str]
    twice: frozenset[str]


@lru_cache(maxsize=64)
def types_of(service_type: ServiceType) -> PluginTypes:
    """The types of one service type, made once for whoever asks: to see whether they fit, and to compose them."""
    making = _Making(service_type)
    inputs = {part: making.input_of(part) for part in Part}
    return PluginTypes(service_type, making.record(), inputs, frozenset(making.names), frozenset(making.twice))


@dataclass(frozen=True)
class _Making:
    """The types of one service type being made. Every name begins with the type's code in PascalCase."""

    service_type: ServiceType
    names: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    enums: dict[tuple[str, tuple[Choice, ...]], type[StrEnum]] = field(default_factory=dict)

    def record(self) -> type:
        """``XRecord``, with ``request`` and ``result`` where their schemas have fields."""
        label = self.service_type.label.en
        members: dict[str, Any] = {"__annotations__": {}}
        for part in Part:
            specs = describe(self.service_type.schema(part))
            if specs:
                about = f"{ABOUT[part]} {label}."
                made = self._output(self._name(part), specs, about)
                members["__annotations__"][part.value] = made if part is Part.REQUEST else made | None
                members[part.value] = declare.field(about)
        name = f"{pascal(self.service_type.code)}Record"
        made = type(self._claim(name), (ServiceRecord,), members)
        return strawberry.type(made, name=name, description=f"A service record of {label}.")

    def input_of(self, part: Part) -> type:
        """``XRequestInput`` or ``XResultInput``."""
        specs = describe(self.service_type.schema(part))
        return self._input(self._name(part), specs, f"{ABOUT[part]} {self.service_type.label.en}.")

    def _name(self, part: Part) -> str:
        return pascal(self.service_type.code) + pascal(part)

    def _claim(self, name: str) -> str:
        (self.twice if name in self.names else self.names).add(name)
        return name

    def _output(self, name: str, specs: tuple[FieldSpec, ...], about: str) -> type:
        """All fields may be null: what was stored under an earlier version may lack them."""
        members = {spec.name: _member(self._output_kind(name, spec) | None, spec) for spec in specs}
        return strawberry.type(_class(self._claim(name), members), name=name, description=about)

    def _output_kind(self, name: str, spec: FieldSpec) -> Annotation:
        nested = name + pascal(spec.name)
        if spec.item is not None:
            return list[self._output_kind(name, spec.item)]  # type: ignore[misc]  # a type made at run time
        if spec.fields:
            return self._output(nested, spec.fields, _about(spec))
        return self._leaf(nested, spec)

    def _input(self, name: str, specs: tuple[FieldSpec, ...], about: str) -> type:
        members = {spec.name: self._input_member(name, spec) for spec in specs} or {EMPTY: _EMPTY_MEMBER}
        full = f"{name}Input"
        return strawberry.input(_class(self._claim(full), members), name=full, description=about)

    def _input_member(self, name: str, spec: FieldSpec) -> "_Member":
        kind = self._input_kind(name, spec)
        return _member(kind if spec.required else kind | None, spec, optional=not spec.required)

    def _input_kind(self, name: str, spec: FieldSpec) -> Annotation:
        nested = name + pascal(spec.name)
        if spec.item is not None:
            return list[self._input_kind(name, spec.item)]  # type: ignore[misc]  # a type made at run time
        if spec.fields:
            return self._input(nested, spec.fields, _about(spec))
        return self._leaf(nested, spec)

    def _leaf(self, name: str, spec: FieldSpec) -> type:
        return LEAVES[spec.kind] if spec.kind is not FieldKind.ENUM else self._enum(name, spec)

    def _enum(self, name: str, spec: FieldSpec) -> type[StrEnum]:
        """The same enum for output and input."""
        known = self.enums.get((name, spec.choices))
        if known is not None:
            return known
        values = {choice.value: f"{choice.label.en}." for choice in spec.choices}
        made = StrEnum(self._claim(name), {value: value for value in values})  # type: ignore[misc]  # made at run time
        declare_enum(made, _about(spec), values)
        self.enums[name, spec.choices] = made
        return made


_Member: TypeAlias = tuple[Annotation, Any]
"""The annotation and the Strawberry field of a class member."""


def _member(kind: Annotation, spec: FieldSpec, *, optional: bool = False) -> _Member:
    made = declare.optional(_about(spec)) if optional else declare.field(_about(spec))
    made.graphql_name = camel(spec.name)
    return kind, made


def _empty_member() -> _Member:
    made = declare.optional("There is nothing to say; leave it out.")
    made.graphql_name = EMPTY
    return bool | None, made


_EMPTY_MEMBER = _empty_member()


def _class(name: str, members: Mapping[str, _Member]) -> type:
    """A class with these members. Their names in Python are prefixed: a plugin may call a field ``class``."""
    annotations = {f"its_{member}": kind for member, (kind, _) in members.items()}
    fields = {f"its_{member}": made for member, (_, made) in members.items()}
    return type(name, (), {"__annotations__": annotations, **fields})


def _about(spec: FieldSpec) -> str:
    return f"{(spec.description or spec.label).en.rstrip('.')}."
