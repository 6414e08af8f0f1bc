"""The form of a service type's request or result, made from its schema, which judges what is typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from wtforms import Field, Form, FormField

from backoffice.domain.problem import Problem
from backoffice.pages.fields import (
    ChecksField,
    JalaliDateField,
    LinesField,
    LongTextField,
    MomentField,
    NumberTextField,
    SelectOneField,
    TextField,
    required,
)
from backoffice.plugins import FieldKind, FieldSpec
from backoffice.wording import problem_text

NOTHING = ("", "—")
YES_OR_NO = (NOTHING, ("true", "بله"), ("false", "خیر"))

Maker: TypeAlias = Callable[[FieldSpec, Mapping[str, Any], str], Field]


def form_of(specs: Iterable[FieldSpec], language: str) -> type[Form]:
    """A form with a field for each spec. Lists of nested objects have none: they are filled in through the API.

    In Python the fields' names are prefixed: a plugin may call a field ``process``, as a form calls a method.
    """
    made = {f"its_{spec.name}": _field(spec, language) for spec in specs if has_field(spec)}
    return type("PluginForm", (Form,), made)


def has_field(spec: FieldSpec) -> bool:
    """Whether this form can ask for the spec's value."""
    return not (spec.kind is FieldKind.LIST and spec.item is not None and spec.item.kind is FieldKind.NESTED)


def _field(spec: FieldSpec, language: str) -> Field:
    named = {
        "name": spec.name,
        "label": spec.label.in_language(language),
        "description": spec.description.in_language(language) if spec.description else "",
        "validators": [required()] if spec.required else [],
    }
    return FIELDS[spec.kind](spec, named, language)


def _enum(spec: FieldSpec, named: Mapping[str, Any], language: str) -> Field:
    return SelectOneField(choices=[NOTHING, *_choices(spec, language)], **named)


def _list(spec: FieldSpec, named: Mapping[str, Any], language: str) -> Field:
    if spec.item is not None and spec.item.kind is FieldKind.ENUM:
        return ChecksField(choices=_choices(spec.item, language), **named)
    return LinesField(**named)


def _nested(spec: FieldSpec, named: Mapping[str, Any], language: str) -> Field:
    about = {key: named[key] for key in ("name", "label", "description")}
    return FormField(form_of(spec.fields, language), **about)


def _choices(spec: FieldSpec, language: str) -> list[tuple[str, str]]:
    return [(choice.value, choice.label.in_language(language)) for choice in spec.choices]


FIELDS: Mapping[FieldKind, Maker] = {
    FieldKind.STRING: lambda spec, named, language: TextField(**named),
    FieldKind.TEXT: lambda spec, named, language: LongTextField(**named),
    FieldKind.INTEGER: lambda spec, named, language: NumberTextField(**named),
    FieldKind.DECIMAL: lambda spec, named, language: NumberTextField(**named),
    FieldKind.BOOLEAN: lambda spec, named, language: SelectOneField(choices=YES_OR_NO, **named),
    FieldKind.DATE: lambda spec, named, language: JalaliDateField(**named),
    FieldKind.DATETIME: lambda spec, named, language: MomentField(**named),
    FieldKind.ENUM: _enum,
    FieldKind.LIST: _list,
    FieldKind.NESTED: _nested,
}


def raw_values(form: Form) -> dict[str, object]:
    """What was filled in, as the schema takes it: ISO dates, numbers as text; what was left empty is left out."""
    values = {field.short_name: _raw(field) for field in form}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _raw(field: Field) -> object:
    if isinstance(field, FormField):
        return raw_values(field.form)
    if isinstance(field.data, date | datetime):
        return field.data.isoformat()
    return list(field.data) if isinstance(field.data, tuple) else field.data


def place_in(form: Form, problems: Sequence[Problem], part: str, language: str) -> list[Problem]:
    """Put the problems of ``part`` ("request" or "result") on the form's fields; give back those that found none."""
    others = []
    fields = {field.short_name: field for field in form}
    for problem in problems:
        inside, name = problem.path[:1] == (part,), problem.path[2:3]
        if inside and name and name[0] in fields:
            field = fields[name[0]]
            field.errors = [*field.errors, problem_text(problem, language)]
        else:
            others.append(problem)
    return others
