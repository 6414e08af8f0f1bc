"""Suggestions to decide again what a late tariff edition, or a slot given back, would have decided otherwise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.suggestion import SUGGESTION_STEPS, SuggestionStatus
from backoffice.models.base import Base, Id, one_of
from backoffice.models.status_guard import Stepping


class RatingSuggestion(Stepping, Base):
    """That a record's decision ``against_id`` may be taken otherwise since, because of exactly one of two things.

    ``edition_id`` was approved late, and the decision was provisional; or ``freed_slot_id`` was given back, and the
    decision charged for want of it. The database refuses removal, and a second suggestion for the same cause.
    """

    __tablename__ = "rating_suggestion"
    __table_args__ = (
        UniqueConstraint("against_id", "edition_id"),
        UniqueConstraint("against_id", "freed_slot_id"),
        CheckConstraint("(edition_id IS NULL) <> (freed_slot_id IS NULL)", name="cause"),
        CheckConstraint("(status = 'suggested') = (settled_at IS NULL)", name="settled_at"),
        Index(None, "edition_id", "status", "id"),
        Index(None, "freed_slot_id"),
        Index(None, "record_id"),
    )

    steps = SUGGESTION_STEPS

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("service_record.id"))
    against_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("tariff_edition.id"))
    freed_slot_id: Mapped[int | None] = mapped_column(ForeignKey("allowance_slot.id"))
    status: Mapped[SuggestionStatus] = mapped_column(one_of(SuggestionStatus, "status"))
    suggested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
