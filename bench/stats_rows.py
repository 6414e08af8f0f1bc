"""The rows that the statistics are measured on: every value drawn for itself, so that hardly two records are alike.

A real desk's records are more alike, and its summary is smaller.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from backoffice import models
from backoffice.domain.calendar import business_day, jalali_month
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models.database import Database

OFFICES, PRODUCTS, CUSTOMERS, TYPES, DAYS = 8, 200, 1_000, 15, 1_826
CHANNELS = ("goftino", "in_person", "phone", "portal", "whatsapp")
STATUSES = (*(RecordStatus.CLOSED,) * 3, *(RecordStatus.DONE,) * 3, *RecordStatus)
OUTCOMES = (Outcome.FREE, Outcome.FREE, Outcome.ALLOWANCE, Outcome.TARIFF, Outcome.TARIFF, Outcome.QUOTE)
ENDED = (RecordStatus.CANCELLED, RecordStatus.VOIDED)
SINCE = datetime(2021, 11, 22, 9, 0, tzinfo=UTC)
HASH = "0" * 64
BATCH = 2_000


def fill(database: Database, records: int) -> None:
    """Add ``records`` service records to a migrated database without any, and what they point at."""
    chance = random.Random(1)  # noqa: S311 - the same rows every time
    with database.writing() as session:
        if session.scalar(select(func.count()).select_from(models.ServiceRecord)):
            return
        _add_parents(session)
    for start in range(0, records, BATCH):
        with database.writing() as session:
            session.execute(insert(models.ServiceRecord), list(_records(chance, min(BATCH, records - start))))


def _add_parents(session: Session) -> None:
    stamps = {"created_at": SINCE, "updated_at": SINCE}
    parents: dict[type[models.Base], list[dict[str, Any]]] = {
        models.Office: [
            {"id": i, "code": f"O{i}", "name": f"Office {i}", "kind": "branch", "is_origin": i == 1}
            for i in range(1, OFFICES + 1)
        ],
        models.Staff: [
            {"id": 1, "username": "a", "name": "A", "password": "-", "fs_uniquifier": "a", "office_id": 1}
            | {"created_at": SINCE}
        ],
        models.Channel: [{"code": code, "labels": {"fa": code, "en": code}, "position": 0} for code in CHANNELS],
        models.Product: [
            {"id": i, "sku": f"P{i}", "name": f"Product {i}", "support_plan_code": "p", "search_text": f"p{i}"} | stamps
            for i in range(1, PRODUCTS + 1)
        ],
        models.Customer: [
            {"id": i, "code": f"C{i}", "name": f"C {i}", "kind": "person", "stage": "customer", "search_text": "c"}
            | stamps
            for i in range(1, CUSTOMERS + 1)
        ],
        models.FrozenDocument: [{"hash": HASH, "kind": "plan", "body": {}}],
        models.CoverageDecision: [
            {"id": 1, "outcome": "free", "amount": 0, "vat": 0, "fingerprint": HASH, "plan_code": "p"}
            | {"plan_version": 1, "plan_hash": HASH, "book_hash": HASH, "term": "t", "lines": [], "reasons": []}
            | {"missing_inputs": [], "inputs": {}, "engine": "1", "decided_at": SINCE}
        ],
    }
    for model, rows in parents.items():
        session.execute(insert(model), rows)


def _records(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        status, requested_at = chance.choice(STATUSES), SINCE + timedelta(minutes=chance.randrange(DAYS * 24 * 60))
        yield {
            "service_type": f"type_{chance.randrange(TYPES)}",
            "mode": chance.choice(tuple(Mode)),
            "subject": "software",
            "channel_code": chance.choice(CHANNELS),
            "status": status,
            "customer_id": chance.randint(1, CUSTOMERS),
            "product_id": chance.choice((None, *range(1, PRODUCTS + 1))),
            "office_id": chance.randint(1, OFFICES),
            "author_id": 1,
            "recorded_by_kind": "staff",
            "recorded_by_id": 1,
            "recorded_by_name": "staff",
            "requested_at": requested_at,
            "performed_at": requested_at,
            "request_version": 1,
            "request_data": {"topic": "x" * chance.randrange(200)},
            "estimate_id": 1,
            "coverage_id": 1,
            "outcome": chance.choice(OUTCOMES),
            "amount": 0 if status in ENDED else chance.randrange(10_000) * 1_000,
            "shadow_amount": chance.randrange(10_000) * 1_000,
            "jalali_month": jalali_month(business_day(requested_at)),
            "end_reason": "-" if status in ENDED else None,
            "created_at": requested_at,
            "updated_at": requested_at,
        }
