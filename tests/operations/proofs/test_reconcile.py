"""Reconciling finds what was tampered with."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, insert, text, update

from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    Charge,
    ChargeStatus,
    ServiceRecord,
    SlotLedger,
    SlotState,
    SlotStep,
)
from backoffice.operations.proofs.reconcile import reconcile
from tests.builders import NOW, Kit

FREE = {"service_type": "installation"}
PAID = {"service_type": "installation", "mode": Mode.ON_SITE, "distance_metres": 90_000}


def record(**values: object) -> Executable:
    return update(ServiceRecord).values(**values)


def slot(**values: object) -> Executable:
    return update(AllowanceSlot).values(**values)


def another_step(kit: Kit, step: SlotStep) -> Executable:
    held = kit.rows(AllowanceSlot)[0]
    row = {"slot_id": held.id, "allowance_id": held.allowance_id, "record_id": held.record_id, "step": step, "at": NOW}
    return insert(SlotLedger).values(row)


def another_allowance(kit: Kit) -> int:
    return kit.rows(Allowance, key="training.remote")[0].id


TAMPERING: list[tuple[dict, Callable[[Kit], Executable], str]] = [
    (FREE, lambda kit: slot(released_at=NOW), "done by an allowance without its committed slot"),
    (FREE, lambda kit: slot(released_at=NOW), "its ledger does not tell once what the slot says of being released"),
    (FREE, lambda kit: slot(state=SlotState.RESERVED, committed_at=None), "done by an allowance without its committed"),
    (FREE, lambda kit: another_step(kit, SlotStep.RESERVED), "its ledger does not tell once what the slot says of"),
    (FREE, lambda kit: another_step(kit, SlotStep.RELEASED), "its ledger does not tell once what the slot says of"),
    (FREE, lambda kit: record(outcome="free"), "holds a slot that its decision does not grant"),
    (FREE, lambda kit: record(outcome="free"), "does not show the decision in force"),
    (FREE, lambda kit: record(shadow_amount=1), "does not show the decision in force"),
    (FREE, lambda kit: record(status=RecordStatus.VOIDED, end_reason="x"), "holds a slot that its decision does not"),
    (
        FREE,
        lambda kit: slot(allowance_id=another_allowance(kit)),
        "holds a slot of another allowance than its decision",
    ),
    (FREE, lambda kit: slot(allowance_id=another_allowance(kit)), "tells of another allowance or record than its slot"),
    (PAID, lambda kit: record(amount=1), "payable without a charge of its amount"),
    (
        PAID,
        lambda kit: update(Charge).values(status=ChargeStatus.REVERSED, reversed_at=NOW),
        "payable without a charge of its amount",
    ),
    (
        PAID,
        lambda kit: record(status=RecordStatus.VOIDED, end_reason="x", amount=0),
        "charged, and yet nothing is payable",
    ),
]


@pytest.mark.parametrize(("given", "tampering", "found"), TAMPERING)
def test_what_two_tables_tell_differently_is_found(
    fresh_kit: Kit, given: dict, tampering: Callable[[Kit], Executable], found: str
):
    fresh_kit.done(fresh_kit.purchase(), **given)
    statement = tampering(fresh_kit)
    with fresh_kit.desk.database.writing() as session:
        assert reconcile(session) == ()
        session.execute(statement)
    with fresh_kit.desk.database.reading() as session:
        assert any(difference.what.startswith(found) for difference in reconcile(session))


def test_a_difference_names_the_record_by_its_number(fresh_kit: Kit):
    record_id = fresh_kit.done(fresh_kit.purchase(), **PAID)
    with fresh_kit.desk.database.writing() as session:
        session.execute(record(amount=1))
        texts = [str(difference) for difference in reconcile(session)]
    assert f"SR-{record_id:06d}: does not show the decision in force" in texts


@pytest.mark.postgresql
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_reconciling_takes_whatever_time_it_needs(kit: Kit):
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        assert session.scalars(text("SHOW statement_timeout")).one() == "0"
    with kit.desk.database.reading() as session:
        assert session.scalars(text("SHOW statement_timeout")).one() != "0"
