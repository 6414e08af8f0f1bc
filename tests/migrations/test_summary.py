"""The migration that brings the summary: on a database with records, up, down and up again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, func, insert, inspect, select, update
from sqlalchemy.orm import Session

from backoffice.migrations import downgrade, upgrade
from backoffice.models import RecordChange, RecordSummary, ServiceRecord
from backoffice.models.summary import ALL_OFFICES, FINE_GRAINS, GRAINS
from backoffice.operations.proofs.summary_proof import miscounts

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HASH = "0" * 64
RECORDS = 30

PARENTS: dict[str, dict[str, Any]] = {
    "office": {"id": 1, "code": "hq", "name": "HQ", "kind": "head_office", "is_origin": True},
    "staff": {"id": 1, "username": "a", "name": "A", "password": "-", "active": True, "fs_uniquifier": "a"}
    | {"office_id": 1, "language": "fa", "failed_sign_ins": 0, "created_at": AT},
    "channel": {"code": "phone", "labels": {}, "active": True, "position": 0},
    "customer": {"id": 1, "code": "c", "name": "C", "kind": "person", "stage": "customer", "search_text": "c"}
    | {"version": 1, "created_at": AT, "updated_at": AT},
    "frozen_document": {"hash": HASH, "kind": "plan", "body": {}},
    "coverage_decision": {"id": 1, "outcome": "free", "amount": 0, "vat": 0, "provisional": False, "overridden": False}
    | {"fingerprint": HASH, "plan_code": "p", "plan_version": 1, "plan_hash": HASH, "book_hash": HASH, "term": "t"}
    | {"lines": [], "reasons": [], "missing_inputs": [], "inputs": {}, "engine": "1", "decided_at": AT},
}
STATUSES = ("requested", "done", "cancelled")


def record(number: int) -> dict[str, Any]:
    status = STATUSES[number % 3]
    return {
        "service_type": f"type_{number % 2}",
        "mode": "phone",
        "subject": "software",
        "channel_code": "phone",
        "status": status,
        "customer_id": 1,
        "office_id": 1,
        "author_id": 1,
        "requested_at": AT,
        "performed_at": AT,
        "request_version": 1,
        "request_data": {},
        "estimate_id": 1,
        "coverage_id": 1,
        "outcome": "free",
        "amount": 0 if status == "cancelled" else number,
        "shadow_amount": None,
        "jalali_month": 140509,
        "end_reason": "-",
        "version": 1,
        "created_at": AT,
        "updated_at": AT,
    }


@pytest.fixture
def filled(empty_engine: Engine) -> Engine:
    """A database of the first release, with records."""
    upgrade(empty_engine, "0001")
    tables = MetaData()
    tables.reflect(empty_engine)
    with empty_engine.begin() as connection:
        for name, row in PARENTS.items():
            connection.execute(insert(tables.tables[name]).values(row))
        connection.execute(insert(tables.tables["service_record"]), [record(number) for number in range(RECORDS)])
    return empty_engine


def wrong(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [str(miscount) for miscount in miscounts(session)]


def size(engine: Engine, table: Any) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_summary_is_filled_from_the_records_that_are_there(filled: Engine):
    upgrade(filled, "0002")

    assert wrong(filled) == []
    assert size(filled, RecordSummary) > 0
    assert size(filled, RecordChange) == 0


def test_every_grain_is_filled(filled: Engine):
    upgrade(filled, "0002")

    with Session(filled) as session:
        kept = {tuple(row) for row in session.execute(select(RecordSummary.grain, RecordSummary.office_id))}
    assert kept == {(grain, office) for grain in GRAINS for office in (ALL_OFFICES, 1)} | {
        (grain, ALL_OFFICES) for grain in FINE_GRAINS
    }


def test_what_happens_after_the_migration_is_summed_up_too(filled: Engine):
    upgrade(filled, "0002")
    with filled.begin() as connection:
        connection.execute(update(ServiceRecord.__table__).values(amount=1_000).where(ServiceRecord.status == "done"))

    assert size(filled, RecordChange) == 2 * RECORDS // 3
    assert wrong(filled) == []


def test_migrating_down_keeps_the_records_and_leaves_nothing_of_the_summary(filled: Engine):
    upgrade(filled, "0002")
    downgrade(filled, "0001")

    assert "record_summary" not in inspect(filled).get_table_names()
    with filled.begin() as connection:
        changed = connection.execute(update(ServiceRecord.__table__).values(amount=0))
    assert changed.rowcount == RECORDS


def test_migrating_up_again_fills_the_summary_anew(filled: Engine):
    upgrade(filled, "0002")
    downgrade(filled, "0001")
    upgrade(filled, "0002")

    assert wrong(filled) == []
