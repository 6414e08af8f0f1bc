"""Channels, by which requests arrive: rows, so that a new one needs no code."""

from collections.abc import Mapping

from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Json


class Channel(Base):
    """A way in, with ``labels`` {"fa", "en"}; an inactive one takes no new records."""

    __tablename__ = "channel"

    code: Mapped[str] = mapped_column(primary_key=True)
    labels: Mapped[Mapping[str, str]] = mapped_column(Json)
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]
