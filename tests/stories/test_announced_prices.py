"""Customization and upgrade of the model have an announced price, on either side of the period."""

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from backoffice.models import Charge, ServiceRecord
from tests.builders import Kit
from tests.stories.conftest import Give


@pytest.mark.parametrize("service_type", ["customization", "model_upgrade"])
def test_its_price_is_announced_and_not_taken_from_the_tariff(inside: int, outside: int, give: Give, service_type: str):
    decisions = [give(asset_id, service_type) for asset_id in (inside, outside)]
    assert [(decision.outcome, decision.amount) for decision in decisions] == [(Outcome.QUOTE, None)] * 2


def test_at_the_customers_place_too_and_no_free_visit_is_spent(inside: int, give: Give):
    decision = give(inside, "customization", Mode.ON_SITE, distance_metres=5_000)
    assert (decision.outcome, decision.allowance) == (Outcome.QUOTE, None)


def test_the_work_may_be_done_before_a_price_is_accepted_and_nothing_is_charged(kit: Kit, inside: int):
    record_id = kit.done(inside, service_type="customization")
    assert kit.row(ServiceRecord, record_id).amount is None
    assert kit.rows(Charge, record_id=record_id) == []
