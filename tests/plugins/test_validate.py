import datetime as dt
import enum
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from backoffice.plugins import ErrorCode, Label
from backoffice.plugins.validate import dump, load

NAMED = {"label": Label("نام", "Name")}


class Colour(enum.Enum):
    RED = Label("سرخ", "Red")


class Inner(Schema):
    count = fields.Integer(validate=validate.Range(1, 5), metadata=NAMED)


class Trial(Schema):
    text = fields.String(metadata=NAMED)
    day = fields.Date(metadata=NAMED)
    instant = fields.AwareDateTime(metadata=NAMED)
    price = fields.Decimal(metadata=NAMED)
    colour = fields.Enum(Colour, metadata=NAMED)
    tags = fields.List(fields.String(), metadata=NAMED)
    parts = fields.List(fields.Nested(Inner), metadata=NAMED)


class Strict(Schema):
    text = fields.String(required=True, metadata=NAMED)


def told(schema: type[Schema], raw: dict, path: tuple[str, ...] = ()) -> list[tuple]:
    """What and where, of each problem."""
    return [(problem.detail, problem.path) for problem in load(schema, raw, path).problems]


def test_json_becomes_python_values():
    raw = {"day": "2026-06-01", "instant": "2026-06-01T10:00:00+03:30", "price": "1.50", "colour": "RED"}
    assert load(Trial, raw).values == {
        "day": dt.date(2026, 6, 1),
        "instant": dt.datetime(2026, 6, 1, 6, 30, tzinfo=dt.UTC),
        "price": Decimal("1.50"),
        "colour": Colour.RED,
    }


def test_the_values_of_scalars_are_taken_as_they_are():
    values = {"day": dt.date(2026, 6, 1), "instant": dt.datetime(2026, 6, 1, tzinfo=dt.UTC), "price": Decimal("1.5")}
    assert load(Trial, values).values == values


def test_what_is_dumped_is_json_that_loads_again():
    loaded = load(Trial, {"day": "2026-06-01", "price": "1.50", "colour": "RED", "parts": [{"count": 2}]}).values
    stored = dump(Trial, loaded)
    assert stored == {"day": "2026-06-01", "price": "1.50", "colour": "RED", "parts": [{"count": 2}]}
    assert load(Trial, stored).values == loaded


def test_null_is_the_same_as_absent():
    loaded = load(Trial, {"text": None, "parts": [{"count": None}]})
    assert (loaded.values, loaded.problems) == ({"parts": [{}]}, ())


def test_null_does_for_a_required_field_what_absence_does():
    assert told(Strict, {"text": None}) == [("required", ("text",))]


def test_a_problem_is_an_invalid_field_with_words_in_both_languages():
    (problem,) = load(Trial, {"day": "soon"}).problems
    assert problem.code is ErrorCode.INVALID
    assert problem.text == Label("تاریخ درست نیست.", "Not a valid date.")


def test_an_unknown_field_is_a_problem():
    assert told(Trial, {"txet": "x"}) == [("unknown_field", ("txet",))]


def test_an_unknown_field_of_a_nested_schema_is_a_problem():
    assert told(Trial, {"parts": [{"cuont": 1}]}) == [("unknown_field", ("parts", "0", "cuont"))]


def test_a_path_begins_where_the_values_stand():
    assert told(Trial, {"parts": [{"count": 1}, {"count": 9}]}, ("request", "trial")) == [
        ("range", ("request", "trial", "parts", "1", "count"))
    ]


def test_all_problems_are_told_at_once():
    assert len(told(Trial, {"day": "soon", "price": "much", "tags": "x"})) == 3


def test_an_instant_without_offset_is_a_problem():
    assert told(Trial, {"instant": "2026-06-01T10:00:00"}) == [("datetime_offset", ("instant",))]


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\x07b"])
def test_text_that_is_no_writing_is_a_problem(text):
    assert told(Trial, {"text": text}) == [("unstorable_text", ("text",))]
    assert told(Trial, {"tags": ["fine", text]}) == [("unstorable_text", ("tags", "1"))]


def test_a_rule_over_the_whole_stands_at_the_whole():
    class Whole(Schema):
        text = fields.String(metadata=NAMED)

        @validates_schema
        def refuse(self, data, **_):
            raise ValidationError("نمی‌شود")

    assert told(Whole, {}, ("request",)) == [(None, ("request",))]


def test_a_schema_that_makes_objects_breaks_the_contract():
    class Made(Schema):
        text = fields.String(metadata=NAMED)

        @post_load
        def make(self, data, **_):
            return object()

    with pytest.raises(TypeError, match="must stay a mapping"):
        load(Made, {})


TEXT = st.text(st.sampled_from("aA1۱.-+:T \0\ud800"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(Trial().fields)), JSON))
def test_any_json_is_either_loaded_or_a_problem(raw):
    loaded = load(Trial, raw)
    assert loaded.problems or load(Trial, dump(Trial, loaded.values)).values == loaded.values
