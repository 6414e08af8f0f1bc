"""Transferring assets."""

from datetime import date, timedelta

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    Asset,
    AssetTransfer,
    AuditEntry,
    Customer,
    CustomerStage,
    Outbox,
    ServiceRecord,
    SupportPeriod,
)
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.result import Result
from tests.builders import PURCHASED_ON, Kit, decision_of, problem_codes

SOLD_ON = date(2026, 5, 1)


def transfer(kit: Kit, asset_id: int, customer_id: int, version: int = 1, **given: object) -> Result:
    usual = {"transferred_on": SOLD_ON, "reason": "فروش دستگاه"}
    command = TransferAsset(**usual | {"asset_id": asset_id, "customer_id": customer_id, "version": version} | given)
    return transfer_asset(kit.desk, kit.agent, command)


def test_an_asset_goes_to_its_next_owner_and_the_change_is_kept(kit: Kit):
    first, second = kit.customer(), kit.customer()
    asset_id = kit.purchase(customer_id=first)
    result = transfer(kit, asset_id, second)
    asset = kit.row(Asset, asset_id)
    assert (result.id, result.problems, asset.customer_id, asset.version) == (asset_id, (), second, 2)
    kept = kit.rows(AssetTransfer, asset_id=asset_id)
    told = [(row.from_customer_id, row.to_customer_id, row.transferred_on) for row in kept]
    assert told == [(first, second, SOLD_ON)]


def test_a_transferred_asset_stands_nowhere_yet(kit: Kit):
    customer_id = kit.customer()
    asset_id = kit.purchase(customer_id=customer_id, site_id=kit.site(customer_id))
    transfer(kit, asset_id, kit.customer())
    assert kit.row(Asset, asset_id).site_id is None


def test_its_periods_and_what_is_left_of_its_allowances_go_with_it(kit: Kit):
    asset_id = kit.purchase()
    kit.done(asset_id, service_type="training")
    periods = [period.id for period in kit.rows(SupportPeriod, asset_id=asset_id)]
    transfer(kit, asset_id, kit.customer())
    assert [period.id for period in kit.rows(SupportPeriod, asset_id=asset_id)] == periods
    assert decision_of(kit.record(asset_id)).outcome is Outcome.ALLOWANCE
    assert decision_of(kit.record(asset_id, service_type="training")).outcome is Outcome.TARIFF


def test_services_stay_with_whoever_asked_for_them_and_can_be_completed(kit: Kit):
    first = kit.customer()
    asset_id = kit.purchase(customer_id=first)
    record_id = kit.recorded(asset_id)
    transfer(kit, asset_id, kit.customer())
    assert kit.complete(record_id).problems == ()
    record = kit.row(ServiceRecord, record_id)
    assert (record.customer_id, record.status) == (first, RecordStatus.DONE)


def test_new_services_are_the_next_owners(kit: Kit):
    second = kit.customer()
    asset_id = kit.purchase()
    transfer(kit, asset_id, second)
    assert kit.row(ServiceRecord, kit.recorded(asset_id)).customer_id == second


def test_a_prospect_who_takes_an_asset_over_is_a_customer(kit: Kit):
    prospect = kit.customer(stage=CustomerStage.PROSPECT)
    transfer(kit, kit.purchase(), prospect)
    assert kit.row(Customer, prospect).stage is CustomerStage.CUSTOMER


def test_an_asset_may_come_back(kit: Kit):
    first = kit.customer()
    asset_id = kit.purchase(customer_id=first)
    transfer(kit, asset_id, kit.customer())
    assert transfer(kit, asset_id, first, 2).problems == ()
    assert len(kit.rows(AssetTransfer, asset_id=asset_id)) == 2


def test_the_owner_of_today_is_no_next_owner(kit: Kit):
    customer_id = kit.customer()
    result = transfer(kit, kit.purchase(customer_id=customer_id), customer_id)
    assert problem_codes(result) == [("INVALID", "already_the_owner", ("customer_id",))]


@pytest.mark.parametrize(
    ("day", "detail"),
    [(PURCHASED_ON - timedelta(days=1), "before_purchase"), (date(2026, 8, 2), "in_the_future")],
)
def test_an_asset_changes_hands_between_its_purchase_and_today(kit: Kit, day: date, detail: str):
    result = transfer(kit, kit.purchase(), kit.customer(), transferred_on=day)
    assert problem_codes(result) == [("INVALID", detail, ("transferred_on",))]


def test_transfers_follow_one_another(kit: Kit):
    asset_id = kit.purchase()
    transfer(kit, asset_id, kit.customer())
    result = transfer(kit, asset_id, kit.customer(), 2, transferred_on=SOLD_ON - timedelta(days=1))
    assert problem_codes(result) == [("INVALID", "before_last_transfer", ("transferred_on",))]


def test_an_old_version_is_stale(kit: Kit):
    asset_id = kit.purchase()
    result = transfer(kit, asset_id, kit.customer(), version=2)
    assert (result.id, problem_codes(result)) == (asset_id, [("STALE", None, ("version",))])


def test_a_transfer_needs_a_reason_which_stands_in_the_audit_trail(kit: Kit):
    asset_id, second = kit.purchase(), kit.customer()
    assert problem_codes(transfer(kit, asset_id, second, reason="")) == [("INVALID", "required", ("reason",))]
    transfer(kit, asset_id, second, reason="ارث")
    entry = kit.rows(AuditEntry, entity="Asset", entity_id=asset_id)[-1]
    assert (entry.operation, entry.reason, entry.after["customer_id"]) == ("transfer_asset", "ارث", second)
    assert kit.rows(Outbox, entity="Asset", entity_id=asset_id)[-1].event == "asset_transferred"


def test_a_transfer_leaves_everything_in_order(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    fresh_kit.recorded(asset_id)
    transfer(fresh_kit, asset_id, fresh_kit.customer())
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()
