"""Every rounding goes its known way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.money import distance_amount, labour_amount, quantity_of, vat_on


def test_labour_is_rounded_down_to_a_whole_rial():
    assert labour_amount(1_000_001, 45) == 750_000


def test_the_way_is_rounded_down_to_a_whole_rial():
    assert distance_amount(30_001, 79_999) == 2_400_049


@pytest.mark.parametrize(("amount", "vat"), [(4, 0), (5, 1), (14, 1), (15, 2)])
def test_half_a_rial_of_vat_is_rounded_up(amount: int, vat: int):
    assert vat_on(amount, Decimal("0.10")) == vat


@given(st.integers(0, 2**53), st.integers(0, 10_000))
def test_vat_is_within_half_a_rial_of_the_exact_amount(amount: int, basis_points: int):
    vat = vat_on(amount, Decimal(basis_points) / 10_000)
    assert -10_000 < 2 * (vat * 10_000 - amount * basis_points) <= 10_000


@pytest.mark.parametrize(
    ("units", "parts", "text"), [(105, 60, "1.75"), (20, 60, "0.3333"), (600, 60, "10"), (0, 60, "0")]
)
def test_a_quantity_is_written_without_trailing_zeros(units: int, parts: int, text: str):
    assert str(quantity_of(units, parts)) == text
