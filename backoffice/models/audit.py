"""The audit trail's rows."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.actor import ActorKind
from backoffice.models.actor_columns import of_an_actor
from backoffice.models.base import Base, Id, Json, one_of


class AuditEntry(Base):
    """Who changed what, when, from where and why. Append-only: the database refuses change and removal.

    ``actor`` is the name that the actor had; ``staff_id`` is set exactly for members of staff.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (of_an_actor(), Index(None, "entity", "entity_id"))

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    actor: Mapped[str]
    actor_kind: Mapped[ActorKind] = mapped_column(one_of(ActorKind, "actor_kind"))
    actor_id: Mapped[int] = mapped_column(BigInteger)
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    operation: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[Mapping[str, object] | None] = mapped_column(Json)
    after: Mapped[Mapping[str, object] | None] = mapped_column(Json)
    reason: Mapped[str | None]
    content_hash: Mapped[str]
    previous_hash: Mapped[str | None]
    chain_hash: Mapped[str | None]
