"""Products: the device and software models that are sold."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
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
