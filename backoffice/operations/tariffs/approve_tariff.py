"""Approve a tariff edition that somebody else imported; from then on it prices services and never changes."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import TariffEdition as EditionRow
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules.tariffs import hold_editions
from backoffice.operations.services.suggesting import suggest_for_edition
from backoffice.operations.tariffs import editions
from backoffice.operations.tariffs.review_tariff import reviewed_hash
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ApproveTariff(Command):
    """``reviewed`` is the review's: lines imported since are not approved unseen. None approves what is there."""

    operation: ClassVar[str] = "approve_tariff"

    jalali_year: int
    version: int
    reviewed: str | None = None


def approve_tariff(desk: Premises, viewer: Viewer, command: ApproveTariff) -> Result:
    """``id`` is the edition's. What was priced provisionally in its days is suggested to be priced again, never more.

    The viewer is a member of staff and not the one who imported it, else FORBIDDEN. NOT_FOUND without such an edition,
    CONFLICT for one approved already, STALE when it is not the one reviewed. An edition that the command line imported
    has no importer among the staff: any member with the permission approves it.
    """
    return perform(desk, viewer, "tariff.approve", command, lambda work: _approve(work, command))


def _approve(work: Work, command: ApproveTariff) -> Done:
    hold_editions(work.session, to_approve=True)
    row = _held(work, command)
    if row.approved_at is not None:
        raise refuse(ErrorCode.CONFLICT, "tariff_approved", jalali_year=row.jalali_year, version=row.version)
    _refuse_own(work, row)
    edition = editions.with_lines(work.session, row)
    if command.reviewed not in (None, reviewed_hash(edition)):
        raise refuse(ErrorCode.STALE, path=("reviewed",), entity_id=row.id)
    before = document_of(row)
    row.approved_at, row.approved_by_id = work.now, work.viewer.staff_id
    work.session.flush()
    after = document_of(row, reratings_suggested=suggest_for_edition(work, row.id))
    return Done(entity=editions.ENTITY, entity_id=row.id, events=(Event.TARIFF_APPROVED,), before=before, after=after)


def _held(work: Work, command: ApproveTariff) -> EditionRow:
    row = editions.find(work.session, command.jalali_year, command.version)
    if row is None:
        raise refuse(
            ErrorCode.NOT_FOUND, "unknown_tariff_edition", jalali_year=command.jalali_year, version=command.version
        )
    lookups.lock(work, row)
    return row


def _refuse_own(work: Work, row: EditionRow) -> None:
    """Two people stand behind a price list: whoever brought its lines is not the one who lets them count."""
    if work.viewer.staff_id is None:
        raise refuse(ErrorCode.FORBIDDEN, "approval_by_staff")
    entry = editions.importer(work.session, row.id)
    if entry is not None and entry.staff_id == work.viewer.staff_id:
        raise refuse(ErrorCode.FORBIDDEN, "own_tariff")
