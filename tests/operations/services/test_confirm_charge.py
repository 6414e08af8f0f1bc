"""Confirming charges."""

import pytest

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.models import AuditEntry, Charge, ChargeStatus, Office
from backoffice.operations.result import Result
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import OTHER_OFFICE, Kit, problem_codes


def charged(kit: Kit) -> tuple[int, Charge]:
    """A record that costs money, and its charge."""
    asset_id = kit.purchase()
    for _ in range(2):
        kit.done(asset_id)
    record_id = kit.done(asset_id)
    (charge,) = kit.rows(Charge, record_id=record_id)
    return record_id, charge


def confirmed(kit: Kit, charge_id: int) -> Result:
    return confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=charge_id))


def test_a_proposed_charge_is_confirmed(kit: Kit):
    _, charge = charged(kit)
    assert confirmed(kit, charge.id).id == charge.id
    assert kit.row(Charge, charge.id).status is ChargeStatus.CONFIRMED
    (entry,) = kit.rows(AuditEntry, operation="confirm_charge", entity_id=charge.id)
    assert [(seen or {})["status"] for seen in (entry.before, entry.after)] == ["proposed", "confirmed"]


def test_a_charge_is_confirmed_once(kit: Kit):
    _, charge = charged(kit)
    confirmed(kit, charge.id)
    assert problem_codes(confirmed(kit, charge.id)) == [("CONFLICT", "charge_status", ("id",))]


def test_a_reversed_charge_is_not_confirmed(kit: Kit):
    record_id, charge = charged(kit)
    void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=1, reason="mistake"))
    assert problem_codes(confirmed(kit, charge.id)) == [("CONFLICT", "charge_status", ("id",))]


@pytest.mark.parametrize("charge_id", [0, 10**6, 2**70])
def test_an_unknown_charge_is_not_found(kit: Kit, charge_id: int):
    assert problem_codes(confirmed(kit, charge_id)) == [("NOT_FOUND", None, ("id",))]


def test_a_charge_of_another_offices_record_is_not_found(kit: Kit):
    _, charge = charged(kit)
    (office,) = kit.rows(Office, code=OTHER_OFFICE)
    elsewhere = Viewer(
        kit.agent.actor,
        permissions=frozenset({"charge.confirm"}),
        office_id=office.id,
        own_office_only=True,
    )
    result = confirm_charge(kit.desk, elsewhere, ConfirmCharge(id=charge.id))
    assert problem_codes(result) == [("NOT_FOUND", None, ("id",))]


@pytest.mark.parametrize("role", ["viewer", "agent", "supervisor"])
def test_only_finance_and_administrators_confirm(kit: Kit, role: str):
    with pytest.raises(Forbidden):
        confirm_charge(kit.desk, kit.staff(role), ConfirmCharge(id=1))
