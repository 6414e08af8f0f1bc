"""Charges: what decisions make payable."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.charge import CHARGE_STEPS, ChargeStatus
from backoffice.models.base import Base, Id, one_of, rial_range
from backoffice.models.status_guard import Stepping

_STANDING = text("status <> 'reversed'")


class Charge(Stepping, Base):
    """Rials payable for a record, VAT included; a record has at most one that is not reversed.

    The database refuses removal, and to take back what is exported or paid; ``reversed_at`` is set exactly when the
    status is reversed.
    """

    __tablename__ = "charge"
    __table_args__ = (
        rial_range("amount", 1),
        CheckConstraint("(status = 'reversed') = (reversed_at IS NOT NULL)", name="reversed_at"),
        Index("uq_charge_standing", "record_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )

    steps = CHARGE_STEPS

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("service_record.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("coverage_decision.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    edition_id: Mapped[int] = mapped_column(ForeignKey("tariff_edition.id"))
    tax_rate_id: Mapped[int] = mapped_column(ForeignKey("tax_rate.id"))
    status: Mapped[ChargeStatus] = mapped_column(one_of(ChargeStatus, "status"))
    created_at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]
