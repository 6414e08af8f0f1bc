"""Service records, and every decision taken about one."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.actor import ActorKind
from backoffice.domain.decision import Outcome
from backoffice.domain.record import RECORD_STEPS, RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.models.base import Base, Id, Json, at_least, one_of, rial_range
from backoffice.models.status_guard import Stepping

SUMMED = (
    "product_id",
    "jalali_month",
    "status",
    "service_type",
    "mode",
    "channel_code",
    "outcome",
    "office_id",
    "amount",
    "shadow_amount",
)
"""All that statistics need of a record: an index of these answers, without the table, what no summary answers."""


class DecisionRole(StrEnum):
    """Why a decision was taken about a record."""

    ESTIMATE = "estimate"
    COMPLETION = "completion"
    OVERRIDE = "override"
    RERATING = "rerating"


class ServiceRecord(Stepping, Base):
    """One service asked for or given. ``outcome``, ``amount`` and ``shadow_amount`` repeat the decision in force.

    ``amount`` is rials payable: null while unknown, 0 once cancelled or voided. ``jalali_month`` is 140508 for Aban
    1405. ``author_id`` answers for the record: whoever recorded it or, for what a customer, a program or the system
    recorded, the desk's own account. The database refuses removal.
    """

    __tablename__ = "service_record"
    __table_args__ = (
        at_least("minutes", 0),
        at_least("distance_metres", 0),
        at_least("version", 1),
        rial_range("amount"),
        rial_range("shadow_amount"),
        CheckConstraint(
            "jalali_month / 100 BETWEEN 1300 AND 1600 AND jalali_month % 100 BETWEEN 1 AND 12", name="jalali_month"
        ),
        CheckConstraint("(result_version IS NULL) = (result_data IS NULL)", name="result"),
        CheckConstraint("status NOT IN ('done', 'closed', 'voided') OR performed_at IS NOT NULL", name="performed_at"),
        CheckConstraint(
            "status NOT IN ('cancelled', 'voided') OR (amount IS NOT NULL AND amount = 0)", name="ended_amount"
        ),
        CheckConstraint("status NOT IN ('cancelled', 'voided') OR end_reason IS NOT NULL", name="end_reason"),
        CheckConstraint(
            "(recorded_by_kind <> 'staff' OR recorded_by_id = author_id)"
            " AND (recorded_by_kind = 'system') = (recorded_by_id = 0)",
            name="recorded_by_id",
        ),
        Index(None, "customer_id", "requested_at", "id"),
        Index(None, "asset_id", "requested_at", "id"),
        Index(None, "office_id", "requested_at", "id"),
        Index(None, "status", "requested_at", "id"),
        Index(None, "service_type", "status", "requested_at", "id"),
        Index(None, "requested_at", "id"),
        Index("ix_service_record_summed", *SUMMED),
    )

    steps = RECORD_STEPS

    id: Mapped[Id]
    service_type: Mapped[str]
    mode: Mapped[Mode] = mapped_column(one_of(Mode, "mode"))
    subject: Mapped[Subject] = mapped_column(one_of(Subject, "subject"))
    channel_code: Mapped[str] = mapped_column(ForeignKey("channel.code"))
    status: Mapped[RecordStatus] = mapped_column(one_of(RecordStatus, "status"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_by_kind: Mapped[ActorKind] = mapped_column(one_of(ActorKind, "recorded_by_kind"))
    recorded_by_id: Mapped[int] = mapped_column(BigInteger)
    recorded_by_name: Mapped[str]
    requested_at: Mapped[datetime]
    scheduled_at: Mapped[datetime | None]
    performed_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    distance_metres: Mapped[int | None]
    request_version: Mapped[int]
    request_data: Mapped[Mapping[str, object]] = mapped_column(Json)
    result_version: Mapped[int | None]
    result_data: Mapped[Mapping[str, object] | None] = mapped_column(Json)
    estimate_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome, "outcome"))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    shadow_amount: Mapped[int | None] = mapped_column(BigInteger)
    jalali_month: Mapped[int]
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RecordDecision(Base):
    """That a decision was taken about a record, and why. Append-only: the database refuses change and removal."""

    __tablename__ = "record_decision"

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("service_record.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"), index=True)
    role: Mapped[DecisionRole] = mapped_column(one_of(DecisionRole, "role"))
    at: Mapped[datetime]
