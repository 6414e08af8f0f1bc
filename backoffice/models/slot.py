"""Allowance slots, and the ledger of every step that one takes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.models.base import Base, Id, at_least, one_of

_LIVE = text("released_at IS NULL")


class SlotState(StrEnum):
    """Reserved when a record is opened, committed when it is done. A released slot keeps its last state."""

    RESERVED = "reserved"
    COMMITTED = "committed"


class SlotStep(StrEnum):
    """What happened to a slot."""

    RESERVED = "reserved"
    COMMITTED = "committed"
    RELEASED = "released"


class AllowanceSlot(Base):
    """One numbered use of an allowance, live until released; without a record it is an opening balance.

    A second live slot of the same number, a second live slot of one record, and a number above the allowance's quantity
    are refused by the database. ``committed_at`` is set exactly when the state is committed.
    """

    __tablename__ = "allowance_slot"
    __table_args__ = (
        at_least("slot_no", 1),
        CheckConstraint("(state = 'committed') = (committed_at IS NOT NULL)", name="committed_at"),
        Index(
            "uq_allowance_slot_live", "allowance_id", "slot_no", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        Index("uq_allowance_slot_record", "record_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(None, "allowance_id"),
    )

    id: Mapped[Id]
    allowance_id: Mapped[int] = mapped_column(ForeignKey("allowance.id"))
    slot_no: Mapped[int]
    record_id: Mapped[int | None] = mapped_column(ForeignKey("service_record.id"))
    state: Mapped[SlotState] = mapped_column(one_of(SlotState, "state"))
    reserved_at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class SlotLedger(Base):
    """One step of one slot. Append-only: the database refuses change and removal."""

    __tablename__ = "slot_ledger"

    id: Mapped[Id]
    slot_id: Mapped[int] = mapped_column(ForeignKey("allowance_slot.id"), index=True)
    allowance_id: Mapped[int] = mapped_column(ForeignKey("allowance.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("service_record.id"), index=True)
    step: Mapped[SlotStep] = mapped_column(one_of(SlotStep, "step"))
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
