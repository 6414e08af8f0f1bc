from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, json_schema

NAMED = {"label": Label("نام", "Name")}


def prop(field: fields.Field) -> dict:
    """How the one field of a schema is written."""
    return json_schema(Schema.from_dict({"one": field}))["properties"]["one"]


def test_a_schema_is_a_closed_object():
    made = json_schema(Schema.from_dict({"one": fields.String(metadata=NAMED)}))
    assert (made["type"], made["additionalProperties"]) == ("object", False)


def test_only_required_fields_are_required():
    declared = {"one": fields.String(metadata=NAMED, required=True), "two": fields.String(metadata=NAMED)}
    assert json_schema(Schema.from_dict(declared))["required"] == ["one"]


def test_a_text_has_its_title_and_its_length():
    described = prop(fields.String(validate=validate.Length(max=9), metadata=NAMED))
    assert described == {"title": "نام", "type": "string", "maxLength": 9}


def test_an_integer_has_its_bounds():
    described = prop(fields.Integer(validate=validate.Range(1, 5), metadata=NAMED))
    assert described == {"title": "نام", "type": "integer", "minimum": 1, "maximum": 5}


def test_a_decimal_is_a_string_without_numeric_bounds():
    described = prop(fields.Decimal(validate=validate.Range(1, 5), metadata=NAMED))
    assert described == {"title": "نام", "type": "string", "format": "decimal"}


def test_a_list_has_the_shape_of_its_items():
    described = prop(fields.List(fields.Date(), validate=validate.Length(min=1), metadata=NAMED))
    assert described == {
        "title": "نام",
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "format": "date"},
    }


def test_a_nested_schema_is_an_object_within():
    inner = Schema.from_dict({"inner": fields.Boolean(metadata=NAMED)})
    assert prop(fields.Nested(inner, metadata=NAMED))["properties"] == {"inner": {"title": "نام", "type": "boolean"}}
