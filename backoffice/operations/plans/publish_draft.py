"""Publish a plan's draft, once nothing is found against it; from then on it never changes, and new sales get it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Called, Fingerprint
from backoffice.operations.operation import Operation
from backoffice.operations.plans.publish_plan import refuse_findings
from backoffice.operations.result import refuse
from backoffice.operations.rules import published_plans
from backoffice.operations.subject import Subject
from backoffice.operations.work import Done, Work


def _newest(work: Work, code: str, path: str = "code") -> PlanRow:
    """The plan's newest version; NOT_FOUND without such a plan."""
    row = work.session.scalar(select(PlanRow).where(PlanRow.code == code).order_by(PlanRow.version.desc()).limit(1))
    if row is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_plan", path=(path,), plan=code)
    return row


@dataclass(frozen=True, kw_only=True)
class PlanState:
    """What of a version of a plan says whether it can be published, or gain an addendum."""

    code: str
    version: int
    published_at: datetime | None


def state_of(work: Work, row: PlanRow) -> PlanState:
    """The state of a stored version."""
    return PlanState(code=row.code, version=row.version, published_at=row.published_at)


def _drafts(work: Work, command: "PublishDraft", entity: str) -> Sequence[PlanRow]:
    return [_newest(work, command.code)]


def _unpublished(state: PlanState, viewer: object) -> Problem | None:
    if state.published_at is None:
        return None
    params = {"plan": state.code}
    return Problem(code=ErrorCode.CONFLICT, detail="no_plan_draft", path=("code",), params=params)


DRAFT = Subject(
    entity="SupportPlan",
    state=state_of,
    find=_drafts,
    named_by=("code",),
)


@dataclass(frozen=True, kw_only=True)
class PublishDraft(Command):
    """The draft of the plan ``code``: its newest version.

    ``reviewed`` is the hash of the document that was looked at: a draft imported since is not published unseen. None
    publishes the one there is.
    """

    code: Annotated[
        str,
        Given(
            Called(entity="SupportPlan", find=_newest),
            Label(fa="طرح", en="Plan"),
            about="The code of the plan whose draft it is.",
        ),
    ]
    reviewed: Annotated[
        str | None,
        Given(
            Fingerprint(),
            Label(fa="سند دیده‌شده", en="Document seen"),
            about="The hash of the document that was looked at; another one is STALE.",
        ),
    ] = None


def _publish(work: Work, command: PublishDraft) -> Done:
    row = _newest(work, command.code)
    if command.reviewed not in (None, row.document_hash):
        raise refuse(ErrorCode.STALE, path=("reviewed",), entity_id=row.id)
    refuse_findings(work, published_plans.frozen_plan(work.session, row.document_hash))
    before = document_of(row)
    row.published_at = work.now
    work.session.flush()
    after = document_of(row)
    return Done(entity="SupportPlan", entity_id=row.id, events=(Event.PLAN_PUBLISHED,), before=before, after=after)


publish_draft = Operation(
    name="publish_draft",
    label=Label(fa="انتشار پیش‌نویس طرح", en="Publish the draft"),
    description="Publish the draft of a plan: new sales get it, and it never changes again.",
    permission="plan.write",
    command=PublishDraft,
    entity="SupportPlan",
    events=(Event.PLAN_PUBLISHED,),
    about=DRAFT,
    possible=_unpublished,
    body=_publish,
)
"""``id`` is the version's. INVALID for each finding, NOT_FOUND without such a plan, CONFLICT without a draft.

STALE when the draft is not the one reviewed.
"""
