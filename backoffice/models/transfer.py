"""Transfers of assets from one owner to the next."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id


class AssetTransfer(Base):
    """That an asset changed hands on a day, why, and who wrote it down. Append-only: the database refuses changes."""

    __tablename__ = "asset_transfer"
    __table_args__ = (CheckConstraint("from_customer_id <> to_customer_id", name="owners"),)

    id: Mapped[Id]
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    from_customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    to_customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    transferred_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
