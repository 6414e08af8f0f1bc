"""Charges of records: proposed by a decision, reversed when it no longer holds."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from backoffice.domain.charge import IN_THE_BOOKS, ChargeStatus
from backoffice.domain.problem import ErrorCode
from backoffice.models import Charge, CoverageDecision, ServiceRecord
from backoffice.operations.result import refuse
from backoffice.operations.services.charge_rows import charge_values, payable, reversed_values
from backoffice.operations.work import Work


def propose(work: Work, record: ServiceRecord, decision: CoverageDecision) -> None:
    """Propose what the decision makes payable, if anything."""
    due = payable(decision.id, amount=decision.amount, edition_id=decision.edition_id, tax_rate_id=decision.tax_rate_id)
    if due is not None:
        work.session.add(Charge(**charge_values(record.id, due, now=work.now)))


def standing(work: Work, record_ids: Collection[int]) -> Mapping[int, Charge]:
    """The charges that are not reversed, by their records, held."""
    of_records = select(Charge).where(Charge.record_id.in_(record_ids), Charge.status != ChargeStatus.REVERSED)
    held = work.session.scalars(of_records.order_by(Charge.id).with_for_update())
    return {charge.record_id: charge for charge in held}


def take_back(work: Work, charge: Charge) -> None:
    """The charge no longer stands; flush before another takes its place."""
    charge.change(reversed_values(work.now))


def reverse(work: Work, record: ServiceRecord, *, unless: Collection[ChargeStatus] = IN_THE_BOOKS) -> None:
    """Reverse the record's charge, if it has one; CONFLICT where that has come as far as ``unless`` says.

    What has left for the books is taken back by nobody: the database refuses it, too.
    """
    charge = standing(work, [record.id]).get(record.id)
    if charge is None:
        return
    if charge.status in unless:
        detail = "charge_in_books" if charge.status in IN_THE_BOOKS else "charge_agreed"
        raise refuse(ErrorCode.CONFLICT, detail, path=("id",), status=charge.status)
    take_back(work, charge)
    work.session.flush()
