"""Form fields: what Persian keyboards write becomes values, and is shown again as it was typed."""

from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.pages.fields import (
    ClockField,
    CodeField,
    JalaliDateField,
    KilometresField,
    LinesField,
    MomentField,
    OneOfField,
    TextField,
    WholeNumberField,
)
from tests.pages.reader import page_in


class _Form(Form):
    text = TextField()
    code = CodeField()
    lines = LinesField()
    day = JalaliDateField()
    clock = ClockField()
    moment = MomentField()
    count = WholeNumberField()
    distance = KilometresField()
    one = OneOfField(choices=[("a", "الف")])


def _filled(**typed: str) -> _Form:
    return _Form(MultiDict(typed))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("text", "  علی ", "علی"),
        ("text", "  ", None),
        ("code", "PDR-۱۲۳", "PDR-123"),
        ("lines", "یک\n\n دو ", ("یک", "دو")),
        ("day", "۱۴۰۵/۰۹/۰۱", date(2026, 11, 22)),
        ("day", "1403-12-30", date(2025, 3, 20)),
        ("day", "", None),
        ("clock", "۹:۰۵", time(9, 5)),
        ("count", "۱۲", 12),
        ("count", "٣", 3),
        ("distance", "۳۹٫۹", 39_900),
        ("distance", "40", 40_000),
        ("distance", "0.001", 1),
        ("one", "a", "a"),
        ("one", "", None),
    ],
)
def test_what_is_typed_becomes_a_value(field: str, typed: str, value: object) -> None:
    form = _filled(**{field: typed})
    assert form.validate()
    assert form[field].data == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", "۱۴۰۴/۱۲/۳۰"),
        ("day", "فردا"),
        ("clock", "25:00"),
        ("clock", "noon"),
        ("moment", "1405/09/01 9"),
        ("count", "-1"),
        ("count", "۱۲٫۵"),
        ("count", "9999999999"),
        ("distance", "0.0001"),
        ("distance", "-2"),
        ("distance", "NaN"),
        ("distance", "Infinity"),
        ("one", "b"),
    ],
)
def test_what_cannot_be_read_is_refused_in_persian(field: str, typed: str) -> None:
    form = _filled(**{field: typed})
    assert not form.validate()
    assert all("\u0600" <= text[0] <= "\u06ff" for text in form[field].errors)


@pytest.mark.parametrize("field", ["day", "count", "distance"])
def test_what_was_typed_wrong_is_shown_again(field: str) -> None:
    form = _filled(**{field: "نادرست"})
    form.validate()
    assert form[field]._value() == "نادرست"


def test_values_are_shown_as_people_read_them() -> None:
    assert _written("fa") == ["۱۴۰۵/۰۹/۰۱", "۰۹:۰۵", "۱۲", "۳۹٫۹"]
    assert _written("en") == ["1405/09/01", "09:05", "12", "39.9"]


def _written(language: str) -> list[str]:
    form = _Form(data={"day": date(2026, 11, 22), "clock": time(9, 5), "count": 12, "distance": 39_900})
    with page_in(language):
        return [form[name]._value() for name in ("day", "clock", "count", "distance")]
