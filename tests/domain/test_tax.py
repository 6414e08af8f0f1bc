"""Value added tax by the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backoffice.domain.tax import TaxRate, TaxTable
from tests.domain.examples import TAXES


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2008, 9, 21), None),
        (date(2024, 3, 19), Decimal("0.09")),
        (date(2024, 3, 20), Decimal("0.10")),
        (date(2026, 3, 21), Decimal("0.12")),
    ],
)
def test_the_vat_of_a_day_is_that_of_the_table(day: date, rate: Decimal | None):
    found = TAXES.rate_on(day)
    assert (found.rate if found else None) == rate


def test_where_two_rates_run_the_later_one_counts():
    day = date(2025, 1, 1)
    old = TaxRate(1, day, None, Decimal("0.09"))
    new = TaxRate(2, day + timedelta(days=1), None, Decimal("0.10"))
    assert TaxTable((new, old)).rate_on(day + timedelta(days=1)) is new


def test_a_tax_rate_reads_back_from_its_document():
    for rate in TAXES.rates:
        assert TaxRate.from_document(rate.to_document()) == rate


def test_a_rate_ends_before_the_day_that_it_is_ended_by():
    rate = TaxRate(1, date(2024, 3, 20), date(2025, 3, 21), Decimal("0.10"))
    assert [TaxTable((rate,)).rate_on(day) for day in (date(2025, 3, 20), date(2025, 3, 21))] == [rate, None]
