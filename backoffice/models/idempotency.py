"""Idempotency keys: the answer that a repeated request gets again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.actor import ActorKind
from backoffice.models.actor_columns import of_an_actor
from backoffice.models.base import Base, Id, Json, one_of


class IdempotencyKey(Base):
    """One key of one actor, with the hash of the input it came with and the result it gave."""

    __tablename__ = "idempotency_key"
    __table_args__ = (of_an_actor(), UniqueConstraint("actor_kind", "actor_id", "key"))

    id: Mapped[Id]
    actor_kind: Mapped[ActorKind] = mapped_column(one_of(ActorKind, "actor_kind"))
    actor_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    key: Mapped[str]
    operation: Mapped[str]
    input_hash: Mapped[str]
    result: Mapped[Mapping[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(index=True)
