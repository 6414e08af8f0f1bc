"""Who is told of events, and each event's way to each of them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.delivery import DELIVERY_STEPS, DeliveryStatus
from backoffice.models.base import Base, Id, at_least, one_of
from backoffice.models.status_guard import Stepping

_WAITING = text("status = 'waiting'")
_UNDONE = text("status IN ('waiting', 'parked')")


class Consumer(Base):
    """Who is told of events, by its code: of those after ``begins_after``, an id of the outbox, and of no older one."""

    __tablename__ = "consumer"
    __table_args__ = (
        CheckConstraint("code <> ''", name="code"),
        at_least("begins_after", 0),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    begins_after: Mapped[int] = mapped_column(BigInteger)
    registered_at: Mapped[datetime]


class Delivery(Stepping, Base):
    """One event on its way to one consumer: there is one at most, so that nobody is told twice.

    It is due at ``next_try_at`` while it waits. Whoever takes it up moves that on first, so that it is due again should
    they die over it. ``entity`` and ``entity_id`` repeat the event's: of one object's deliveries to one consumer, the
    first that is undone is the next, and a parked one holds up those behind it. ``last_error`` tells no names, numbers
    or codes.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("outbox_id", "consumer_code"),
        at_least("attempts", 0),
        CheckConstraint("status <> 'delivered' OR attempts >= 1", name="delivered"),
        CheckConstraint("(status = 'waiting') = (next_try_at IS NOT NULL)", name="next_try_at"),
        CheckConstraint("(status = 'parked') = (parked_at IS NOT NULL)", name="parked_at"),
        CheckConstraint("(status IN ('delivered', 'discarded')) = (settled_at IS NOT NULL)", name="settled_at"),
        Index("ix_delivery_due", "next_try_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(
            "ix_delivery_undone",
            "consumer_code",
            "entity",
            "entity_id",
            "outbox_id",
            sqlite_where=_UNDONE,
            postgresql_where=_UNDONE,
        ),
    )
    steps = DELIVERY_STEPS

    id: Mapped[Id]
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"))
    consumer_code: Mapped[str] = mapped_column(ForeignKey("consumer.code"))
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[DeliveryStatus] = mapped_column(one_of(DeliveryStatus, "status"))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
