import enum
from decimal import Decimal

import pytest
from marshmallow import INCLUDE, Schema, fields, validate

from backoffice.plugins import FieldKind, FieldSpec, Label, UnsupportedField, describe

NAMED = {"label": Label("نام", "Name")}


class Colour(enum.Enum):
    RED = Label("سرخ", "Red")
    SKY_BLUE = Label("آبی", "Sky blue")


def schema(**declared: fields.Field) -> type[Schema]:
    return Schema.from_dict(declared, name="Trial")


def spec(field: fields.Field) -> FieldSpec:
    (described,) = describe(schema(one=field))
    return described


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (fields.String(metadata=NAMED), FieldKind.STRING),
        (fields.String(metadata={**NAMED, "multiline": True}), FieldKind.TEXT),
        (fields.Email(metadata=NAMED), FieldKind.STRING),
        (fields.Integer(validate=validate.Range(0, 9), metadata=NAMED), FieldKind.INTEGER),
        (fields.Decimal(metadata=NAMED), FieldKind.DECIMAL),
        (fields.Boolean(metadata=NAMED), FieldKind.BOOLEAN),
        (fields.Date(metadata=NAMED), FieldKind.DATE),
        (fields.AwareDateTime(metadata=NAMED), FieldKind.DATETIME),
        (fields.Enum(Colour, metadata=NAMED), FieldKind.ENUM),
        (fields.List(fields.String(), metadata=NAMED), FieldKind.LIST),
        (fields.Nested(schema(inner=fields.String(metadata=NAMED)), metadata=NAMED), FieldKind.NESTED),
    ],
)
def test_every_supported_class_has_its_kind(field, kind):
    assert spec(field).kind is kind


@pytest.mark.parametrize(
    "field",
    [
        fields.Raw(metadata=NAMED),
        fields.Float(metadata=NAMED),
        fields.DateTime(metadata=NAMED),
        fields.NaiveDateTime(metadata=NAMED),
        fields.Time(metadata=NAMED),
        fields.TimeDelta(metadata=NAMED),
        fields.Dict(metadata=NAMED),
        fields.UUID(metadata=NAMED),
        fields.Constant("x", metadata=NAMED),
        fields.Function(lambda _: 1, metadata=NAMED),
        type("Own", (fields.String,), {})(metadata=NAMED),
        fields.List(fields.Raw(), metadata=NAMED),
        fields.Nested(schema(inner=fields.Raw(metadata=NAMED)), metadata=NAMED),
    ],
    ids=lambda field: type(field).__name__,
)
def test_any_other_class_is_refused_with_schema_field_and_class(field):
    with pytest.raises(UnsupportedField, match=r"Trial\.\w+: \w+ is not supported; use one of String, "):
        spec(field)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (fields.String(), "it needs metadata="),
        (fields.String(metadata={"label": "نام"}), "it needs metadata="),
        (fields.String(metadata={**NAMED, "description": "x"}), "description must be a Label"),
        (fields.String(metadata=NAMED, data_key="other"), "a second name"),
        (fields.String(metadata=NAMED, attribute="other"), "a second name"),
        (fields.String(metadata=NAMED, load_only=True), "do not come back from storage"),
        (fields.String(metadata=NAMED, dump_only=True), "do not come back from storage"),
        (fields.Boolean(metadata={**NAMED, "multiline": True}), "only a String can be multiline"),
        (fields.Date(metadata=NAMED, format="%d/%m/%Y"), "ISO 8601"),
        (fields.Integer(metadata=NAMED), "an Integer needs validate.Range"),
        (fields.Integer(validate=validate.Range(min=0), metadata=NAMED), "an Integer needs validate.Range"),
        (fields.Integer(validate=validate.Range(0, 2**31), metadata=NAMED), "may be at most 2147483647"),
        (fields.Enum(Colour, by_value=True, metadata=NAMED), "leave by_value out"),
        (fields.Enum(enum.Enum("Nothing", {}), metadata=NAMED), "its Enum has no members"),
        (fields.Enum(enum.Enum("Plain", "A B"), metadata=NAMED), "with Labels as values"),
        (fields.Enum(enum.Enum("Low", {"a": Label("ا", "a")}), metadata=NAMED), "members in upper case"),
        (
            fields.Enum(enum.Enum("Twice", {"A": Label("ا", "a"), "B": Label("ا", "a")}), metadata=NAMED),
            "the same Label",
        ),
        (fields.Nested(schema(a=fields.String(metadata=NAMED)), many=True, metadata=NAMED), "List(Nested(…))"),
        (fields.Nested(schema(a=fields.String(metadata=NAMED)), only=("a",), metadata=NAMED), "no options"),
        (fields.Nested(schema(), metadata=NAMED), "its schema declares no field"),
        (fields.List(fields.Nested(schema()), metadata=NAMED), "its schema declares no field"),
    ],
)
def test_what_would_not_work_in_a_face_or_in_storage_is_refused(field, reason):
    with pytest.raises(UnsupportedField) as refused:
        spec(field)
    assert reason in str(refused.value)


@pytest.mark.parametrize("name", ["Name", "camelCase", "_hidden", "a__b", "a_1", "نام"])
def test_a_field_has_a_name_that_no_two_spellings_share(name):
    with pytest.raises(UnsupportedField, match="not lower_snake_case"):
        describe(schema(**{name: fields.String(metadata=NAMED)}))


def test_a_schema_that_takes_unknown_fields_is_refused():
    class Open(Schema):
        class Meta:
            unknown = INCLUDE

        one = fields.String(metadata=NAMED)

    with pytest.raises(UnsupportedField, match="leave it at RAISE"):
        describe(Open)


def test_a_schema_that_contains_itself_is_refused():
    class Part(Schema):
        part = fields.Nested(lambda: Part, metadata=NAMED)

    with pytest.raises(UnsupportedField, match="it contains itself"):
        describe(Part)


def test_fields_keep_the_order_in_which_they_are_declared():
    names = ["zebra", "apple", "mango"]
    described = describe(schema(**{name: fields.String(metadata=NAMED) for name in names}))
    assert [one.name for one in described] == names


def test_a_field_has_its_label_and_description():
    described = spec(fields.String(metadata={**NAMED, "description": Label("شرح", "About it")}))
    assert described.label == Label("نام", "Name")
    assert described.description == Label("شرح", "About it")


def test_a_field_is_optional_unless_it_says_otherwise():
    assert not spec(fields.String(metadata=NAMED)).required
    assert spec(fields.String(metadata=NAMED, required=True)).required


def test_the_choices_of_an_enum_are_the_names_of_its_members():
    assert spec(fields.Enum(Colour, metadata=NAMED)).choices == (
        ("RED", Label("سرخ", "Red")),
        ("SKY_BLUE", Label("آبی", "Sky blue")),
    )


def test_a_range_gives_the_bounds():
    described = spec(fields.Decimal(validate=validate.Range(Decimal("0.5"), 3), metadata=NAMED))
    assert (described.minimum, described.maximum) == (Decimal("0.5"), 3)


def test_a_bound_that_is_not_inclusive_is_left_to_the_judge():
    described = spec(fields.Decimal(validate=validate.Range(0, 3, min_inclusive=False), metadata=NAMED))
    assert (described.minimum, described.maximum) == (None, 3)


def test_a_length_gives_the_bounds_of_a_text():
    described = spec(fields.String(validate=validate.Length(2, 9), metadata=NAMED))
    assert (described.min_length, described.max_length) == (2, 9)


def test_an_exact_length_is_both_bounds():
    described = spec(fields.String(validate=validate.Length(equal=6), metadata=NAMED))
    assert (described.min_length, described.max_length) == (6, 6)


def test_a_pattern_is_told_beside_a_length():
    rules = [validate.Length(max=6), validate.Regexp(r"^[A-Z]+$")]
    described = spec(fields.String(validate=rules, metadata=NAMED))
    assert (described.pattern, described.max_length) == ("^[A-Z]+$", 6)


def test_a_list_describes_its_items_by_its_own_label():
    item = spec(fields.List(fields.Integer(validate=validate.Range(1, 5)), metadata=NAMED)).item
    assert item is not None
    assert (item.kind, item.maximum, item.label) == (FieldKind.INTEGER, 5, Label("نام", "Name"))


def test_a_nested_schema_is_described_whole():
    inner = schema(inner=fields.Date(metadata=NAMED))
    described = spec(fields.List(fields.Nested(inner), metadata=NAMED))
    assert described.item is not None
    assert [(one.name, one.kind) for one in described.item.fields] == [("inner", FieldKind.DATE)]
