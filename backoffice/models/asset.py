"""Assets: sold units of products."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least


class Asset(Base):
    """One sold unit with its current owner; ``serial_folded`` is what searches compare with, and unique as well."""

    __tablename__ = "asset"
    __table_args__ = (
        CheckConstraint("serial_number <> ''", name="serial_number"),
        at_least("version", 1),
        Index(None, "purchased_on", "id"),
        Index(None, "customer_id", "purchased_on", "id"),
        Index(None, "product_id", "purchased_on", "id"),
    )

    id: Mapped[Id]
    serial_number: Mapped[str] = mapped_column(unique=True)
    serial_folded: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    purchased_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
