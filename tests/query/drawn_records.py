"""Service records with drawn values, and the statistics of them counted in plain Python."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import business_day, jalali_month, month_span
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ServiceRecord
from backoffice.query.global_id import to_global_id
from tests.query.building import NOW, World

SINCE = datetime(2025, 11, 1, tzinfo=UTC)
DAYS = 400
ENDED = (RecordStatus.CANCELLED, RecordStatus.VOIDED)
COLUMNS = {
    "SERVICE_TYPE": "service_type",
    "STATUS": "status",
    "MODE": "mode",
    "CHANNEL": "channel_code",
    "OUTCOME": "outcome",
    "PRODUCT": "product_id",
    "JALALI_MONTH": "jalali_month",
}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """What drawn records point at."""

    author_id: int
    decision_id: int
    customers: tuple[int, ...]
    offices: tuple[int, ...]
    products: tuple[int | None, ...]


def ground_in(world: World) -> Ground:
    """Three customers, two products and none, and the world's offices."""
    return Ground(
        world.staff[world.head.id].id,
        world.add_decision().id,
        tuple(world.add_customer().id for _ in range(3)),
        (world.head.id, world.branch.id),
        (None, world.product.id, world.add_product("PD-2", "دستگاه دوم").id),
    )


class Draw:
    """Adds and changes records; the same seed draws the same."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground, self.chance = ground, random.Random(seed)

    def add(self, session: Session, count: int) -> None:
        session.execute(insert(ServiceRecord), [self._new() for _ in range(count)])

    def change(self, session: Session, ids: Sequence[int], count: int) -> None:
        for record_id in self.chance.choices(ids, k=count):
            changed = update(ServiceRecord).where(ServiceRecord.id == record_id).values(self.values())
            session.execute(changed, execution_options={"synchronize_session": False})

    def _new(self) -> dict[str, Any]:
        return self.values() | {
            "subject": "software",
            "author_id": self.ground.author_id,
            "recorded_by_kind": "staff",
            "recorded_by_id": self.ground.author_id,
            "recorded_by_name": "staff",
            "request_version": 1,
            "request_data": {},
            "estimate_id": self.ground.decision_id,
            "coverage_id": self.ground.decision_id,
            "created_at": NOW,
            "updated_at": NOW,
        }

    def values(self) -> dict[str, Any]:
        """All that statistics look at, and what has to fit it."""
        pick, status = self.chance.choice, self.chance.choice(tuple(RecordStatus))
        requested_at = SINCE + timedelta(minutes=self.chance.randrange(DAYS * 24 * 60))
        return {
            "service_type": pick(("training", "lock_removal", "gone")),
            "status": status,
            "mode": pick(tuple(Mode)),
            "channel_code": pick(("phone", "portal")),
            "outcome": pick(tuple(Outcome)),
            "product_id": pick(self.ground.products),
            "customer_id": pick(self.ground.customers),
            "office_id": pick(self.ground.offices),
            "requested_at": requested_at,
            "performed_at": requested_at,
            "jalali_month": jalali_month(business_day(requested_at)),
            "amount": 0 if status in ENDED else pick((None, 0, 2**40, self.chance.randrange(10**6))),
            "shadow_amount": pick((None, 0, self.chance.randrange(10**6))),
            "end_reason": "-" if status in ENDED else None,
        }

    def filter(self) -> dict[str, Any]:
        """Some of the filters, with values that find something, or nothing."""
        given = self.values()
        drawn = {
            "service_type": [given["service_type"], "training"],
            "status": [given["status"], RecordStatus.DONE],
            "mode": [given["mode"]],
            "channel": self.chance.choice(([given["channel_code"]], [])),
            "outcome": [given["outcome"]],
            "product_id": to_global_id("Product", given["product_id"] or 0),
            "customer_id": to_global_id("Customer", given["customer_id"]),
            "requested_at": self._span(given["requested_at"]),
        }
        return {name: drawn[name] for name in self.chance.sample(list(drawn), self.chance.choice((0, 1, 1, 1, 2, 3)))}

    def _span(self, moment: datetime) -> dict[str, datetime]:
        begin, end = month_span(jalali_month(business_day(moment)))
        return self.chance.choice(
            ({"gte": begin}, {"lt": end}, {"gte": begin, "lt": end}, {"gte": moment}, {"lt": moment}, {})
        )


def counted(
    records: Iterable[Row], names: Sequence[str], asked: Mapping[str, Any], viewer: Viewer
) -> list[tuple[tuple[str | None, ...], int, int, int]]:
    """What statistics should say: keys, count, amount and shadow amount of each row, in order."""
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    if not names:
        sums[()] = [0, 0, 0]
    for record in records:
        if _seen(record, viewer) and _asked_for(record, asked):
            total = sums[tuple(record[COLUMNS[name]] for name in names)]
            for place, value in enumerate((1, record["amount"] or 0, record["shadow_amount"] or 0)):
                total[place] += value
    ordered = sorted(sums, key=lambda keys: [(key is None, key if key is not None else 0) for key in keys])
    return [(tuple(map(_value, names, keys)), *sums[keys]) for keys in ordered]


def _seen(record: Row, viewer: Viewer) -> bool:
    own_office = not viewer.own_office_only or record["office_id"] == viewer.office_id
    return own_office and viewer.customer_id in (None, record["customer_id"])


def _asked_for(record: Row, asked: Mapping[str, Any]) -> bool:
    lists = {"service_type": "service_type", "status": "status", "mode": "mode", "channel": "channel_code"}
    lists["outcome"] = "outcome"
    span = asked.get("requested_at", {})
    return (
        all(record[column] in asked[name] for name, column in lists.items() if name in asked)
        and ("status" in asked or record["status"] not in ENDED)
        and asked.get("product_id") in (None, to_global_id("Product", record["product_id"] or -1))
        and asked.get("customer_id") in (None, to_global_id("Customer", record["customer_id"]))
        and ("gte" not in span or record["requested_at"] >= span["gte"])
        and ("lt" not in span or record["requested_at"] < span["lt"])
    )


def _value(name: str, key: Any) -> str | None:
    if key is None:
        return None
    if name == "PRODUCT":
        return to_global_id("Product", key)
    return str(key).upper() if name in ("STATUS", "MODE", "OUTCOME") else str(key)
