"""The outbox: events written in the transaction that caused them, delivered afterwards."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, Json

_NEW = text("dispatched_at IS NULL")
_WAITING = text("delivered_at IS NULL")


class Outbox(Base):
    """One event about one object, waiting while ``delivered_at`` is null.

    ``dispatched_at`` is set in the transaction that makes its deliveries, one for each consumer that takes such an
    event. Each row says for itself whether it was: events become visible in another order than that of their ids, and
    a position in the ids would pass some over. ``delivered_at`` is set once no delivery is undone, so at once where no
    consumer takes the event.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("delivered_at IS NULL OR dispatched_at IS NOT NULL", name="dispatched_at"),
        Index("ix_outbox_new", "id", sqlite_where=_NEW, postgresql_where=_NEW),
        Index("ix_outbox_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    event: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[Mapping[str, object]] = mapped_column(Json)
    dispatched_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
