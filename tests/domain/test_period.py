"""Periods: their bounds, their status, their overlaps and where a renewal is counted from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.calendar import add_jalali_months, is_jalali_leap, jalali, parse_jalali
from backoffice.domain.period import Period, PeriodStatus, Track, period_bounds, renewal_anchor

FORTY_YEARS = st.dates(date(2012, 3, 20), date(2052, 3, 20))
YEAR = Period(date(2025, 8, 6), date(2026, 8, 6))


def year_after_year(start: date, years: int) -> list[Period]:
    """An initial year and its renewals, each beginning where the one before ends."""
    periods = [Period(*period_bounds(start, 0, 12))]
    for _ in range(years):
        anchor, offset = renewal_anchor(periods, periods[-1].ends_before)
        periods.append(Period(*period_bounds(anchor, offset, 12)))
    return periods


def leap_days_in(period: Period) -> int:
    """How many 30ths of Esfand lie in a period."""
    first = jalali(period.starts_on).year
    years = [year for year in (first, first + 1) if is_jalali_leap(year)]
    return sum(period.contains(parse_jalali(f"{year}/12/30")) for year in years)


def test_a_year_bought_on_30_esfand_ends_on_29_esfand():
    period = Period(*period_bounds(parse_jalali("1403/12/30"), 0, 12))
    assert period.last_day == parse_jalali("1404/12/29")


def test_a_period_lasts_at_least_a_month():
    with pytest.raises(ValueError, match="at least one month"):
        period_bounds(date(2025, 8, 6), 0, 0)


def test_a_period_ends_after_it_starts():
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2025, 8, 6), date(2025, 8, 6))


@given(FORTY_YEARS)
def test_a_year_of_support_is_a_jalali_year_long(start: date):
    period = Period(*period_bounds(start, 0, 12))
    assert (period.ends_before - period.starts_on).days == 365 + leap_days_in(period)


@given(FORTY_YEARS, st.integers(1, 36))
def test_a_later_purchase_never_ends_earlier(start: date, months: int):
    _, ends_before = period_bounds(start, 0, months)
    _, next_days_end = period_bounds(start + timedelta(days=1), 0, months)
    assert ends_before <= next_days_end


def test_a_later_purchase_never_ends_earlier_on_any_day_of_forty_years():
    first = date(2012, 3, 20)
    ends = [period_bounds(first + timedelta(days=n), 0, 12)[1] for n in range(40 * 365)]
    assert ends == sorted(ends)


def test_the_last_day_is_inside_and_the_day_after_is_not():
    assert YEAR.contains(YEAR.last_day)
    assert not YEAR.contains(YEAR.ends_before)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 8, 5), PeriodStatus.SCHEDULED),
        (date(2025, 8, 6), PeriodStatus.ACTIVE),
        (date(2026, 8, 5), PeriodStatus.ACTIVE),
        (date(2026, 8, 6), PeriodStatus.EXPIRED),
    ],
)
def test_the_status_follows_from_the_day(day: date, status: PeriodStatus):
    assert YEAR.status_on(day) is status


def test_a_cancelled_period_is_cancelled_on_every_day():
    assert Period(YEAR.starts_on, YEAR.ends_before, cancelled=True).status_on(YEAR.starts_on) is PeriodStatus.CANCELLED


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Period(date(2026, 8, 5), date(2027, 8, 5)), True),
        (Period(date(2026, 8, 6), date(2027, 8, 6)), False),
        (Period(date(2026, 8, 5), date(2027, 8, 5), cancelled=True), False),
        (Period(date(2026, 8, 5), date(2027, 8, 5), Track.WARRANTY), False),
        (Period(date(2024, 8, 7), date(2025, 8, 7)), True),
        (Period(date(2024, 8, 6), date(2025, 8, 6)), False),
        (Period(date(2020, 8, 6), date(2021, 8, 6)), False),
    ],
    ids=[
        "by one day",
        "contiguous",
        "cancelled",
        "other track",
        "by its first day",
        "contiguous before",
        "long before",
    ],
)
def test_periods_overlap_when_they_share_a_day_of_one_track(other: Period, overlaps: bool):
    assert YEAR.overlaps(other) is overlaps
    assert other.overlaps(YEAR) is overlaps


def test_renewals_are_counted_from_the_first_start_not_chained():
    leap_day = parse_jalali("1403/12/30")
    assert year_after_year(leap_day, 5)[-1].starts_on == parse_jalali("1408/12/30")


def test_a_renewal_after_a_gap_is_counted_anew():
    starts_on = YEAR.ends_before + timedelta(days=1)
    assert renewal_anchor([YEAR], starts_on) == (starts_on, 0)


def test_a_renewal_of_a_cancelled_period_is_counted_anew():
    cancelled = Period(YEAR.starts_on, YEAR.ends_before, cancelled=True)
    assert renewal_anchor([cancelled], YEAR.ends_before) == (YEAR.ends_before, 0)


def test_after_a_period_that_was_not_whole_months_the_count_begins_anew():
    ten_days = Period(date(2025, 8, 6), date(2025, 8, 16))
    assert renewal_anchor([ten_days], date(2025, 8, 16)) == (date(2025, 8, 16), 0)


@given(FORTY_YEARS, st.integers(1, 6))
def test_contiguous_renewals_leave_no_day_out_and_none_twice(start: date, years: int):
    periods = year_after_year(start, years)
    assert [p.starts_on for p in periods[1:]] == [p.ends_before for p in periods[:-1]]


@given(FORTY_YEARS, st.integers(1, 6))
def test_the_nth_renewal_ends_that_many_years_after_the_purchase(start: date, years: int):
    assert year_after_year(start, years)[-1].ends_before == add_jalali_months(start, 12 * (years + 1))
