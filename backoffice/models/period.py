"""Support periods and the allowances that came with them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.period import PeriodKind, Track
from backoffice.models.base import Base, Id, Json, at_least, one_of


class SupportPeriod(Base):
    """From a day up to, not including, another, for one asset and one track, with its frozen plan.

    The database refuses two live ones of an asset and track that share a day, and a change of plan.
    """

    __tablename__ = "support_period"
    __table_args__ = (
        CheckConstraint("starts_on < ends_before", name="days"),
        CheckConstraint("anchor_on <= starts_on", name="anchor_on"),
        Index(None, "asset_id", "track", "starts_on"),
        Index(None, "ends_before"),
    )

    id: Mapped[Id]
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    track: Mapped[Track] = mapped_column(one_of(Track, "track"))
    kind: Mapped[PeriodKind] = mapped_column(one_of(PeriodKind, "kind"))
    starts_on: Mapped[date]
    ends_before: Mapped[date]
    anchor_on: Mapped[date]
    cancelled_at: Mapped[datetime | None]
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    plan_hash: Mapped[str] = mapped_column(ForeignKey("frozen_document.hash"))
    created_at: Mapped[datetime]


class Allowance(Base):
    """So many free uses within a period, with ``labels`` {"fa", "en"}. The database refuses changes."""

    __tablename__ = "allowance"
    __table_args__ = (UniqueConstraint("period_id", "key"), at_least("quantity", 1))

    id: Mapped[Id]
    period_id: Mapped[int] = mapped_column(ForeignKey("support_period.id"))
    key: Mapped[str]
    quantity: Mapped[int]
    labels: Mapped[Mapping[str, str]] = mapped_column(Json)
    modes: Mapped[Sequence[str]] = mapped_column(Json)
