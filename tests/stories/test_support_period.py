"""A year of support begins with the purchase; its terms are agreed at the sale; renewal is never forced."""

from datetime import UTC, date, datetime

from backoffice.domain.coverage import Outcome
from backoffice.models import Customer, CustomerStage
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from tests.builders import Kit
from tests.stories.conftest import INSIDE, OUTSIDE, Give

LAST_SECOND = datetime(2026, 8, 5, 20, 29, 59, tzinfo=UTC)
NEXT_SECOND = datetime(2026, 8, 5, 20, 30, tzinfo=UTC)
"""Midnight in Tehran, after the last day of a year that began on 6 August 2025."""


def test_support_lasts_to_the_last_second_of_its_last_day_in_tehran(kit: Kit, inside: int, give: Give):
    kit.clock.move(days=30)
    instants = {"requested_at": LAST_SECOND, "performed_at": LAST_SECOND}
    assert give(inside, "troubleshooting", **instants).outcome is Outcome.FREE
    instants = {"requested_at": NEXT_SECOND, "performed_at": NEXT_SECOND}
    assert give(inside, "troubleshooting", **instants).outcome is Outcome.TARIFF


def test_a_request_inside_the_period_is_covered_though_the_work_is_done_after_it(kit: Kit, inside: int, give: Give):
    kit.clock.move(days=30)
    assert give(inside, "troubleshooting", requested_at=LAST_SECOND).outcome is Outcome.FREE


def test_nothing_is_free_by_period_before_the_purchase(kit: Kit, inside: int, give: Give):
    before = datetime(2025, 8, 5, 12, tzinfo=UTC)
    assert give(inside, "troubleshooting", requested_at=before, performed_at=before).outcome is Outcome.TARIFF


def test_another_length_and_start_can_be_agreed_at_the_sale(kit: Kit, give: Give):
    longer = kit.purchase(purchased_on=OUTSIDE, support_months=36)
    later = kit.purchase(purchased_on=INSIDE, support_starts_on=date(2026, 8, 2))
    assert give(longer, "troubleshooting").outcome is Outcome.FREE
    assert give(later, "troubleshooting").outcome is Outcome.TARIFF


def test_whoever_did_not_renew_is_served_at_the_tariff(outside: int, give: Give):
    decision = give(outside, "installation", minutes=60)
    assert (decision.outcome, decision.amount) == (Outcome.TARIFF, 10_617_600)


def test_a_renewal_after_a_gap_brings_everything_back(kit: Kit, outside: int, give: Give):
    command = RenewSupport(asset_id=outside, starts_on=date(2026, 8, 1))
    assert renew_support(kit.desk, kit.agent, command).problems == ()
    assert give(outside, "troubleshooting").outcome is Outcome.FREE
    use = give(outside, "installation").allowance
    assert (use.used, use.limit) == (1, 2)


def test_leftovers_of_the_old_period_are_not_carried_into_the_renewed_one(kit: Kit, give: Give):
    asset_id = kit.purchase(purchased_on=date(2025, 7, 1))
    renew_support(kit.desk, kit.agent, RenewSupport(asset_id=asset_id, starts_on=date(2026, 7, 1)))
    outcomes = [give(asset_id, "installation").outcome for _ in range(3)]
    assert outcomes == [Outcome.ALLOWANCE, Outcome.ALLOWANCE, Outcome.TARIFF]


def test_whoever_buys_is_a_member_from_then_on(kit: Kit):
    customer_id = kit.customer(stage=CustomerStage.PROSPECT)
    kit.purchase(customer_id=customer_id)
    assert kit.row(Customer, customer_id).stage is CustomerStage.CUSTOMER
