"""The form of a command, made from what its operation declares: a field of its kind for each, with its label.

A form reads what was typed; whether a value is fit is the operation's to say, which judges all of them at once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING
from typing import Any, TypeAlias, TypeVar

from wtforms import Field, Form

from backoffice.operations import kinds
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Unit
from backoffice.pages import fields

C = TypeVar("C", bound=Command)
Maker: TypeAlias = Callable[..., Field]

BY_UNIT: Mapping[Unit, Maker] = {Unit.RIALS: fields.TomanField, Unit.METRES: fields.KilometresField}

BY_KIND: Mapping[type, Maker] = {
    kinds.Text: fields.TextField,
    kinds.LongText: fields.LongTextField,
    kinds.Code: fields.CodeField,
    kinds.Key: fields.RepeatKeyField,
    kinds.Phones: fields.LinesField,
    kinds.Day: fields.JalaliDateField,
    kinds.PastDay: fields.JalaliDateField,
    kinds.Instant: fields.MomentField,
    kinds.PastInstant: fields.MomentField,
    kinds.Flag: fields.CheckField,
    kinds.Version: fields.VersionField,
    kinds.Fingerprint: fields.HiddenTextField,
}
"""The fields of kinds that need to know no more. Choices are given by whoever knows what there is to choose."""

UNASKED = (kinds.Version, kinds.Key, kinds.Fingerprint)
"""Kinds that a page carries along; nobody is asked to fill them in."""


def form_of(
    command: type[Command],
    names: Collection[str],
    *,
    language: str,
    hints: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> type[Form]:
    """A form with those fields of the command that are in ``names``, in their order.

    ``hints`` stand below a field, ``labels`` take the place of the declared ones. Names that are no field of the
    command ask nothing. Raises KeyError for a field of a kind that no field is known for.
    """
    declared = {field.name: field for field in fields_of(command)}
    made = {
        name: field_of(declared[name], language, hint=(hints or {}).get(name, ""), label=(labels or {}).get(name))
        for name in names
        if name in declared
    }
    return type(f"{command.__name__}Form", (Form,), made)


def field_of(field: CommandField, language: str, *, hint: str = "", label: str | None = None) -> Field:
    """The form's field for one of a command's."""
    kind = field.given.kind
    must = field.default is MISSING and not field.nullable and not isinstance(kind, UNASKED)
    words = field.given.label.in_language(language) if label is None else label
    return maker_of(kind)(words, validators=[fields.required()] if must else [], description=hint)


def maker_of(kind: kinds.Kind) -> Maker:
    """What makes the field of a kind; raises KeyError for one that none is known for."""
    if isinstance(kind, kinds.Quantity):
        return BY_UNIT.get(kind.unit, fields.WholeNumberField)
    return BY_KIND[type(kind)]


def command_of(command: type[C], form: Form, **given: object) -> C:
    """The command that a valid form asks for, with what is ``given`` beside it; fields that have no value stay out."""
    names = {field.name for field in fields_of(command)}
    typed = {field.name: _value(field) for field in form if field.name in names}
    values: dict[str, Any] = {**typed, **given}
    return command(**values)


def _value(field: Field) -> object:
    return field.number if isinstance(field, fields.VersionField) else field.data
