"""Offices: the head office, branches and agencies; one of them is the origin of road distances."""

from enum import StrEnum

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, one_of


class OfficeKind(StrEnum):
    """What an office is to the company."""

    HEAD_OFFICE = "head_office"
    BRANCH = "branch"
    AGENCY = "agency"


class Office(Base):
    """An office that service records belong to; at most one is the origin of distances."""

    __tablename__ = "office"
    __table_args__ = (
        Index(
            "uq_office_origin",
            "is_origin",
            unique=True,
            sqlite_where=text("is_origin = 1"),
            postgresql_where=text("is_origin"),
        ),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OfficeKind] = mapped_column(one_of(OfficeKind, "kind"))
    is_origin: Mapped[bool] = mapped_column(default=False)
