"""The scalars, in both directions."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.money import RIAL_LIMIT
from backoffice.schema.scalars import SCALARS, Rial


@given(st.integers(-RIAL_LIMIT, RIAL_LIMIT))
def test_every_amount_of_rials_goes_both_ways(amount: int):
    rial = SCALARS[Rial]
    assert rial.parse_value(rial.serialize(amount)) == amount


@pytest.mark.parametrize("amount", [RIAL_LIMIT + 1, -RIAL_LIMIT - 1, 1.0, "1", True, None])
def test_what_is_no_amount_of_rials_is_refused(amount: object):
    with pytest.raises(GraphQLError):
        SCALARS[Rial].parse_value(amount)


@given(st.dates())
def test_every_day_goes_both_ways(day: date):
    assert SCALARS[date].parse_value(SCALARS[date].serialize(day)) == day


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_goes_both_ways(instant: datetime):
    assert SCALARS[datetime].parse_value(SCALARS[datetime].serialize(instant)) == instant


def test_an_instant_may_be_written_with_a_z():
    assert SCALARS[datetime].parse_value("2026-08-01T12:00:00Z") == datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_a_time_without_an_offset_never_leaves_the_desk():
    with pytest.raises(ValueError, match="offset"):
        SCALARS[datetime].serialize(datetime(2026, 8, 1))  # noqa: DTZ001 - the very thing


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_every_decimal_goes_both_ways(number: Decimal):
    assert SCALARS[Decimal].parse_value(SCALARS[Decimal].serialize(number)) == number


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999", "١٢", "", "1" * 29, 1.5, None])
def test_what_is_no_decimal_is_refused(text: object):
    with pytest.raises(GraphQLError):
        SCALARS[Decimal].parse_value(text)
