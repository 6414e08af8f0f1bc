"""A record's request and result in words: the labels of the type's fields beside their values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from backoffice.pages import template_filters as filters
from backoffice.pages.rows import Row
from backoffice.plugins import FieldKind, FieldSpec, Part, Registry, describe

Said = list[tuple[str, str]]


def details(record: Row, part: Part, registry: Registry, language: str) -> Said:
    """What was filled in. Of a type that is gone the stored names and values, as they are."""
    code = record["service_type"]["code"] if isinstance(record["service_type"], Mapping) else ""
    values, raw = record[part.value], record[f"{part}_data"]
    kind = registry.get(str(code))
    if kind is None or not isinstance(values, Mapping):
        return [(str(name), str(value)) for name, value in (raw if isinstance(raw, Mapping) else {}).items()]
    return list(_said(describe(kind.schema(part)), values, language))


def _said(specs: Sequence[FieldSpec], values: Mapping[str, object], language: str) -> Iterator[tuple[str, str]]:
    for spec in specs:
        value = values.get(spec.name)
        if value in (None, "", [], {}):
            continue
        yield spec.label.in_language(language), _text(spec, value, language)


def _text(spec: FieldSpec, value: object, language: str) -> str:
    match value:
        case bool():
            return "بله" if value else "خیر"
        case datetime():
            return f"{filters.prose_day(value)}، {filters.clock(value)}"
        case date():
            return filters.prose_day(value)
        case int() | Decimal():
            return filters.number(value)
        case Mapping():
            return "، ".join(f"{name}: {text}" for name, text in _said(spec.fields, value, language))
        case list() if spec.item is not None:
            item = spec.item
            return "، ".join(_text(item, one, language) for one in value)
    if spec.kind is FieldKind.ENUM:
        return next((one.label.in_language(language) for one in spec.choices if one.value == value), str(value))
    return str(value)
