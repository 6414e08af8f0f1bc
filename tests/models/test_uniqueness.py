"""What may exist once only, and what must point at something."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from backoffice import models

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

TAKEN = {
    "a second origin of distances": (models.Office, {"code": "B"}),
    "an office's code": (models.Office, {"is_origin": False}),
    "a user name": (models.Staff, {"fs_uniquifier": "v"}),
    "an API token": (models.ApiToken, {}),
    "a role twice held": (models.StaffRole, {}),
    "a customer's code": (models.Customer, {}),
    "a phone twice with one customer": (models.CustomerPhone, {"position": 1}),
    "a second distance between a site and an office": (models.SiteDistance, {"metres": 1}),
    "a product's SKU": (models.Product, {}),
    "a product's version in other letters": (models.ProductVersion, {"label": "۵.۲"}),
    "a plan's version": (models.SupportPlan, {}),
    "a serial number": (models.Asset, {"serial_folded": "other"}),
    "a serial number in other letters": (models.Asset, {"serial_number": "s-1"}),
    "an allowance's key in a period": (models.Allowance, {}),
    "a slot that somebody holds": (models.AllowanceSlot, {}),
    "a tariff edition's version": (models.TariffEdition, {}),
    "a tariff line's code": (models.TariffLine, {}),
    "a tax rate's first day": (models.TaxRate, {}),
    "an idempotency key of one actor": (models.IdempotencyKey, {}),
    "a second override of a record that waits": (models.OverrideRequest, {}),
    "a second suggestion for a decision and an edition": (models.RatingSuggestion, {}),
    "a second standing charge of a record": (models.Charge, {}),
    "a second delivery of an event to a consumer": (models.Delivery, {}),
}


@pytest.mark.filterwarnings("ignore:New instance")  # a composite key met again in the session
@pytest.mark.parametrize("taken", TAKEN)
def test_what_exists_is_not_made_again(rows, taken):
    model, values = TAKEN[taken]
    rows.add(model)

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        rows.add(model, **values)


def test_a_slot_leads_to_one_suggestion_about_a_decision(rows):
    cause = {"edition_id": None, "freed_slot_id": rows.add(models.AllowanceSlot, released_at=NOW).id}
    rows.add(models.RatingSuggestion, **cause)

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        rows.add(models.RatingSuggestion, **cause)


def test_several_offices_are_not_the_origin(rows):
    rows.add(models.Office, code="A", is_origin=False)
    rows.add(models.Office, code="B", is_origin=False)


def test_a_product_is_upgraded_to_another_once(rows):
    upgrade = rows.add(models.ProductUpgrade)

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        rows.add(models.ProductUpgrade, target_id=upgrade.target_id)


def test_the_label_of_a_withdrawn_version_can_be_released_again(rows):
    rows.add(models.ProductVersion, withdrawn_on=NOW.date(), withdrawal_reason="a slip")

    rows.add(models.ProductVersion)


def test_another_product_may_have_a_version_of_the_same_label(rows):
    rows.add(models.ProductVersion)

    rows.add(models.ProductVersion, product_id=rows.add(models.Product, sku="P-2").id)


def test_a_released_slot_can_be_taken_again(rows):
    rows.add(models.AllowanceSlot, released_at=NOW)

    rows.add(models.AllowanceSlot)


def test_a_record_holds_one_slot_at_a_time(rows):
    record = rows.the(models.ServiceRecord)
    rows.add(models.AllowanceSlot, record_id=record.id)

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        rows.add(models.AllowanceSlot, record_id=record.id, slot_no=2)


def test_a_record_that_gave_its_slot_back_can_hold_another(rows):
    record = rows.the(models.ServiceRecord)
    rows.add(models.AllowanceSlot, record_id=record.id, released_at=NOW)

    rows.add(models.AllowanceSlot, record_id=record.id, slot_no=2)


def test_opening_balances_have_no_record_and_do_not_clash(rows):
    rows.add(models.AllowanceSlot, slot_no=1)

    rows.add(models.AllowanceSlot, slot_no=2)


def test_a_record_whose_charge_was_reversed_can_be_charged_again(rows):
    rows.add(models.Charge, status=models.ChargeStatus.REVERSED, reversed_at=NOW)

    rows.add(models.Charge)


@pytest.mark.parametrize("missing", ["edition_id", "tax_rate_id"])
def test_a_charge_names_its_edition_and_its_tax_rate(rows, missing):
    with pytest.raises(IntegrityError, match=r"(?i)not.null"):
        rows.add(models.Charge, **{missing: None})


def test_a_row_points_at_a_row_that_exists(rows):
    statement = insert(models.Site).values(customer_id=404, title="Shop", created_at=NOW, updated_at=NOW)

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        rows.session.execute(statement)


def test_what_others_point_at_is_not_removed(rows):
    rows.add(models.Site)
    rows.session.delete(rows.the(models.Customer))

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        rows.session.flush()


def test_two_tax_rates_begin_on_different_days(rows):
    rows.add(models.TaxRate)

    rows.add(models.TaxRate, starts_on=date(2027, 3, 21))
