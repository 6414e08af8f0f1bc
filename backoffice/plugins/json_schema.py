"""Field specs as JSON Schema, for programs that fill in or check a request without knowing the plugin."""

from collections.abc import Mapping

from marshmallow import Schema

from backoffice.plugins.fields import FieldKind, FieldSpec, describe

JSON_TYPES: Mapping[FieldKind, Mapping[str, str]] = {
    FieldKind.STRING: {"type": "string"},
    FieldKind.TEXT: {"type": "string"},
    FieldKind.INTEGER: {"type": "integer"},
    FieldKind.DECIMAL: {"type": "string", "format": "decimal"},
    FieldKind.BOOLEAN: {"type": "boolean"},
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.DATETIME: {"type": "string", "format": "date-time"},
    FieldKind.ENUM: {"type": "string"},
    FieldKind.LIST: {"type": "array"},
    FieldKind.NESTED: {"type": "object"},
}


def json_schema(schema: type[Schema]) -> dict[str, object]:
    """The JSON Schema (2020-12) of a schema's stored and accepted JSON, titles in Persian."""
    return _json_object(describe(schema))


def _json_object(specs: tuple[FieldSpec, ...]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {spec.name: {"title": spec.label.fa} | _json(spec) for spec in specs},
        "required": [spec.name for spec in specs if spec.required],
        "additionalProperties": False,
    }


def _json(spec: FieldSpec) -> dict[str, object]:
    made: dict[str, object] = dict(JSON_TYPES[spec.kind])
    counted = "Items" if spec.kind is FieldKind.LIST else "Length"
    said: dict[str, object] = {
        "enum": [choice.value for choice in spec.choices] or None,
        "minimum": spec.minimum if spec.kind is FieldKind.INTEGER else None,
        "maximum": spec.maximum if spec.kind is FieldKind.INTEGER else None,
        f"min{counted}": spec.min_length,
        f"max{counted}": spec.max_length,
        "pattern": spec.pattern,
        "items": _json(spec.item) if spec.item else None,
    }
    made |= {key: value for key, value in said.items() if value is not None}
    if spec.kind is FieldKind.NESTED:
        made |= _json_object(spec.fields)
    return made
