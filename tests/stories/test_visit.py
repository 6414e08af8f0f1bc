"""A visit to the customer's place is free once where the road from the head office is shorter than 40 km."""

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from tests.builders import Kit
from tests.stories.conftest import INSIDE, Give


def visited(kit: Kit, metres: int | None) -> int:
    """An asset that stands so far away."""
    customer_id = kit.customer()
    return kit.purchase(customer_id=customer_id, site_id=kit.site(customer_id, metres), purchased_on=INSIDE)


def test_the_first_visit_nearby_is_free_and_the_second_costs(kit: Kit, give: Give):
    asset_id = visited(kit, 39_999)
    visits = [give(asset_id, "on_site_visit", Mode.ON_SITE) for _ in range(2)]
    assert [visit.outcome for visit in visits] == [Outcome.ALLOWANCE, Outcome.TARIFF]


def test_forty_kilometres_are_too_far_and_leave_the_free_visit_untouched(kit: Kit, give: Give):
    asset_id = visited(kit, 40_000)
    assert give(asset_id, "on_site_visit", Mode.ON_SITE).outcome is Outcome.TARIFF
    assert give(asset_id, "on_site_visit", Mode.ON_SITE, distance_metres=12_000).outcome is Outcome.ALLOWANCE


def test_whatever_is_done_at_the_customers_place_is_a_visit(kit: Kit, give: Give):
    use = give(visited(kit, 5_000), "training", Mode.ON_SITE).allowance
    assert (use.key, use.used, use.limit) == ("on_site_visit", 1, 1)


def test_an_unknown_distance_is_asked_for_and_never_taken_as_zero(kit: Kit, give: Give):
    decision = give(visited(kit, None), "on_site_visit", Mode.ON_SITE)
    assert (decision.outcome, decision.missing_inputs) == (Outcome.NEEDS_INPUT, ("distance_metres",))


@pytest.mark.parametrize("service_type", ["on_site_visit", "training", "troubleshooting"])
def test_in_person_outside_the_period_costs_the_work_and_the_way(outside: int, give: Give, service_type: str):
    decision = give(outside, service_type, Mode.ON_SITE, distance_metres=10_000)
    assert decision.outcome is Outcome.TARIFF
    assert {line.component.value for line in decision.lines} == {"labour", "travel"}
