"""Support plans, and the frozen documents that periods and decisions keep pointing at."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, Json, at_least, one_of


class DocumentKind(StrEnum):
    """What a frozen document describes."""

    PLAN = "plan"
    TARIFF_BOOK = "tariff_book"


class FrozenDocument(Base):
    """A document named by the hash of its canonical JSON. Append-only: the database refuses change and removal."""

    __tablename__ = "frozen_document"

    hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(one_of(DocumentKind, "kind"))
    body: Mapped[Mapping[str, object]] = mapped_column(Json)


class SupportPlan(Base):
    """One version of a plan; once ``published_at`` is set the database refuses any change of the row."""

    __tablename__ = "support_plan"
    __table_args__ = (UniqueConstraint("code", "version"), at_least("version", 1))

    id: Mapped[Id]
    code: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    document_hash: Mapped[str] = mapped_column(ForeignKey("frozen_document.hash"))
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
