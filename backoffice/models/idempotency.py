"""Idempotency keys: the answer that a repeated request gets again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, Json


class IdempotencyKey(Base):
    """One key of one member of staff, with the hash of the input it came with and the result it gave."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("staff_id", "key"),)

    id: Mapped[Id]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    key: Mapped[str]
    operation: Mapped[str]
    input_hash: Mapped[str]
    result: Mapped[Mapping[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(index=True)
