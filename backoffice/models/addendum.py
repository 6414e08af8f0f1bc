"""Dated addenda to published support plans."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, Json


class PlanAddendum(Base):
    """Terms that a published plan version gained, for service types it did not mention, from a day on.

    ``document_hash`` names the plan with these and all earlier ``terms``: what decides from ``effective_from`` on.
    Append-only: the database refuses change and removal.
    """

    __tablename__ = "plan_addendum"
    __table_args__ = (Index(None, "plan_id", "effective_from", "id"),)

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    effective_from: Mapped[date]
    terms: Mapped[Sequence[Mapping[str, object]]] = mapped_column(Json)
    document_hash: Mapped[str] = mapped_column(ForeignKey("frozen_document.hash"))
    reason: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
