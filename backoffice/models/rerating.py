"""Suggestions to price again what an earlier tariff edition priced provisionally."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, one_of


class SuggestionStatus(StrEnum):
    """What came of a suggestion. An obsolete one met a record that something else had changed meanwhile."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    OBSOLETE = "obsolete"


class RatingSuggestion(Base):
    """That the approved ``edition_id`` may price a record's provisional decision ``against_id`` otherwise.

    The database refuses removal, and a second suggestion about the same decision for the same edition.
    """

    __tablename__ = "rating_suggestion"
    __table_args__ = (
        UniqueConstraint("against_id", "edition_id"),
        CheckConstraint("(status = 'suggested') = (settled_at IS NULL)", name="settled_at"),
        Index(None, "edition_id", "status", "id"),
        Index(None, "record_id"),
    )

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("service_record.id"))
    against_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("tariff_edition.id"))
    status: Mapped[SuggestionStatus] = mapped_column(one_of(SuggestionStatus, "status"))
    suggested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
