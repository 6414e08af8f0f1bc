"""The form of a service type: a field for each of its schema's, and what is typed goes to the schema as it takes it."""

from enum import Enum
from typing import Any

import pytest
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.pages.plugin_form import form_of, place_in, raw_values
from backoffice.plugins import describe


def _named(fa: str, **more: Any) -> dict[str, Any]:
    return {"label": Label(fa, fa), **more}


class Colour(Enum):
    RED = Label("سرخ", "Red")
    BLUE = Label("آبی", "Blue")


class Place(Schema):
    room = fields.String(metadata=_named("اتاق"))


class Everything(Schema):
    topic = fields.String(required=True, metadata=_named("عنوان"))
    note = fields.String(metadata=_named("یادداشت", multiline=True))
    people = fields.Integer(validate=validate.Range(1, 9), metadata=_named("شمار"))
    ratio = fields.Decimal(metadata=_named("نسبت"))
    agreed = fields.Boolean(metadata=_named("موافق"))
    day = fields.Date(metadata=_named("روز"))
    moment = fields.AwareDateTime(metadata=_named("زمان"))
    colour = fields.Enum(Colour, metadata=_named("رنگ"))
    colours = fields.List(fields.Enum(Colour, metadata=_named("رنگ")), metadata=_named("رنگ‌ها"))
    files = fields.List(fields.String(metadata=_named("فایل")), metadata=_named("فایل‌ها"))
    place = fields.Nested(Place, metadata=_named("جا"))


FORM = form_of(describe(Everything), "fa")
TYPED = {
    "request-topic": "آغاز",
    "request-people": "۳",
    "request-ratio": "۲٫۵",
    "request-agreed": "false",
    "request-day": "۱۴۰۵/۰۹/۰۱",
    "request-moment": "۱۴۰۵/۰۹/۰۱ ۰۹:۳۰",
    "request-colour": "RED",
    "request-colours": ["RED", "BLUE"],
    "request-files": "یک\nدو",
    "request-place-room": "۱۲",
}


def _filled(typed: dict[str, Any]) -> Any:
    return FORM(MultiDict(typed), prefix="request-")


def with_errors(form: Form) -> list[str]:
    """The fields that something is wrong with."""
    return [field.short_name for field in form if field.errors]


def test_every_kind_of_field_is_asked_for() -> None:
    assert {field.short_name for field in _filled({})} == set(Everything().fields)


@pytest.mark.parametrize("name", [name for name in dir(Form) if name.islower() and name[0] != "_"])
def test_a_field_may_be_named_like_whatever_a_form_has(name: str) -> None:
    inner = Schema.from_dict({name: fields.String(metadata=_named("نام"))})
    named = fields.String(required=True, metadata=_named("نام"))
    schema = Schema.from_dict({name: named, "inner": fields.Nested(inner, metadata=_named("نام"))})
    form = form_of(describe(schema), "fa")(MultiDict({f"r-{name}": "x", f"r-inner-{name}": "y"}), prefix="r-")
    assert form.validate()
    assert raw_values(form) == {name: "x", "inner": {name: "y"}}


def test_what_is_typed_is_what_the_schema_loads() -> None:
    loaded = Everything().load(raw_values(_filled(TYPED)))
    assert loaded["people"] == 3
    assert str(loaded["ratio"]) == "2.5"
    assert loaded["agreed"] is False
    assert loaded["day"].isoformat() == "2026-11-22"
    assert loaded["moment"].isoformat() == "2026-11-22T09:30:00+03:30"
    assert loaded["colours"] == [Colour.RED, Colour.BLUE]
    assert loaded["files"] == ["یک", "دو"]
    assert loaded["place"] == {"room": "۱۲"}


def test_what_is_left_empty_is_left_out() -> None:
    assert raw_values(_filled({"request-topic": "آغاز"})) == {"topic": "آغاز"}


def test_a_field_that_the_schema_requires_is_required() -> None:
    form = _filled({})
    assert not form.validate()
    assert with_errors(form) == ["topic"]


def test_a_choice_that_is_none_is_refused() -> None:
    assert not _filled({"request-topic": "آغاز", "request-colour": "GREEN"}).validate()


def test_the_schemas_problems_stand_beside_their_fields() -> None:
    form = _filled({})
    ours = Problem(ErrorCode.INVALID, path=("request", "everything", "people"))
    others = Problem(ErrorCode.INVALID, path=("minutes",))
    assert place_in(form, [ours, others], "request", "fa") == [others]
    assert with_errors(form) == ["people"]
