"""The form of a command, made from what its operation declares: a field of its kind for each, with its label.

A form reads what was typed; whether a value is fit is the operation's to say, which judges all of them at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, MISSING, dataclass, field
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar, get_origin

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from backoffice.domain.label import Label
from backoffice.operations import kinds
from backoffice.operations.command import Command, CommandField, fields_of
from backoffice.operations.kinds import Unit
from backoffice.operations.result import UNSET
from backoffice.pages import fields
from backoffice.pages.language import language
from backoffice.pages.requests import typed_key

C = TypeVar("C", bound=Command)
Maker: TypeAlias = Callable[..., Field]
Choices: TypeAlias = Mapping[str, Iterable[fields.Choice]]

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
    kinds.Choice: fields.OneOfField,
    kinds.Known: fields.OneOfField,
    kinds.Id: fields.SelectOneField,
    kinds.Called: fields.SelectOneField,
    kinds.Ids: fields.ChecksField,
}

CARRIED = (kinds.Version, kinds.Key, kinds.Fingerprint)
"""Kinds that a page carries along: nobody is asked to fill them in."""

CHOSEN = (kinds.Choice, kinds.Known, kinds.Id, kinds.Called, kinds.Ids)
"""Kinds of which one is chosen, out of what whoever makes the form knows to be there."""


@dataclass(frozen=True)
class CommandForm(Generic[C]):
    """The fields ``names`` of a command as a form, in this order.

    ``labels`` take the place of the declared ones, where the form asks in another unit; ``hints`` stand below fields.
    ``choices`` and ``defaults`` are those that do not depend on what is stored.
    """

    command: type[C]
    names: tuple[str, ...]
    _: KW_ONLY
    labels: Mapping[str, Label] = field(default_factory=dict)
    hints: Mapping[str, Label] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    makers: Mapping[str, Maker] = field(default_factory=dict)
    """What makes a field that people type otherwise than its kind is usually typed."""

    def made(
        self,
        sent: MultiDict[str, str] | None,
        *,
        data: Mapping[str, object] | None = None,
        choices: Choices | None = None,
    ) -> Form:
        """The form in the language of the page in hand: as it was sent, else as it begins, with ``data``.

        Raises KeyError for a name that the command does not have, or of a kind that no field is known for.
        """
        declared = {one.name: one for one in fields_of(self.command)}
        known = {**self.choices, **(choices or {})}
        made = {name: self._field(declared[name], known) for name in self.names}
        form: Form = type(f"{self.command.__name__}Form", (Form,), made)(sent, data=data)
        return form

    def asked(self, form: Form, **given: object) -> C:
        """The command that a valid form asks for, with what is ``given`` beside it."""
        typed = {one.name: _typed(form[one.name], one) for one in fields_of(self.command) if one.name in self.names}
        values: dict[str, Any] = {**typed, **given}
        return self.command(**values)

    def _field(self, declared: CommandField, choices: Choices) -> Field:
        name, kind = declared.name, declared.given.kind
        label, hint = self.labels.get(name, declared.given.label), self.hints.get(name)
        offers = isinstance(kind, CHOSEN) and (name in choices or name not in self.makers)
        more: dict[str, Any] = {"choices": list(choices[name])} if offers else {}
        if name in self.defaults:
            more["default"] = self.defaults[name]
        return (self.makers.get(name) or _maker_of(declared))(
            label.in_language(language()),
            validators=_validators(declared),
            description=hint.in_language(language()) if hint else "",
            **more,
        )


def _maker_of(declared: CommandField) -> Maker:
    return fields.ChecksField if _is_several(declared) else maker_of(declared.given.kind)


def _is_several(declared: CommandField) -> bool:
    """Whether any of the choices may be made, not one of them."""
    return isinstance(declared.given.kind, kinds.Known | kinds.Ids) and get_origin(declared.type) is tuple


def maker_of(kind: kinds.Kind) -> Maker:
    """What makes the field of a kind; raises KeyError for one that none is known for."""
    if isinstance(kind, kinds.Quantity):
        return BY_UNIT.get(kind.unit, fields.WholeNumberField)
    return BY_KIND[type(kind)]


def _validators(declared: CommandField) -> list[object]:
    """Something must be filled in where no value is none, unless leaving it out means something by itself."""
    kind = declared.given.kind
    if declared.nullable or isinstance(kind, (*CARRIED, kinds.Flag)):
        return []
    if isinstance(kind, kinds.Known | kinds.Ids) and _is_several(declared):
        return [fields.chosen()] if kind.least else []
    if isinstance(kind, CHOSEN):
        return [fields.chosen()]
    return [fields.required()] if declared.default in (MISSING, UNSET) else []


def _typed(typed: Field, declared: CommandField) -> object:
    """What a field says, as the command takes it."""
    value, kind = typed.data, declared.given.kind
    if isinstance(typed, fields.VersionField):
        return typed.number
    if isinstance(kind, kinds.Ids):
        return tuple(typed_key(one) or 0 for one in value or ())
    if _is_several(declared):
        return tuple(value or ())
    if value is None:
        return None
    if isinstance(kind, kinds.Id):
        return typed_key(value) or 0
    return declared.type(value) if isinstance(declared.type, type) and issubclass(declared.type, Enum) else value
