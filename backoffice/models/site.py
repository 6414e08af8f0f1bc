"""Sites, where devices stand, and their road distances from offices."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least


class Site(Base):
    """A place of a customer."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("title <> ''", name="title"), at_least("version", 1))

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    title: Mapped[str]
    address: Mapped[str | None]
    city: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SiteDistance(Base):
    """The distance by road from an office to a site, in metres; no row means unknown, which is not zero."""

    __tablename__ = "site_distance"
    __table_args__ = (UniqueConstraint("site_id", "office_id"), at_least("metres", 0))

    id: Mapped[Id]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    metres: Mapped[int]
    source: Mapped[str | None]
    measured_on: Mapped[date | None]
