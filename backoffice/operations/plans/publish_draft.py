"""Publish a plan's draft, once nothing is found against it; from then on it never changes, and new sales get it."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.plans.publish_plan import refuse_findings
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules import plans
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class PublishDraft(Command):
    """The draft of the plan ``code``: its newest version.

    ``reviewed`` is the hash of the document that was looked at: a draft imported since is not published unseen. None
    publishes the one there is.
    """

    operation: ClassVar[str] = "publish_draft"

    code: str
    reviewed: str | None = None


def publish_draft(desk: Premises, viewer: Viewer, command: PublishDraft) -> Result:
    """``id`` is the version's. INVALID for each finding, NOT_FOUND without such a plan, CONFLICT without a draft.

    STALE when the draft is not the one reviewed.
    """
    return perform(desk, viewer, "plan.write", command, lambda work: _publish(work, command))


def _publish(work: Work, command: PublishDraft) -> Done:
    row = _newest(work.session, command.code)
    lookups.lock(work, row)
    if row.published_at is not None:
        raise refuse(ErrorCode.CONFLICT, "no_plan_draft", path=("code",), plan=command.code)
    if command.reviewed not in (None, row.document_hash):
        raise refuse(ErrorCode.STALE, path=("reviewed",), entity_id=row.id)
    refuse_findings(work, plans.frozen_plan(work.session, row.document_hash))
    before = document_of(row)
    row.published_at = work.now
    work.session.flush()
    after = document_of(row)
    return Done(entity="SupportPlan", entity_id=row.id, events=(Event.PLAN_PUBLISHED,), before=before, after=after)


def _newest(session: Session, code: str) -> PlanRow:
    newest = select(PlanRow).where(PlanRow.code == code).order_by(PlanRow.version.desc()).limit(1)
    row = session.scalar(newest)
    if row is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_plan", path=("code",), plan=code)
    return row
