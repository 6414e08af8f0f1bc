"""Rows for readings, written straight into the tables: a head office, a branch, and whatever a test adds."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from backoffice import models
from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import SYSTEM, Actor, ActorKind
from backoffice.domain.coverage import Outcome
from backoffice.domain.period import PeriodKind, Track
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.domain.text import fold
from backoffice.models import CustomerKind, CustomerStage, DocumentKind, OfficeKind, SlotState
from backoffice.plugins import Label, Registry, ServiceType
from backoffice.query.entities import core_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HASH = "0" * 64


class TrainingRequest(Schema):
    topic = fields.String(metadata={"label": Label("موضوع", "Topic")})
    held_on = fields.Date(metadata={"label": Label("روز", "Day")})


class TrainingResult(Schema):
    note = fields.String(metadata={"label": Label("یادداشت", "Note")})


class Training(ServiceType):
    code = "training"
    label = Label("آموزش", "Training")
    version = 2
    modes = frozenset({Mode.AT_COMPANY, Mode.REMOTE})
    request = TrainingRequest
    result = TrainingResult

    def upgrade_request(self, data: dict[str, object], from_version: int) -> dict[str, object]:
        return {"topic": data["subject_of_training"]}


class LockRemoval(ServiceType):
    code = "lock_removal"
    label = Label("قفل‌گشایی", "Lock removal")
    modes = frozenset({Mode.REMOTE})
    subjects = frozenset({Subject.SOFTWARE, Subject.DEVICE})
    request = TrainingResult
    result = TrainingResult


REGISTRY = Registry(service_types={"lock_removal": LockRemoval(), "training": Training()})
PLANS = Plans(core_entities(), REGISTRY)


class World:
    """Adds rows; ids and codes count up. ``head`` and ``branch`` are offices with one member of staff each."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = count(1)
        self.head = self.add(models.Office, code="hq", name="دفتر مرکزی", kind=OfficeKind.HEAD_OFFICE, is_origin=True)
        self.branch = self.add(models.Office, code="b1", name="شعبه", kind=OfficeKind.BRANCH)
        self.staff = {office.id: self._member(office) for office in (self.head, self.branch)}
        self.add(models.Channel, code="phone", labels={"fa": "تلفن", "en": "Phone"}, position=1)
        self.add(models.Channel, code="portal", labels={"fa": "پورتال", "en": "Portal"}, position=0, active=False)
        self.add(models.FrozenDocument, hash=HASH, kind=DocumentKind.PLAN, body={})
        self.plan = self.add_plan(version=1)
        self.product = self.add_product("PD-100", "اسکنر پادرا")

    def add(self, model: Any, **values: object) -> Any:
        row = model(**values)
        self.session.add(row)
        self.session.flush()
        return row

    def _member(self, office: models.Office) -> models.Staff:
        return self.add(
            models.Staff,
            username=f"user-{office.code}",
            name=f"کاربر {office.code}",
            password="-",
            fs_uniquifier=office.code,
            office_id=office.id,
            created_at=NOW,
        )

    def add_plan(self, *, version: int, published: bool = True) -> models.SupportPlan:
        return self.add(
            models.SupportPlan,
            code="padra-standard",
            version=version,
            name="طرح پشتیبانی",
            document_hash=HASH,
            published_at=NOW if published else None,
            created_at=NOW,
        )

    def add_product(self, sku: str, name: str, family: str | None = None, plan: str = "padra-standard") -> Any:
        return self.add(
            models.Product,
            sku=sku,
            name=name,
            family=family,
            support_plan_code=plan,
            search_text=fold(" ".join(filter(None, [name, sku, family]))),
            created_at=NOW,
            updated_at=NOW,
        )

    def add_version(self, product: models.Product, label: str, days_ago: int = 0, **values: object) -> Any:
        return self.add(
            models.ProductVersion,
            product_id=product.id,
            label=label,
            label_folded=fold(label),
            released_on=TODAY - timedelta(days=days_ago),
            created_at=NOW,
            **values,
        )

    def add_customer(self, name: str | None = None, *, phones: tuple[str, ...] = (), **values: object) -> Any:
        number = next(self._numbers)
        name = name or f"مشتری {number}"
        values = {"code": f"C-{number:03d}", "city": "تهران", "stage": CustomerStage.CUSTOMER, **values}
        customer = self.add(
            models.Customer,
            name=name,
            search_text=fold(" ".join([name, str(values["code"]), str(values["city"] or ""), *phones])),
            **{"created_at": NOW + timedelta(minutes=number), "updated_at": NOW, "kind": CustomerKind.PERSON, **values},
        )
        for position, phone in enumerate(phones):
            self.add(models.CustomerPhone, customer_id=customer.id, position=position, number=phone, raw=phone)
        return customer

    def add_site(self, customer: models.Customer, title: str = "مطب", **distances: int) -> Any:
        site = self.add(models.Site, customer_id=customer.id, title=title, created_at=NOW, updated_at=NOW)
        for office, metres in distances.items():
            office_id = {"head": self.head, "branch": self.branch}[office].id
            self.add(
                models.SiteDistance,
                site_id=site.id,
                office_id=office_id,
                metres=metres,
                source="map",
                measured_on=TODAY,
            )
        return site

    def add_asset(self, customer: models.Customer, serial: str | None = None, **values: object) -> Any:
        serial = serial or f"SN-{next(self._numbers):04d}"
        return self.add(
            models.Asset,
            serial_number=serial,
            serial_folded=fold(serial),
            customer_id=customer.id,
            **{
                "product_id": self.product.id,
                "purchased_on": TODAY - timedelta(days=next(self._numbers)),
                "created_at": NOW,
                "updated_at": NOW,
                **values,
            },
        )

    def add_period(self, asset: models.Asset, starts: int, ends: int, **values: object) -> Any:
        """A period from ``starts`` to before ``ends``, in days from today."""
        first = TODAY + timedelta(days=starts)
        return self.add(
            models.SupportPeriod,
            asset_id=asset.id,
            starts_on=first,
            ends_before=TODAY + timedelta(days=ends),
            anchor_on=first,
            **{
                "track": Track.SUPPORT,
                "kind": PeriodKind.INITIAL,
                "plan_id": self.plan.id,
                "plan_hash": HASH,
                "created_at": NOW,
                **values,
            },
        )

    def add_allowance(self, period: models.SupportPeriod, key: str = "on_site_visit", quantity: int = 3) -> Any:
        labels = {"fa": "بازدید", "en": "Visit"}
        return self.add(
            models.Allowance, period_id=period.id, key=key, quantity=quantity, labels=labels, modes=["on_site"]
        )

    def take_slot(self, allowance: models.Allowance, number: int, state: SlotState, *, released: bool = False) -> Any:
        return self.add(
            models.AllowanceSlot,
            allowance_id=allowance.id,
            slot_no=number,
            state=state,
            reserved_at=NOW,
            committed_at=NOW if state is SlotState.COMMITTED else None,
            released_at=NOW if released else None,
        )

    def add_decision(self, **values: object) -> Any:
        decided: dict[str, object] = {
            "outcome": Outcome.FREE,
            "amount": 0,
            "vat": 0,
            "fingerprint": "f",
            "plan_code": "padra-standard",
            "plan_version": 1,
            "plan_hash": HASH,
            "book_hash": HASH,
            "term": "guidance.phone",
            "lines": [],
            "reasons": [],
            "missing_inputs": [],
            "inputs": {},
            "engine": "1",
            "decided_at": NOW,
        }
        return self.add(models.CoverageDecision, **decided | values)

    def add_record(
        self,
        customer: models.Customer,
        asset: models.Asset | None = None,
        *,
        office: models.Office | None = None,
        decision: Mapping[str, object] | None = None,
        **values: object,
    ) -> Any:
        number, office = next(self._numbers), office or self.head
        author = self.staff[office.id]
        decided = self.add_decision(**(decision or {}))
        facts: dict[str, object] = {
            "service_type": "training",
            "mode": Mode.REMOTE,
            "subject": Subject.SOFTWARE,
            "channel_code": "phone",
            "status": RecordStatus.REQUESTED,
            "asset_id": asset.id if asset else None,
            "product_id": asset.product_id if asset else None,
            "author_id": author.id,
            "recorded_by_kind": ActorKind.STAFF,
            "recorded_by_id": author.id,
            "recorded_by_name": author.name,
            "requested_at": NOW + timedelta(minutes=number),
            "request_version": 2,
            "request_data": {"topic": "کار با دستگاه", "held_on": "2026-11-20"},
            "jalali_month": 140509,
            "outcome": decided.outcome,
            "amount": decided.amount,
            "created_at": NOW,
            "updated_at": NOW,
        }
        return self.add(
            models.ServiceRecord,
            customer_id=customer.id,
            office_id=office.id,
            estimate_id=decided.id,
            coverage_id=decided.id,
            **facts | values,
        )

    def add_desk(self, customers: int) -> None:
        """Customers, each with a site, phones, two assets with periods and allowances, and records of both offices.

        With each comes a product with two versions, which the first product can be upgraded to.
        """
        for _ in range(customers):
            number = next(self._numbers)
            product = self.add_product(f"PD-{number}", f"مدل {number}")
            self.add_version(product, "1.0", days_ago=90)
            self.add_version(product, "1.1", days_ago=30)
            self.add(models.ProductUpgrade, product_id=self.product.id, target_id=product.id)
            self.add(models.ProductUpgrade, product_id=product.id, target_id=self.product.id)
            customer = self.add_customer(
                phones=(f"+98912{next(self._numbers):07d}", f"+98913{next(self._numbers):07d}")
            )
            site = self.add_site(customer, head=21_000)
            for _ in range(2):
                asset = self.add_asset(customer, site_id=site.id)
                period = self.add_period(asset, -30, 300)
                self.take_slot(self.add_allowance(period), 1, SlotState.COMMITTED)
                decision = {"period_id": period.id}
                self.add_record(customer, asset, site_id=site.id, decision=decision)
                self.add_record(customer, asset, office=self.branch, decision=decision)

    def reader(self, viewer: Viewer | None = None) -> Reader:
        return Reader(self.session, viewer or SUPERVISOR, today=TODAY, plans=PLANS)

    def agent_of(self, office: models.Office) -> Viewer:
        """Someone who sees the records of one office only."""
        return Viewer(
            Actor(ActorKind.STAFF, self.staff[office.id].id, "agent"),
            permissions=ROLES["agent"],
            office_id=office.id,
            own_office_only=True,
        )


def customer_viewer(customer: models.Customer) -> Viewer:
    """A customer, who sees what is theirs."""
    return Viewer(Actor(ActorKind.CUSTOMER, customer.id, "c"), permissions=ROLES["viewer"])


SUPERVISOR = Viewer(SYSTEM, permissions=ROLES["supervisor"])


def viewer_with(*permissions: str) -> Viewer:
    """Someone with these permissions only."""
    return Viewer(SYSTEM, permissions=frozenset(permissions))
