"""Tehran's days and Jalali arithmetic."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.calendar import (
    add_jalali_months,
    business_day,
    is_jalali_leap,
    jalali,
    jalali_month,
    jalali_year,
    parse_jalali,
    system_clock,
)

LEAP_YEARS = [1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441]
days = st.dates(date(2012, 3, 20), date(2062, 3, 20))


def test_the_leap_years_are_the_ones_of_the_official_calendar():
    assert [year for year in range(1391, 1442) if is_jalali_leap(year)] == LEAP_YEARS


@pytest.mark.parametrize("year", LEAP_YEARS)
def test_a_leap_year_has_a_30th_of_esfand_before_the_new_year(year: int):
    assert parse_jalali(f"{year}/12/30") == parse_jalali(f"{year + 1}/01/01") - timedelta(days=1)


def test_a_day_begins_at_midnight_in_tehran_not_in_utc():
    last_second = datetime(2026, 8, 5, 20, 29, 59, tzinfo=UTC)
    assert business_day(last_second) == date(2026, 8, 5)
    assert business_day(last_second + timedelta(seconds=1)) == date(2026, 8, 6)


def test_summers_before_1402_had_a_summer_time():
    assert business_day(datetime(2022, 8, 5, 19, 30, tzinfo=UTC)) == date(2022, 8, 6)


def test_an_instant_without_a_time_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        business_day(datetime(2026, 8, 5))  # noqa: DTZ001


def test_the_clock_tells_utc():
    assert system_clock().tzinfo is UTC


def test_year_and_month_are_jalali():
    assert (jalali_year(date(2026, 11, 22)), jalali_month(date(2026, 11, 22))) == (1405, 140509)


def test_a_month_on_is_the_same_day_of_the_next_month():
    assert add_jalali_months(parse_jalali("1404/05/15"), 12) == parse_jalali("1405/05/15")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("1403/12/30", 12, "1405/01/01"),
        ("1403/12/30", 60, "1408/12/30"),
        ("1404/06/31", 1, "1404/08/01"),
        ("1404/11/30", 1, "1405/01/01"),
        ("1405/01/31", -1, "1405/01/01"),
    ],
)
def test_a_day_that_does_not_exist_rolls_forward(start: str, months: int, end: str):
    assert add_jalali_months(parse_jalali(start), months) == parse_jalali(end)


@pytest.mark.parametrize("text", ["۱۴۰۵/۰۹/۰۱", "1405/9/1", "١٤٠٥-٠٩-٠١", " 1405/09/01 "])
def test_a_jalali_date_is_read_in_any_digits(text: str):
    assert parse_jalali(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "1405/12/30", "1405/13/01", "1405/09", "1405/09/xx", "۱۴۰۵٫۰۹٫۰۱", "1405/-9/01"])
def test_what_is_no_jalali_date_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own words differ
        parse_jalali(text)


@pytest.mark.parametrize(
    "text", ["1405/09", "1405/09/01/01", "1405/09/x", "1405/+9/01", "1405/ 9/01", "1405/9/²", "1405/१/01"]
)
def test_what_is_not_three_numbers_is_no_jalali_date(text: str):
    with pytest.raises(ValueError, match="not a Jalali date"):
        parse_jalali(text)


@given(days)
def test_a_stored_day_survives_being_shown_and_read(day: date):
    shown = jalali(day)
    assert parse_jalali(f"{shown.year}/{shown.month}/{shown.day}") == day


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_more_months_never_lead_to_an_earlier_day(day: date, fewer: int, more: int):
    fewer, more = sorted((fewer, more))
    assert add_jalali_months(day, fewer) <= add_jalali_months(day, more)
