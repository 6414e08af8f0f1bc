"""A marshmallow schema as neutral field specs, from which the faces make inputs, outputs and forms."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from marshmallow import RAISE, Schema, fields, validate

from backoffice.domain.label import Label
from backoffice.plugins.contract import CODE

AnyField: TypeAlias = fields.Field[Any]

MEMBER = re.compile(r"[A-Z][A-Z0-9_]*")
"""How the members of an Enum are named: they are the enum values of GraphQL."""

LARGEST_INTEGER = 2**31 - 1
"""GraphQL's ``Int`` has 32 bits: a larger value could be stored and never read again."""


class FieldKind(StrEnum):
    """What a field holds. TEXT is a STRING of several lines."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    ENUM = "enum"
    LIST = "list"
    NESTED = "nested"


class Choice(NamedTuple):
    """One member of an ENUM field: ``value`` is the member's name, as it is stored, asked for and answered."""

    value: str
    label: Label


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One field of a request or a result. ``name`` is snake_case and the key of the stored JSON.

    A field that is not ``required`` may be absent or null, which is the same. Bounds are inclusive.
    ``members`` is the Enum of an ENUM, whose members the loaded values are; ``choices`` are those for a face.
    ``item`` describes the elements of a LIST, ``fields`` the fields of a NESTED; elsewhere they are empty.
    """

    name: str
    kind: FieldKind
    label: Label
    description: Label | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    members: type[enum.Enum] | None = None
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    item: "FieldSpec | None" = None
    fields: "tuple[FieldSpec, ...]" = ()


KINDS: Mapping[type[AnyField], FieldKind] = {
    fields.String: FieldKind.STRING,
    fields.Email: FieldKind.STRING,
    fields.Integer: FieldKind.INTEGER,
    fields.Decimal: FieldKind.DECIMAL,
    fields.Boolean: FieldKind.BOOLEAN,
    fields.Date: FieldKind.DATE,
    fields.AwareDateTime: FieldKind.DATETIME,
    fields.Enum: FieldKind.ENUM,
    fields.List: FieldKind.LIST,
    fields.Nested: FieldKind.NESTED,
}
"""The supported field classes; what is not here is refused. Not ``DateTime``: an instant without offset is none."""


class UnsupportedField(TypeError):
    """A schema declares something that has no form in the faces. ``UnsupportedField(schema, name, reason)``."""

    def __init__(self, schema: type[Schema], name: str, reason: str) -> None:
        super().__init__(f"{schema.__module__}.{schema.__qualname__}.{name}: {reason}")


@cache
def describe(schema: type[Schema]) -> tuple[FieldSpec, ...]:
    """The fields of a schema, in the order they are declared. Raises ``UnsupportedField``."""
    return _walk(schema, ())


def _walk(schema: type[Schema], within: tuple[type[Schema], ...]) -> tuple[FieldSpec, ...]:
    if schema in within:
        raise UnsupportedField(schema, "*", "it contains itself")
    made = schema()
    if made.unknown != RAISE:
        raise UnsupportedField(schema, "Meta.unknown", "leave it at RAISE: unknown fields are always problems")
    return tuple(_spec(name, field, (*within, schema)) for name, field in made.fields.items())


def _spec(name: str, field: AnyField, within: tuple[type[Schema], ...]) -> FieldSpec:
    label, description = field.metadata.get("label"), field.metadata.get("description")
    if not CODE.fullmatch(name):
        raise UnsupportedField(within[-1], name, "its name is not lower_snake_case")
    if not isinstance(label, Label):
        raise UnsupportedField(within[-1], name, 'it needs metadata={"label": Label("…", "…")}')
    if not isinstance(description, Label | None):
        raise UnsupportedField(within[-1], name, "its description must be a Label")
    return _shape(FieldSpec(name=name, kind=FieldKind.STRING, label=label, description=description), field, within)


def _shape(named: FieldSpec, field: AnyField, within: tuple[type[Schema], ...]) -> FieldSpec:
    """A named spec with all that the field's class and validators say."""
    kind, rules = KINDS.get(type(field)), _rules(field)
    members = field.enum if isinstance(field, fields.Enum) else None
    if kind is None:
        known = ", ".join(supported.__name__ for supported in KINDS)
        raise UnsupportedField(within[-1], named.name, f"{type(field).__name__} is not supported; use one of {known}")
    if reason := _unusable(field, rules):
        raise UnsupportedField(within[-1], named.name, reason)
    return replace(
        named,
        kind=FieldKind.TEXT if field.metadata.get("multiline") else kind,
        required=field.required,
        choices=tuple(Choice(member.name, member.value) for member in members or ()),
        members=members,
        minimum=rules.minimum,
        maximum=rules.maximum,
        min_length=rules.min_length,
        max_length=rules.max_length,
        pattern=rules.pattern,
        item=_shape(named, field.inner, within) if isinstance(field, fields.List) else None,
        fields=_walk(type(field.schema), within) if isinstance(field, fields.Nested) else (),
    )


class _Rules(NamedTuple):
    """What a field's validators say, as far as a face can show it. All the others still judge."""

    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


def _rules(field: AnyField) -> _Rules:
    rules = _Rules()
    for rule in field.validators:
        if isinstance(rule, validate.Range):
            rules = rules._replace(
                minimum=rule.min if rule.min_inclusive else None, maximum=rule.max if rule.max_inclusive else None
            )
        elif isinstance(rule, validate.Length):
            exact = rule.equal
            rules = rules._replace(
                min_length=rule.min if exact is None else exact, max_length=rule.max if exact is None else exact
            )
        elif isinstance(rule, validate.Regexp):
            rules = rules._replace(pattern=str(rule.regex.pattern))
    return rules


def _unusable(field: AnyField, rules: _Rules) -> str | None:
    """Why a field of a supported class cannot be used after all."""
    if field.data_key is not None or field.attribute is not None:
        return "data_key and attribute would give it a second name"
    if field.load_only or field.dump_only:
        return "load_only and dump_only fields do not come back from storage"
    if isinstance(field, fields.Enum):
        return _unusable_enum(field)
    if isinstance(field, fields.Integer):
        return _unusable_integer(rules)
    if isinstance(field, fields.Nested):
        return _unusable_nested(field)
    if isinstance(field, fields.DateTime | fields.Date) and field.format not in (None, "iso"):
        return "dates and times are ISO 8601 in JSON; leave format out"
    if field.metadata.get("multiline") and type(field) is not fields.String:
        return "only a String can be multiline"
    return None


def _unusable_nested(field: fields.Nested) -> str | None:
    if field.many or field.only or field.exclude or field.unknown:
        return "a Nested takes a schema class and no options; for several, List(Nested(…))"
    return None if field.schema.fields else "its schema declares no field"


def _unusable_enum(field: "fields.Enum[enum.Enum]") -> str | None:
    if field.by_value:
        return "an Enum is stored by its members' names; leave by_value out"
    if not field.enum.__members__:
        return "its Enum has no members"
    if not all(isinstance(member.value, Label) and MEMBER.fullmatch(member.name) for member in field.enum):
        return "its Enum must have members in upper case with Labels as values"
    if len(field.enum.__members__) > len(field.enum):
        return "two members of its Enum have the same Label"
    return None


def _unusable_integer(rules: _Rules) -> str | None:
    if rules.minimum is None or rules.maximum is None:
        return "an Integer needs validate.Range(min=…, max=…)"
    if rules.minimum < -LARGEST_INTEGER or rules.maximum > LARGEST_INTEGER:
        return f"an Integer may be at most {LARGEST_INTEGER}"
    return None
