"""The outbox: events written in the transaction that caused them, delivered afterwards."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, Json

_WAITING = text("delivered_at IS NULL")


class Outbox(Base):
    """One event about one object, waiting while ``delivered_at`` is null."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),)

    id: Mapped[Id]
    at: Mapped[datetime]
    event: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[Mapping[str, object]] = mapped_column(Json)
    delivered_at: Mapped[datetime | None]
