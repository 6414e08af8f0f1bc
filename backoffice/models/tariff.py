"""The tariff book: editions with their lines, billed minutes, which line prices what, and dated VAT."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.money import PriceUnit
from backoffice.domain.service import Mode
from backoffice.models.base import Base, Id, at_least, one_of, rial_range


class TariffEdition(Base):
    """One edition of the price list; once ``approved_at`` is set the database refuses changes of it and its lines."""

    __tablename__ = "tariff_edition"
    __table_args__ = (
        UniqueConstraint("jalali_year", "version"),
        CheckConstraint("jalali_year BETWEEN 1300 AND 1600", name="jalali_year"),
        at_least("version", 1),
    )

    id: Mapped[Id]
    jalali_year: Mapped[int]
    version: Mapped[int]
    effective_from: Mapped[date]
    source: Mapped[str]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]


class TariffLine(Base):
    """The rate, in rials for one unit, of one line of an edition."""

    __tablename__ = "tariff_line"
    __table_args__ = (UniqueConstraint("edition_id", "code"), rial_range("rate"))

    id: Mapped[Id]
    edition_id: Mapped[int] = mapped_column(ForeignKey("tariff_edition.id"))
    code: Mapped[str]
    unit: Mapped[PriceUnit] = mapped_column(one_of(PriceUnit, "unit"))
    rate: Mapped[int] = mapped_column(BigInteger)


class BillingRule(Base):
    """The least minutes billed in a mode, and the step they are rounded up to."""

    __tablename__ = "billing_rule"
    __table_args__ = (at_least("minimum_minutes", 0), at_least("step_minutes", 1))

    mode: Mapped[Mode] = mapped_column(one_of(Mode, "mode"), primary_key=True)
    minimum_minutes: Mapped[int]
    step_minutes: Mapped[int]


class TariffMapping(Base):
    """Which lines price a service type ("*" for any): labour, call-out and kilometre by their line codes."""

    __tablename__ = "tariff_mapping"

    service_type: Mapped[str] = mapped_column(primary_key=True)
    labour: Mapped[str]
    call_out: Mapped[str | None]
    kilometre: Mapped[str | None]


class TaxRate(Base):
    """VAT from a day up to, not including, another (or open), in hundredths of a per cent."""

    __tablename__ = "tax_rate"
    __table_args__ = (
        CheckConstraint("ends_before IS NULL OR starts_on < ends_before", name="days"),
        CheckConstraint("basis_points BETWEEN 0 AND 10000", name="basis_points"),
    )

    id: Mapped[Id]
    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_before: Mapped[date | None]
    basis_points: Mapped[int]
