"""Members of staff and the roles they hold."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least
from backoffice.models.named import Named


class Role(Base):
    """A named set of permissions; what it permits is declared in the code of access control."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str]


class StaffRole(Base):
    """One role held by one member of staff."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)


class Staff(Named, Base):
    """Someone who signs in. ``password`` is a hash; ``fs_uniquifier`` changes when every session must end."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("language IN ('fa', 'en')", name="language"),
        at_least("failed_sign_ins", 0),
    )

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    language: Mapped[str] = mapped_column(default="fa")
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
