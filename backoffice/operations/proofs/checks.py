"""What slots, ledger, records, decisions and charges must agree on, each as a statement that finds what does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import ENDED, OPEN, WORKED
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    Charge,
    ChargeStatus,
    CoverageDecision,
    RecordDecision,
    ServiceRecord,
    SlotLedger,
    SlotState,
    SlotStep,
)


@dataclass(frozen=True)
class Check:
    """A statement that finds the ids of what is wrong, and what is wrong with them."""

    what: str
    entity: str
    offenders: Select[int]


def all_checks() -> Iterator[Check]:
    """In the order in which their differences are told."""
    yield from _slot_checks()
    yield from _ledger_checks()
    yield from _granted_checks()
    yield from _decision_checks()
    yield from _charge_checks()


def _slot_checks() -> Iterator[Check]:
    live = select(func.count()).where(AllowanceSlot.allowance_id == Allowance.id, AllowanceSlot.released_at.is_(None))
    yield Check(
        "more live slots than its quantity",
        "Allowance",
        select(Allowance.id).where(live.scalar_subquery() > Allowance.quantity),
    )
    yield Check(
        "live beyond its allowance's quantity",
        "AllowanceSlot",
        select(AllowanceSlot.id)
        .join(Allowance, Allowance.id == AllowanceSlot.allowance_id)
        .where(AllowanceSlot.released_at.is_(None), AllowanceSlot.slot_no > Allowance.quantity),
    )


def _ledger_checks() -> Iterator[Check]:
    for step, should in (
        (SlotStep.RESERVED, AllowanceSlot.reserved_at.is_not(None)),
        (SlotStep.COMMITTED, AllowanceSlot.committed_at.is_not(None)),
        (SlotStep.RELEASED, AllowanceSlot.released_at.is_not(None)),
    ):
        steps = select(func.count()).where(SlotLedger.slot_id == AllowanceSlot.id, SlotLedger.step == step)
        told = steps.scalar_subquery()
        yield Check(
            f"its ledger does not tell once what the slot says of being {step}",
            "AllowanceSlot",
            select(AllowanceSlot.id).where(or_(and_(should, told != 1), and_(~should, told != 0))),
        )
    yield Check(
        "tells of another allowance or record than its slot",
        "SlotLedger",
        select(SlotLedger.id)
        .join(AllowanceSlot, AllowanceSlot.id == SlotLedger.slot_id)
        .where(
            or_(
                SlotLedger.allowance_id != AllowanceSlot.allowance_id,
                SlotLedger.record_id.is_distinct_from(AllowanceSlot.record_id),
            )
        ),
    )


def _granted_checks() -> Iterator[Check]:
    drawn = ServiceRecord.outcome == Outcome.ALLOWANCE
    yield _record(
        "done by an allowance without its committed slot",
        ServiceRecord.status.in_(WORKED) & drawn & ~_has_slot(SlotState.COMMITTED),
    )
    yield _record(
        "open on an allowance without its reserved slot",
        ServiceRecord.status.in_(OPEN) & drawn & ~_has_slot(SlotState.RESERVED, SlotState.COMMITTED),
    )
    yield _record(
        "holds a slot that its decision does not grant",
        (~drawn | ServiceRecord.status.in_(ENDED)) & _has_slot(SlotState.RESERVED, SlotState.COMMITTED),
    )
    yield Check(
        "holds a slot of another allowance than its decision names",
        "ServiceRecord",
        select(ServiceRecord.id)
        .join(CoverageDecision, CoverageDecision.id == ServiceRecord.coverage_id)
        .join(AllowanceSlot, and_(AllowanceSlot.record_id == ServiceRecord.id, AllowanceSlot.released_at.is_(None)))
        .join(Allowance, Allowance.id == AllowanceSlot.allowance_id)
        .where(
            or_(
                Allowance.key.is_distinct_from(CoverageDecision.allowance_key),
                Allowance.period_id.is_distinct_from(CoverageDecision.period_id),
            )
        ),
    )


def _decision_checks() -> Iterator[Check]:
    yield _record("ended, and yet something is payable", ServiceRecord.status.in_(ENDED) & (ServiceRecord.amount != 0))
    yield Check(
        "does not show the decision in force",
        "ServiceRecord",
        select(ServiceRecord.id)
        .join(CoverageDecision, CoverageDecision.id == ServiceRecord.coverage_id)
        .where(
            or_(
                ServiceRecord.outcome != CoverageDecision.outcome,
                ServiceRecord.shadow_amount.is_distinct_from(CoverageDecision.shadow_amount),
                ServiceRecord.status.not_in(ENDED) & ServiceRecord.amount.is_distinct_from(CoverageDecision.amount),
            )
        ),
    )
    decided = select(RecordDecision.record_id, func.max(RecordDecision.id).label("id"))
    newest = decided.group_by(RecordDecision.record_id).subquery()
    yield Check(
        "its last decision is not the one in force",
        "ServiceRecord",
        select(ServiceRecord.id)
        .outerjoin(newest, newest.c.record_id == ServiceRecord.id)
        .outerjoin(RecordDecision, RecordDecision.id == newest.c.id)
        .where(RecordDecision.decision_id.is_distinct_from(ServiceRecord.coverage_id)),
    )


def _charge_checks() -> Iterator[Check]:
    standing = and_(Charge.record_id == ServiceRecord.id, Charge.status != ChargeStatus.REVERSED)
    as_decided = and_(standing, Charge.decision_id == ServiceRecord.coverage_id, Charge.amount == ServiceRecord.amount)
    payable = ServiceRecord.status.in_(WORKED) & (ServiceRecord.amount > 0)
    yield _record("payable without a charge of its amount", payable & ~exists().where(as_decided))
    yield _record("charged, and yet nothing is payable", ~func.coalesce(payable, False) & exists().where(standing))


def _record(what: str, wrong: ColumnElement[bool]) -> Check:
    return Check(what, "ServiceRecord", select(ServiceRecord.id).where(wrong))


def _has_slot(*states: SlotState) -> ColumnElement[bool]:
    """Whether the record holds a live slot in one of these states."""
    return exists().where(
        AllowanceSlot.record_id == ServiceRecord.id,
        AllowanceSlot.released_at.is_(None),
        AllowanceSlot.state.in_(states),
    )
