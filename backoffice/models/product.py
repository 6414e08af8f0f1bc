"""Products: the device and software models that are sold, their released versions, and what they are upgraded to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least
from backoffice.models.named import Named


class Product(Named, Base):
    """A model that is sold; ``support_plan_code`` names the plan its purchases get unless another is chosen."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("sku <> ''", name="sku"),
        CheckConstraint("name <> ''", name="name"),
        at_least("version", 1),
        Index(None, "sort_key", "id"),
    )

    id: Mapped[Id]
    sku: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str | None]
    support_plan_code: Mapped[str]
    search_text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ProductVersion(Base):
    """A released version of a product. The database refuses every change but its withdrawal, which is final.

    A product has one standing version of a label, compared as ``label_folded``; a withdrawn one frees its label.
    """

    __tablename__ = "product_version"
    __table_args__ = (
        CheckConstraint("label <> ''", name="label"),
        CheckConstraint("withdrawn_on >= released_on", name="withdrawn_on"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawal_reason IS NULL)", name="withdrawal_reason"),
        Index(
            "uq_product_version_label",
            "product_id",
            "label_folded",
            unique=True,
            sqlite_where=text("withdrawn_on IS NULL"),
            postgresql_where=text("withdrawn_on IS NULL"),
        ),
        Index(None, "product_id", "released_on", "id"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    label: Mapped[str]
    label_folded: Mapped[str]
    released_on: Mapped[date]
    notes: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    withdrawal_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ProductUpgrade(Base):
    """That a product can be upgraded to another."""

    __tablename__ = "product_upgrade"
    __table_args__ = (
        UniqueConstraint("product_id", "target_id"),
        CheckConstraint("product_id <> target_id", name="target_id"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
