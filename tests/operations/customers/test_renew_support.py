"""Renewing support."""

from datetime import date

import pytest

from backoffice.domain.period import PeriodKind, Track
from backoffice.models import Allowance, Asset, SupportPeriod
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.result import Result
from tests.builders import Kit, problem_codes


def renew(kit: Kit, asset_id: int, starts_on: date, **given) -> Result:
    return renew_support(kit.desk, kit.agent, RenewSupport(asset_id=asset_id, starts_on=starts_on, **given))


def last_support(kit: Kit, asset_id: int) -> SupportPeriod:
    return kit.rows(SupportPeriod, asset_id=asset_id, track=Track.SUPPORT)[-1]


def test_a_renewal_right_after_the_period_is_counted_from_its_first_day(kit: Kit):
    asset_id = kit.purchase(purchased_on=date(2025, 3, 20))  # 30 Esfand 1403, of a leap year
    renew(kit, asset_id, date(2026, 3, 21))
    renew(kit, asset_id, date(2027, 3, 21))
    renewed = last_support(kit, asset_id)
    assert (renewed.kind, renewed.anchor_on, renewed.ends_before) == (
        PeriodKind.RENEWAL,
        date(2025, 3, 20),
        date(2028, 3, 20),
    )


def test_a_renewal_after_a_gap_is_counted_from_its_own_first_day(kit: Kit):
    asset_id = kit.purchase()
    renew(kit, asset_id, date(2026, 10, 23))
    renewed = last_support(kit, asset_id)
    assert (renewed.anchor_on, renewed.ends_before) == (date(2026, 10, 23), date(2027, 10, 23))


def test_a_renewal_brings_full_fresh_allowances(kit: Kit):
    asset_id = kit.purchase()
    renew(kit, asset_id, date(2026, 8, 6))
    allowances = kit.rows(Allowance, period_id=last_support(kit, asset_id).id)
    assert {row.key: row.quantity for row in allowances}["installation.remote"] == 2


def test_a_renewal_leaves_the_warranty_alone_and_counts_as_a_change_of_the_asset(kit: Kit):
    asset_id = kit.purchase()
    renew(kit, asset_id, date(2026, 8, 6))
    assert len(kit.rows(SupportPeriod, asset_id=asset_id, track=Track.WARRANTY)) == 1
    assert kit.row(Asset, asset_id).version == 2


@pytest.mark.parametrize("starts_on", [date(2025, 8, 6), date(2026, 8, 5)])
def test_a_renewal_that_shares_a_day_with_a_period_is_refused(kit: Kit, starts_on: date):
    result = renew(kit, kit.purchase(), starts_on)
    assert problem_codes(result) == [("PERIOD_OVERLAP", None, ("starts_on",))]
    assert result.problems[0].params == {"starts_on": date(2025, 8, 6), "last_day": date(2026, 8, 5)}


def test_a_renewal_that_ends_inside_a_later_period_is_refused(kit: Kit):
    asset_id = kit.purchase()
    renew(kit, asset_id, date(2026, 10, 23))
    assert problem_codes(renew(kit, asset_id, date(2026, 8, 6))) == [("PERIOD_OVERLAP", None, ("starts_on",))]
    assert renew(kit, asset_id, date(2026, 8, 6), support_months=2).problems == ()


def test_support_does_not_begin_before_the_purchase(kit: Kit):
    result = renew(kit, kit.purchase(), date(2025, 8, 5), support_months=1)
    assert problem_codes(result) == [("INVALID", "before_purchase", ("starts_on",))]


def test_an_asset_that_is_not_there_is_not_found(kit: Kit):
    assert problem_codes(renew(kit, 999_999, date(2026, 8, 6))) == [("NOT_FOUND", None, ("asset_id",))]
