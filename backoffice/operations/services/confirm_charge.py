"""Confirm a charge: finance has looked at what a decision proposed, and it is payable."""

from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.charge import CHARGE_STEPS, ChargeStatus
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Charge
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Id
from backoffice.operations.operation import Operation
from backoffice.operations.subject import Subject
from backoffice.operations.work import Done, Work

ENTITY = "Charge"


@dataclass(frozen=True, kw_only=True)
class ConfirmCharge(Command):
    """The charge's id."""

    id: Annotated[int, Given(Id(ENTITY), Label(fa="هزینه", en="Charge"), about="Which charge.")]


CHARGE = Subject(entity=ENTITY, state=lambda work, charge: charge.status)


def _proposed(status: ChargeStatus, viewer: object) -> Problem | None:
    if CHARGE_STEPS.allow(status, ChargeStatus.CONFIRMED):
        return None
    return Problem(code=ErrorCode.CONFLICT, detail="charge_status", path=("id",), params={"status": status})


def _confirm(work: Work, command: ConfirmCharge) -> Done:
    charge = lookups.found(work, Charge, command.id, "id")
    before = document_of(charge)
    charge.status = ChargeStatus.CONFIRMED
    work.session.flush()
    after = document_of(charge)
    return Done(entity=ENTITY, entity_id=charge.id, events=(Event.CHARGE_CONFIRMED,), before=before, after=after)


confirm_charge = Operation(
    name="confirm_charge",
    label=Label(fa="تأیید هزینه", en="Confirm the charge"),
    description="Confirm a proposed charge: it is payable.",
    permission="charge.confirm",
    command=ConfirmCharge,
    entity=ENTITY,
    events=(Event.CHARGE_CONFIRMED,),
    about=CHARGE,
    possible=_proposed,
    body=_confirm,
)
"""``id`` is the charge's. NOT_FOUND when the viewer sees no record of it, CONFLICT unless it is proposed."""
