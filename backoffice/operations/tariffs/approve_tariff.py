"""Approve a tariff edition that somebody else imported; from then on it prices services and never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import TariffEdition as EditionRow
from backoffice.models.base import LARGEST_INTEGER
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Fingerprint, Quantity, Unit
from backoffice.operations.operation import Operation
from backoffice.operations.result import refuse
from backoffice.operations.rules.tariff_books import hold_editions
from backoffice.operations.services.suggesting import suggest_for_edition
from backoffice.operations.subject import Subject
from backoffice.operations.tariffs import editions
from backoffice.operations.tariffs.review_tariff import reviewed_hash
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ApproveTariff(Command):
    """``reviewed`` is the review's: lines imported since are not approved unseen. None approves what is there."""

    jalali_year: Annotated[
        int,
        Given(
            Quantity(Unit.NUMBER, 1, LARGEST_INTEGER),
            Label(fa="سال", en="Year"),
            about="The Jalali year of the edition.",
        ),
    ]
    version: Annotated[
        int,
        Given(
            Quantity(Unit.NUMBER, 1, LARGEST_INTEGER),
            Label(fa="نسخهٔ تعرفه", en="Version of the edition"),
            about="Which edition of the year.",
        ),
    ]
    reviewed: Annotated[
        str | None,
        Given(
            Fingerprint(),
            Label(fa="تعرفهٔ دیده‌شده", en="Edition seen"),
            about="What tells the lines that were looked at; others are STALE.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class EditionState:
    """What of a stored edition says who may approve it; ``imported_by_id`` is None where no member of staff did."""

    jalali_year: int
    version: int
    approved: bool
    imported_by_id: int | None


def approvable(state: EditionState, viewer: Viewer) -> Problem | None:
    """The rule of approving: CONFLICT once it is approved, FORBIDDEN for no staff and for whoever brought its lines.

    Two people stand behind a price list: whoever brought its lines is not the one who lets them count.
    """
    if state.approved:
        params = {"jalali_year": state.jalali_year, "version": state.version}
        return Problem(code=ErrorCode.CONFLICT, detail="tariff_approved", params=params)
    if viewer.staff_id is None:
        return Problem(code=ErrorCode.FORBIDDEN, detail="approval_by_staff")
    own = state.imported_by_id == viewer.staff_id
    return Problem(code=ErrorCode.FORBIDDEN, detail="own_tariff") if own else None


def _state(work: Work, row: EditionRow) -> EditionState:
    entry = editions.importer(work.session, row.id)
    return EditionState(
        jalali_year=row.jalali_year,
        version=row.version,
        approved=row.approved_at is not None,
        imported_by_id=None if entry is None else entry.staff_id,
    )


def _edition(work: Work, command: ApproveTariff) -> EditionRow:
    row = editions.find(work.session, command.jalali_year, command.version)
    if row is None:
        year, version = command.jalali_year, command.version
        raise refuse(ErrorCode.NOT_FOUND, "unknown_tariff_edition", jalali_year=year, version=version)
    return row


def _editions(work: Work, command: ApproveTariff, entity: str) -> Sequence[EditionRow]:
    """The edition, while nothing is priced provisionally meanwhile."""
    hold_editions(work.session, to_approve=True)
    return [_edition(work, command)]


EDITION = Subject(entity=editions.ENTITY, state=_state, find=_editions, named_by=("jalali_year", "version"))


def _approve(work: Work, command: ApproveTariff) -> Done:
    row = _edition(work, command)
    edition = editions.with_lines(work.session, row)
    if command.reviewed not in (None, reviewed_hash(edition)):
        raise refuse(ErrorCode.STALE, path=("reviewed",), entity_id=row.id)
    before = document_of(row)
    row.approved_at, row.approved_by_id = work.now, work.viewer.staff_id
    work.session.flush()
    after = document_of(row, reratings_suggested=suggest_for_edition(work, row.id))
    return Done(entity=editions.ENTITY, entity_id=row.id, events=(Event.TARIFF_APPROVED,), before=before, after=after)


approve_tariff = Operation(
    name="approve_tariff",
    label=Label(fa="تأیید تعرفه", en="Approve the edition"),
    description="Approve a tariff edition: it prices services from its first day, and never changes again.",
    permission="tariff.approve",
    command=ApproveTariff,
    entity=editions.ENTITY,
    events=(Event.TARIFF_APPROVED,),
    about=EDITION,
    possible=approvable,
    body=_approve,
)
"""``id`` is the edition's. What was priced provisionally in its days is suggested to be priced again, never more.

The viewer is a member of staff and not the one who imported it, else FORBIDDEN. NOT_FOUND without such an edition,
CONFLICT for one approved already, STALE when it is not the one reviewed. An edition that the command line imported has
no importer among the staff: any member with the permission approves it.
"""
