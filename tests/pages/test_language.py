"""The language of a page."""

from datetime import UTC, date, datetime

import pytest

from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus
from backoffice.pages.language import ChoicesOf, language
from backoffice.pages.template_filters import in_language, label, long_day, moment, phone, toman
from tests.pages.reader import page_in

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("reads", "written"),
    [
        ("fa", ["یکشنبه ۱ آذر ۱۴۰۵", "۱۴۰۵/۰۹/۰۱، ۱۲:۳۰", "۵۰ تومان", "۰۹۱۲۰۰۰۰۰۰۱", "انجام‌شده"]),
        ("en", ["Sunday 1 Azar 1405", "1405/09/01, 12:30", "50 toman", "09120000001", "done"]),
    ],
)
def test_filters_write_as_the_reader_of_the_page_reads(reads: str, written: list[str]):
    instant = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    with page_in(reads):
        assert [long_day(DAY), moment(instant), toman(500), phone("+989120000001"), label("done", "status")] == written


def test_choices_are_said_in_the_language_of_each_page_that_they_are_on():
    choices = ChoicesOf("status", [RecordStatus.DONE])
    with page_in("fa"):
        assert list(choices) == [("done", "انجام‌شده")]
    with page_in("en"):
        assert list(choices) == [("done", "done")]


def test_a_text_in_both_languages_is_shown_in_the_readers():
    with page_in("en"):
        assert in_language(Label("پذیرش", "Desk")) == "Desk"


def test_without_a_page_there_is_no_language_to_guess():
    with pytest.raises(RuntimeError, match="none is being made"):
        language()
