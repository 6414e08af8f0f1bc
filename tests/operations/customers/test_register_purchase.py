"""Registering purchases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from backoffice.domain.period import PeriodKind, Track
from backoffice.domain.plan_file import shipped_plan
from backoffice.models import Allowance, Asset, AuditEntry, Customer, CustomerStage, SupportPeriod
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from tests.builders import NOW, Kit, problem_codes

TODAY = NOW.date()


def registering(kit: Kit, **given) -> RegisterPurchase:
    usual = {"customer_id": kit.customer(), "product_id": kit.product(), "serial_number": f"S-{len(kit.rows(Asset))}"}
    return RegisterPurchase(**usual | {"purchased_on": date(2025, 8, 6)} | given)


def support_of(kit: Kit, asset_id: int) -> SupportPeriod:
    return kit.rows(SupportPeriod, asset_id=asset_id, track=Track.SUPPORT)[0]


def test_a_purchase_opens_a_year_of_support_and_a_year_of_warranty(kit: Kit):
    periods = kit.rows(SupportPeriod, asset_id=kit.purchase(purchased_on=date(2025, 8, 6)))
    assert sorted((row.track, row.starts_on, row.ends_before, row.kind) for row in periods) == [
        (Track.SUPPORT, date(2025, 8, 6), date(2026, 8, 6), PeriodKind.INITIAL),
        (Track.WARRANTY, date(2025, 8, 6), date(2026, 8, 6), PeriodKind.INITIAL),
    ]


def test_what_is_bought_on_30_esfand_is_supported_to_29_esfand(kit: Kit):
    period = support_of(kit, kit.purchase(purchased_on=date(2025, 3, 20)))
    assert period.ends_before - timedelta(days=1) == date(2026, 3, 20)


def test_the_plan_is_frozen_with_the_period(kit: Kit):
    assert support_of(kit, kit.purchase()).plan_hash == shipped_plan().content_hash


def test_the_support_period_brings_the_plans_allowances_and_the_warranty_none(kit: Kit):
    asset_id = kit.purchase()
    support = kit.rows(Allowance, period_id=support_of(kit, asset_id).id)
    assert {row.key: row.quantity for row in support} == {
        "installation.remote": 2,
        "installation.sent_in": 1,
        "training.remote": 1,
        "training.at_company": 1,
        "on_site_visit": 1,
    }
    warranty = kit.rows(SupportPeriod, asset_id=asset_id, track=Track.WARRANTY)[0]
    assert kit.rows(Allowance, period_id=warranty.id) == []


def test_start_and_length_of_support_can_be_chosen_at_the_sale(kit: Kit):
    asset_id = kit.purchase(support_starts_on=date(2025, 9, 23), support_months=6)
    support = support_of(kit, asset_id)
    assert (support.starts_on, support.ends_before) == (date(2025, 9, 23), date(2026, 3, 21))
    warranty = kit.rows(SupportPeriod, asset_id=asset_id, track=Track.WARRANTY)[0]
    assert warranty.starts_on == date(2025, 8, 6)


def test_a_prospect_who_buys_is_a_customer(kit: Kit):
    customer_id = kit.customer(stage=CustomerStage.PROSPECT)
    kit.purchase(customer_id=customer_id)
    customer = kit.row(Customer, customer_id)
    assert (customer.stage, customer.version) == (CustomerStage.CUSTOMER, 2)


@pytest.mark.parametrize("again", ["pd-۱۲۳۴", "PD-1234", " PD-1234 "])
def test_a_serial_number_is_sold_once_however_it_is_typed(fresh_kit: Kit, again: str):
    fresh_kit.purchase(serial_number="PD-1234")
    command = registering(fresh_kit, serial_number=again)
    result = register_purchase(fresh_kit.desk, fresh_kit.agent, command)
    assert problem_codes(result) == [("DUPLICATE", "serial_number", ("serial_number",))]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"customer_id": 999_999}, ("NOT_FOUND", None, ("customer_id",))),
        ({"product_id": 999_999}, ("NOT_FOUND", None, ("product_id",))),
        ({"site_id": 999_999}, ("NOT_FOUND", None, ("site_id",))),
        ({"support_plan": "padra-gold"}, ("NOT_FOUND", "support_plan", ("support_plan",))),
        ({"serial_number": " "}, ("INVALID", "required", ("serial_number",))),
        ({"purchased_on": TODAY + timedelta(days=1)}, ("INVALID", "in_the_future", ("purchased_on",))),
        ({"purchased_on": date(1, 1, 1)}, ("INVALID", "day_out_of_range", ("purchased_on",))),
        ({"support_starts_on": date(2025, 8, 5)}, ("INVALID", "before_purchase", ("support_starts_on",))),
        ({"support_months": 0}, ("INVALID", "out_of_range", ("support_months",))),
        ({"support_months": 241}, ("INVALID", "out_of_range", ("support_months",))),
    ],
)
def test_what_cannot_be_sold_so_is_refused_at_its_field(kit: Kit, given: dict, problem: tuple):
    assert problem_codes(register_purchase(kit.desk, kit.agent, registering(kit, **given))) == [problem]


def test_an_asset_does_not_stand_at_somebody_elses_site(kit: Kit):
    site_id = kit.site(kit.customer())
    result = register_purchase(kit.desk, kit.agent, registering(kit, site_id=site_id))
    assert problem_codes(result) == [("INVALID", "not_the_customers", ("site_id",))]


def test_the_audit_trail_has_the_asset_with_its_periods(kit: Kit):
    asset_id = kit.purchase()
    entry = kit.rows(AuditEntry, entity="Asset", entity_id=asset_id)[0]
    assert [period["track"] for period in entry.after["periods"]] == ["support", "warranty"]


def test_one_unit_is_sold_once_by_two_people_at_once(fresh_kit: Kit):
    commands = [registering(fresh_kit, serial_number=serial) for serial in ("PD-1", "pd-1")]
    with ThreadPoolExecutor(2) as people:
        results = list(
            people.map(lambda command: register_purchase(fresh_kit.desk, fresh_kit.agent, command), commands)
        )
    assert sorted(len(result.problems) for result in results) == [0, 1]
    refused = next(result for result in results if result.problems)
    assert problem_codes(refused) == [("DUPLICATE", "serial_number", ("serial_number",))]
    assert len(fresh_kit.rows(Asset)) == 1
