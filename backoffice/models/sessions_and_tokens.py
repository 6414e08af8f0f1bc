"""What proves who is asking: browser sessions kept on the server, and API tokens."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.actor import ActorKind
from backoffice.models.base import Base, Id, Json, one_of


class StaffSession(Base):
    """A browser's session; ``id`` is the SHA-256 of the token in the cookie, so a copied table opens nothing.

    It names its actor once somebody has signed in.
    """

    __tablename__ = "staff_session"
    __table_args__ = (
        CheckConstraint("(actor_kind IS NULL) = (actor_id IS NULL)", name="actor"),
        CheckConstraint("staff_id IS NULL OR (actor_kind = 'staff' AND actor_id = staff_id)", name="actor_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    actor_kind: Mapped[ActorKind | None] = mapped_column(one_of(ActorKind, "actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    data: Mapped[Mapping[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ApiToken(Base):
    """A program's token, stored as its hash; ``prefix`` is the part that may be shown again."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[Sequence[str]] = mapped_column(Json)
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
