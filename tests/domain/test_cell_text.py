"""What people type into cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain import cell_text
from backoffice.domain.cell_text import BadText
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.text import to_persian_digits
from backoffice.wording import day, number


@pytest.mark.parametrize(
    "text",
    [
        "9480000",
        "9,480,000",
        "۹۴۸۰۰۰۰",
        "۹٬۴۸۰٬۰۰۰",
        "۹،۴۸۰،۰۰۰",
        "٩٬٤٨٠٬٠٠٠",
        "9 480 000",
        " 9\u00a0480\u202f000\u200f ",
    ],
)
def test_rials_are_read_in_any_digits_and_with_any_separator(text: str):
    assert cell_text.rials(text) == 9_480_000


@given(st.integers(0, RIAL_LIMIT))
def test_rials_as_the_product_writes_them_are_read_back(amount: int):
    assert [cell_text.rials(number(amount, language)) for language in ("fa", "en")] == [amount, amount]


@pytest.mark.parametrize(
    "text", ["9,48,0000", "94,80000", "1.5", "1٫5", "-5", "+5", "ten", "9480000.0", "1e6", "", ",", "9,480,", "²", "१"]
)
def test_what_is_no_whole_number_of_rials_is_refused(text: str):
    with pytest.raises(BadText, match="not_rials"):
        cell_text.rials(text)


@pytest.mark.parametrize("text", [str(RIAL_LIMIT + 1), "9" * 5000])
def test_more_rials_than_can_be_handled_are_refused(text: str):
    with pytest.raises(BadText, match="too_many_rials"):
        cell_text.rials(text)


@pytest.mark.parametrize("text", ["1404/02/15", "۱۴۰۴/۰۲/۱۵", "1404-2-15", "٢٠٢٥-٠٥-٠٥", "2025-05-05"])
def test_a_day_is_jalali_or_iso(text: str):
    assert cell_text.day(text) == date(2025, 5, 5)


@given(st.dates(cell_text.FIRST_DAY, cell_text.LAST_DAY))
def test_days_as_the_product_writes_them_are_read_back(given_day: date):
    written = (day(given_day, "fa"), day(given_day, "en"), given_day.isoformat(), to_persian_digits(str(given_day)))
    assert {cell_text.day(text) for text in written} == {given_day}


@pytest.mark.parametrize(
    "text", ["1404/12/30", "1404/13/01", "2025/05/05", "2025-5-5", "05/02/1404", "0001/01/01", "1404", "اردیبهشت", ""]
)
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(BadText, match="not_a_day"):
        cell_text.day(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [("10", 1000), ("9.5", 950), ("۹٫۵٪", 950), ("٪۹٫۲۵", 925), ("10 %", 1000), ("0", 0), ("100", 10_000), ("1", 100)],
)
def test_a_percentage_is_read_in_hundredths(text: str, points: int):
    assert cell_text.basis_points(text) == points


@pytest.mark.parametrize("text", ["0.1", "0.10", "101", "9.555", "-1", "ten", "", "%"])
def test_what_is_no_percentage_and_a_fraction_that_was_meant_as_one_are_refused(text: str):
    with pytest.raises(BadText, match="not_a_percentage"):
        cell_text.basis_points(text)


@pytest.mark.parametrize(("text", "code"), [(" km ", "km"), ("۱-۲", "1-2"), ("Expert.A_1", "Expert.A_1")])
def test_a_code_is_kept_in_latin_digits(text: str, code: str):
    assert cell_text.code(text) == code


@pytest.mark.parametrize("text", ["کد", "two words", "-x", "a" * 65, "a\0", "a\nb"])
def test_what_is_no_code_is_refused(text: str):
    with pytest.raises(BadText, match="not_a_code"):
        cell_text.code(text)


@pytest.mark.parametrize("text", ["0", "1000", "1.0", "ten", "", "9" * 5000, "²"])
def test_a_number_outside_its_bounds_is_refused(text: str):
    with pytest.raises(BadText, match="not_a_number"):
        cell_text.whole_number(1, 999)(text)


@pytest.mark.parametrize("text", ["100.01", "0.01", "0.99"])
def test_a_percentage_is_nothing_or_from_one_to_a_hundred(text: str):
    with pytest.raises(BadText, match="not_a_percentage"):
        cell_text.basis_points(text)


def test_a_whole_number_has_at_most_nine_digits():
    read = cell_text.whole_number(0, 10**12)
    assert read("9" * 9) == 999_999_999
    with pytest.raises(BadText, match="not_a_number"):
        read("9" * 10)
