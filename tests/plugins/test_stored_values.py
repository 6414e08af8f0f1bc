import datetime as dt
import enum
from decimal import Decimal

import pytest
from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, Part, ServiceType
from backoffice.plugins.stored_values import restore, show

NAMED = {"label": Label("نام", "Name")}


class Colour(enum.Enum):
    RED = Label("سرخ", "Red")


class Inner(Schema):
    count = fields.Integer(validate=validate.Range(1, 5), metadata=NAMED)


class Request(Schema):
    text = fields.String(required=True, validate=validate.Length(max=3), metadata=NAMED)
    flag = fields.Boolean(metadata=NAMED)
    day = fields.Date(metadata=NAMED)
    instant = fields.AwareDateTime(metadata=NAMED)
    price = fields.Decimal(metadata=NAMED)
    colour = fields.Enum(Colour, metadata=NAMED)
    parts = fields.List(fields.Nested(Inner), metadata=NAMED)


class Result(Schema):
    text = fields.String(metadata=NAMED)


class Trial(ServiceType):
    code, label, version = "trial", Label("آزمایشی", "Trial"), 2
    modes = frozenset({Mode.REMOTE})
    request, result = Request, Result

    def upgrade_request(self, data, from_version):
        return {"text": data["remark"]}


def restored(data: dict, *, version: int = 2) -> dict:
    return restore(Trial(), Part.REQUEST, data, version=version)


def test_what_is_not_declared_any_more_is_left_out():
    assert restored({"left_over": 1}) == {}


def test_what_is_shown_has_every_declared_field():
    assert show(Trial(), Part.RESULT, {}) == {"text": None}


def test_what_is_shown_names_the_members_of_enums_and_fills_nested_values():
    values = {"colour": Colour.RED, "parts": [{"count": 2}, {}]}
    shown = show(Trial(), Part.REQUEST, values)
    assert (shown["colour"], shown["parts"]) == ("RED", [{"count": 2}, {"count": None}])


def test_stored_values_come_back_in_their_own_types():
    data = {"flag": False, "day": "2026-06-01", "instant": "2026-06-01T10:00:00+00:00", "price": "1.50"}
    assert restored(data) == {
        "flag": False,
        "day": dt.date(2026, 6, 1),
        "instant": dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC),
        "price": Decimal("1.50"),
    }


def test_the_member_of_an_enum_comes_back_as_the_member():
    assert restored({"colour": "RED"}) == {"colour": Colour.RED}


def test_nested_values_come_back_whole():
    assert restored({"parts": [{"count": 2}, {}]}) == {"parts": [{"count": 2}, {}]}


def test_what_was_stored_is_not_judged_by_rules_made_since():
    assert restored({"text": "longer than three letters"}) == {"text": "longer than three letters"}
    assert restored({}) == {}


def test_an_older_version_is_upgraded():
    assert restored({"remark": "x"}, version=1) == {"text": "x"}


def test_an_older_version_without_an_upgrade_is_an_error_that_says_what_to_write():
    with pytest.raises(NotImplementedError, match="trial: write upgrade_result"):
        restore(Trial(), Part.RESULT, {}, version=1)


def test_a_newer_version_than_the_installed_one_is_an_error():
    with pytest.raises(ValueError, match="stored by version 3 of trial, installed is 2"):
        restored({}, version=3)


@pytest.mark.parametrize(
    "data",
    [
        {"text": 1},
        {"flag": "yes"},
        {"day": "soon"},
        {"instant": "soon"},
        {"price": "much"},
        {"price": 1.5},
        {"colour": "GREEN"},
        {"parts": {"count": 1}},
        {"parts": [{"count": True}]},
    ],
    ids=str,
)
def test_a_value_that_is_not_of_its_fields_kind_is_an_error(data):
    with pytest.raises(ValueError, match=r"."):
        restored(data)
