"""Rows that every table accepts, with what they point at, for tests that then spoil one thing."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from backoffice import models
from backoffice.models.base import Base
from backoffice.models.database import WRITING, Database

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HASH = "0" * 64


class Rows:
    """Adds rows; ``the(Model)`` is the one row of a table that others point at unless told otherwise."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._the: dict[type[Base], Any] = {}

    def add(self, model: type[Base], **values: object) -> Any:
        row = model(**DEFAULTS[model](self, values))
        self.session.add(row)
        self.session.flush()
        return row

    def the(self, model: type[Base]) -> Any:
        if model not in self._the:
            self._the[model] = self.add(model)
        return self._the[model]


Filled = Callable[[Rows, dict[str, Any]], dict[str, Any]]


def filled(parents: dict[str, type[Base]], **plain: object) -> Filled:
    """What a row of a table is made with: ``plain`` values and the ids of its ``parents``, unless given."""

    def fill(rows: Rows, given: dict[str, Any]) -> dict[str, Any]:
        keys = {models.FrozenDocument: "hash", models.Channel: "code", models.Consumer: "code"}
        missing = {name: model for name, model in parents.items() if name not in given}
        found = {name: getattr(rows.the(model), keys.get(model, "id")) for name, model in missing.items()}
        return plain | found | given

    return fill


def transferred(rows: Rows, given: dict[str, Any]) -> dict[str, Any]:
    """A transfer is from one customer to another."""
    to_customer_id = given.get("to_customer_id") or rows.add(models.Customer, code="C-2").id
    fill = filled(
        {"asset_id": models.Asset, "from_customer_id": models.Customer},
        to_customer_id=to_customer_id,
        transferred_on=date(2026, 2, 1),
        reason="sold",
        at=NOW,
    )
    return fill(rows, given)


def upgraded(rows: Rows, given: dict[str, Any]) -> dict[str, Any]:
    """An upgrade is from one product to another."""
    target_id = given.get("target_id") or rows.add(models.Product, sku="P-2").id
    return filled({"product_id": models.Product}, target_id=target_id)(rows, given)


SUMMED: dict[str, object] = {
    "product_id": 0,
    "status": "requested",
    "outcome": "free",
    "mode": "phone",
    "channel_code": "phone",
    "service_type": "guidance",
    "jalali_month": 140509,
    "amount": 0,
    "shadow_amount": 0,
}

DEFAULTS: dict[type[Base], Filled] = {
    models.Office: filled({}, code="HQ", name="Head office", kind=models.OfficeKind.HEAD_OFFICE, is_origin=True),
    models.Staff: filled(
        {"office_id": models.Office}, username="a", name="A", password="x", fs_uniquifier="u", created_at=NOW
    ),
    models.Role: filled({}, name="agent", description=""),
    models.StaffRole: filled({"staff_id": models.Staff, "role_id": models.Role}),
    models.StaffSession: filled({}, id=HASH, data={}, created_at=NOW, last_seen_at=NOW, expires_at=NOW),
    models.ApiToken: filled(
        {"staff_id": models.Staff}, name="t", prefix="p", token_hash=HASH, scopes=[], expires_at=NOW, created_at=NOW
    ),
    models.Customer: filled(
        {},
        code="C-1",
        name="C",
        kind=models.CustomerKind.PERSON,
        stage=models.CustomerStage.CUSTOMER,
        search_text="c",
        created_at=NOW,
        updated_at=NOW,
    ),
    models.CustomerPhone: filled({"customer_id": models.Customer}, position=0, number="+982188776655", raw="021…"),
    models.Site: filled({"customer_id": models.Customer}, title="Shop", created_at=NOW, updated_at=NOW),
    models.SiteDistance: filled({"site_id": models.Site, "office_id": models.Office}, metres=12_000),
    models.Product: filled(
        {}, sku="P-1", name="P", support_plan_code="plan", search_text="p", created_at=NOW, updated_at=NOW
    ),
    models.ProductVersion: filled(
        {"product_id": models.Product}, label="5.2", label_folded="5.2", released_on=date(2026, 1, 1), created_at=NOW
    ),
    models.ProductUpgrade: upgraded,
    models.FrozenDocument: filled({}, hash=HASH, kind=models.DocumentKind.PLAN, body={}),
    models.SupportPlan: filled(
        {"document_hash": models.FrozenDocument}, code="plan", version=1, name="Plan", created_at=NOW
    ),
    models.Asset: filled(
        {"customer_id": models.Customer, "product_id": models.Product},
        serial_number="S-1",
        serial_folded="s-1",
        purchased_on=date(2026, 1, 1),
        created_at=NOW,
        updated_at=NOW,
    ),
    models.SupportPeriod: filled(
        {"asset_id": models.Asset, "plan_id": models.SupportPlan, "plan_hash": models.FrozenDocument},
        track="support",
        kind="initial",
        starts_on=date(2026, 1, 1),
        ends_before=date(2027, 1, 1),
        anchor_on=date(2026, 1, 1),
        created_at=NOW,
    ),
    models.Allowance: filled({"period_id": models.SupportPeriod}, key="visit", quantity=2, labels={}, modes=[]),
    models.AllowanceSlot: filled(
        {"allowance_id": models.Allowance}, slot_no=1, state=models.SlotState.RESERVED, reserved_at=NOW
    ),
    models.SlotLedger: filled(
        {"slot_id": models.AllowanceSlot, "allowance_id": models.Allowance}, step=models.SlotStep.RESERVED, at=NOW
    ),
    models.Channel: filled({}, code="phone", labels={}, position=0),
    models.TariffEdition: filled(
        {}, jalali_year=1405, version=1, effective_from=date(2026, 5, 10), source="test", created_at=NOW
    ),
    models.TariffLine: filled({"edition_id": models.TariffEdition}, code="hour", unit="hour", rate=1),
    models.BillingRule: filled({}, mode="remote", minimum_minutes=30, step_minutes=15),
    models.TariffMapping: filled({}, service_type="*", labour="hour"),
    models.TaxRate: filled({}, starts_on=date(2026, 3, 21), basis_points=1200),
    models.CoverageDecision: filled(
        {"plan_hash": models.FrozenDocument, "book_hash": models.FrozenDocument},
        outcome="free",
        amount=0,
        vat=0,
        fingerprint=HASH,
        plan_code="plan",
        plan_version=1,
        term="guidance.phone",
        lines=[],
        reasons=[],
        missing_inputs=[],
        inputs={},
        engine="1",
        decided_at=NOW,
    ),
    models.ServiceRecord: filled(
        {
            "channel_code": models.Channel,
            "customer_id": models.Customer,
            "office_id": models.Office,
            "author_id": models.Staff,
            "estimate_id": models.CoverageDecision,
            "coverage_id": models.CoverageDecision,
        },
        service_type="guidance",
        mode="phone",
        subject="software",
        status="requested",
        requested_at=NOW,
        request_version=1,
        request_data={},
        outcome="free",
        amount=0,
        jalali_month=140509,
        recorded_by_kind="customer",
        recorded_by_id=7,
        recorded_by_name="C",
        created_at=NOW,
        updated_at=NOW,
    ),
    models.RecordChange: filled({"office_id": models.Office}, **SUMMED, records=-1),
    models.RecordSummary: filled({"office_id": models.Office}, **SUMMED, grain=127, records=2),
    models.RecordDecision: filled(
        {"record_id": models.ServiceRecord, "decision_id": models.CoverageDecision},
        role=models.DecisionRole.ESTIMATE,
        at=NOW,
    ),
    models.Charge: filled(
        {
            "record_id": models.ServiceRecord,
            "decision_id": models.CoverageDecision,
            "edition_id": models.TariffEdition,
            "tax_rate_id": models.TaxRate,
        },
        amount=1,
        status=models.ChargeStatus.PROPOSED,
        created_at=NOW,
    ),
    models.AssetTransfer: transferred,
    models.OverrideRequest: filled(
        {
            "record_id": models.ServiceRecord,
            "against_id": models.CoverageDecision,
            "requested_by_id": models.Staff,
        },
        outcome="tariff",
        amount=1,
        reason="agreed",
        status=models.OverrideStatus.WAITING,
        requested_at=NOW,
    ),
    models.PlanAddendum: filled(
        {"plan_id": models.SupportPlan, "document_hash": models.FrozenDocument},
        effective_from=date(2026, 2, 1),
        terms=[],
        reason="a new service",
        created_at=NOW,
    ),
    models.RatingSuggestion: filled(
        {
            "record_id": models.ServiceRecord,
            "against_id": models.CoverageDecision,
            "edition_id": models.TariffEdition,
        },
        status=models.SuggestionStatus.SUGGESTED,
        suggested_at=NOW,
    ),
    models.AuditEntry: filled(
        {},
        at=NOW,
        actor="system",
        actor_kind="system",
        actor_id=0,
        operation="o",
        entity="Office",
        entity_id=1,
        content_hash=HASH,
    ),
    models.Outbox: filled({}, at=NOW, event="e", entity="Office", entity_id=1, payload={}),
    models.Consumer: filled({}, code="messages", begins_after=0, registered_at=NOW),
    models.Delivery: filled(
        {"outbox_id": models.Outbox, "consumer_code": models.Consumer},
        entity="Office",
        entity_id=1,
        status=models.DeliveryStatus.WAITING,
        next_try_at=NOW,
        created_at=NOW,
    ),
    models.IdempotencyKey: filled(
        {},
        actor_kind="customer",
        actor_id=7,
        key="k",
        operation="o",
        input_hash=HASH,
        result={},
        created_at=NOW,
    ),
}


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """A session that may write and whose work is undone; the database is the module's."""
    with Session(shared_database.engine.execution_options(**WRITING)) as session:
        yield session


@pytest.fixture
def rows(session: Session) -> Rows:
    return Rows(session)
