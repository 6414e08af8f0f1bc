"""Overrides of coverage decisions that wait for a second person."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.decision import Outcome
from backoffice.domain.override import OVERRIDE_STEPS, OverrideStatus
from backoffice.models.base import Base, Id, one_of, rial_range
from backoffice.models.status_guard import Stepping

_WAITING = text("status = 'waiting'")


class OverrideRequest(Stepping, Base):
    """What one supervisor wants decided instead of ``against_id``, the engine's decision; a record has one waiting.

    ``amount`` is rials, VAT included, exactly for the outcome "tariff". The database refuses removal, and the same
    person at both ends of an approval.
    """

    __tablename__ = "override_request"
    __table_args__ = (
        rial_range("amount", 1),
        CheckConstraint("(outcome = 'tariff') = (amount IS NOT NULL)", name="priced"),
        CheckConstraint("(status = 'waiting') = (settled_at IS NULL)", name="settled_at"),
        CheckConstraint(
            "status <> 'approved' OR (settled_by_id IS NOT NULL AND settled_by_id <> requested_by_id)", name="approver"
        ),
        Index(
            "uq_override_request_waiting", "record_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING
        ),
        Index(None, "record_id"),
    )

    steps = OVERRIDE_STEPS

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("service_record.id"))
    against_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome, "outcome"))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str]
    status: Mapped[OverrideStatus] = mapped_column(one_of(OverrideStatus, "status"))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    requested_at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None]
