"""Customers and their phones."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least, one_of
from backoffice.models.named import Named


class CustomerKind(StrEnum):
    """A natural person, or a company."""

    PERSON = "person"
    COMPANY = "company"


class CustomerStage(StrEnum):
    """Whether anything has been bought yet."""

    PROSPECT = "prospect"
    CUSTOMER = "customer"


class Customer(Named, Base):
    """A person or company that buys; ``search_text`` is the folded name, code, city and phones."""

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("name <> ''", name="name"),
        at_least("version", 1),
        Index(None, "sort_key", "id"),
        Index(None, "created_at", "id"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CustomerKind] = mapped_column(one_of(CustomerKind, "kind"))
    stage: Mapped[CustomerStage] = mapped_column(one_of(CustomerStage, "stage"))
    city: Mapped[str | None]
    search_text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class CustomerPhone(Base):
    """One phone of a customer: the E.164 number, and what was typed."""

    __tablename__ = "customer_phone"
    __table_args__ = (
        UniqueConstraint("customer_id", "number"),
        CheckConstraint("number LIKE '+%'", name="number"),
        at_least("position", 0),
    )

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(index=True)
    raw: Mapped[str]
