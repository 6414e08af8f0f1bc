"""Reconciling proves the statistics: the summary against the records, and the records' months against their days."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, delete, update

from backoffice.access.viewers import system_viewer
from backoffice.models import AuditEntry, RecordChange, RecordSummary, ServiceRecord
from backoffice.models.summary import ALL_OFFICES, FINE_GRAINS, grain_of
from backoffice.operations.proofs.rebuild_summary import RebuildSummary, rebuild_summary
from backoffice.operations.proofs.reconcile import reconcile
from tests.builders import Kit

AT_ONCE = 128
"""As many changes are folded together."""

TYPE_AND_MONTH = grain_of(("service_type", "jalali_month"))


@pytest.fixture
def kit(fresh_kit: Kit) -> Kit:
    """A desk whose summary holds some records and whose changes hold others."""
    while not fresh_kit.rows(RecordSummary):
        record_id = fresh_kit.done(fresh_kit.purchase())
        with fresh_kit.desk.database.writing() as session:
            for _ in range(AT_ONCE // 4):
                session.execute(_becomes(record_id, "closed"))
                session.execute(_becomes(record_id, "done"))
    fresh_kit.done(fresh_kit.purchase())
    return fresh_kit


def _becomes(record_id: int, status: str) -> Executable:
    return update(ServiceRecord).where(ServiceRecord.id == record_id).values(status=status)


def differences(kit: Kit, tampering: Executable | None = None) -> list[str]:
    with kit.desk.database.writing() as session:
        if tampering is not None:
            session.execute(tampering)
    with kit.desk.database.reading() as session:
        return [str(difference) for difference in reconcile(session)]


def test_a_summary_kept_by_the_database_agrees_with_the_records(kit: Kit):
    assert differences(kit) == []


TAMPERING: list[tuple[Callable[[], Executable], str]] = [
    (
        lambda: (
            update(RecordSummary)
            .where(RecordSummary.grain == TYPE_AND_MONTH, RecordSummary.office_id != ALL_OFFICES)
            .values(records=RecordSummary.records + 2)
        ),
        f"RecordSummary {TYPE_AND_MONTH}: the summary by office_id 1, service_type installation, jalali_month 140505"
        " is off by +2 records, +0 rials payable and +0 rials not charged",
    ),
    (
        lambda: (
            update(RecordSummary)
            .where(RecordSummary.grain == TYPE_AND_MONTH, RecordSummary.office_id == ALL_OFFICES)
            .values(amount=RecordSummary.amount - 5)
        ),
        f"RecordSummary {TYPE_AND_MONTH}: the summary by office_id 0, service_type installation, jalali_month 140505"
        " is off by +0 records, -5 rials payable and +0 rials not charged",
    ),
    (
        lambda: delete(RecordSummary).where(RecordSummary.grain == FINE_GRAINS[0]),
        f"RecordSummary {FINE_GRAINS[0]}: the summary by office_id 0, status done, outcome ",
    ),
    (lambda: delete(RecordChange), "is off by -1 records"),
    (lambda: update(ServiceRecord).values(jalali_month=140504), "SR-000001: its Jalali month is not that of"),
]


@pytest.mark.parametrize(("tampering", "found"), TAMPERING)
def test_each_cell_that_says_something_else_is_named(kit: Kit, tampering: Callable[[], Executable], found: str):
    assert any(found in difference for difference in differences(kit, tampering()))


SPOILING: list[Callable[[], Executable]] = [
    lambda: update(RecordSummary).values(records=RecordSummary.records + 1),
    lambda: delete(RecordSummary),
    lambda: delete(RecordChange),
]


@pytest.mark.parametrize("spoiling", SPOILING, ids=["sums", "nothing there", "changes lost"])
def test_a_summary_counted_anew_agrees_with_the_records(kit: Kit, spoiling: Callable[[], Executable]):
    assert differences(kit, spoiling()) != []
    rebuild_summary(kit.desk, system_viewer(), RebuildSummary())
    assert differences(kit) == []


def test_the_summary_goes_on_from_where_it_was_counted_anew(kit: Kit):
    rebuild_summary(kit.desk, system_viewer(), RebuildSummary())
    kit.done(kit.purchase())
    assert (len(kit.rows(RecordChange)), differences(kit)) == (3, [])


def test_counting_anew_stands_in_the_audit_trail(kit: Kit):
    rebuild_summary(kit.desk, system_viewer(), RebuildSummary())
    last = kit.rows(AuditEntry)[-1]
    assert (last.operation, last.after) == ("rebuild_summary", {"cells": len(kit.rows(RecordSummary))})
