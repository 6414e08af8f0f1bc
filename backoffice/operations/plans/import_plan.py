"""Import a version of a support plan from a TOML file; it is a draft until it is published."""

import dataclasses
from dataclasses import dataclass, replace
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_file import parse_plan
from backoffice.domain.plan_table import PlanFileError
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import File, Text, Unfit
from backoffice.operations.operation import Operation
from backoffice.operations.plans.plan_text import PlanFinding, at_lines, plan_text
from backoffice.operations.plans.publish_plan import freeze, problems_of
from backoffice.operations.result import Refusal, refuse
from backoffice.operations.retrying import Contended
from backoffice.operations.work import Done, Work

LONGEST_CODE = 64


@dataclass(frozen=True, kw_only=True)
class ImportPlan(Command):
    """A plan file as it was given, TOML in UTF-8."""

    content: Annotated[bytes, Given(File(), Label(fa="فایل", en="File"), about="The file, TOML in UTF-8.")] = (
        dataclasses.field(repr=False)
    )


@dataclass(frozen=True)
class PlanImport:
    """A version as it was read. Findings refuse only to publish."""

    plan: SupportPlan
    findings: tuple[PlanFinding, ...]


def _import(work: Work, command: ImportPlan) -> Done[PlanImport]:
    text = plan_text(command.content)
    if isinstance(text, Problem):
        raise Refusal(text)
    plan = _parsed(work.session, text)
    findings = at_lines(text, problems_of(work.session, work.desk.registry, plan))
    return _store(work, plan, PlanImport(plan, findings))


def _parsed(session: Session, text: str) -> SupportPlan:
    try:
        plan = parse_plan(text, lambda code: _next_version(session, code))
    except PlanFileError as error:
        raise Refusal(*error.problems) from error
    _refuse_unfit("code", plan.code, Text(LONGEST_CODE))
    _refuse_unfit("name", plan.name.fa, Text())
    return plan


def _next_version(session: Session, code: str) -> int:
    """The version of the newest one while that is a draft, else the one after it."""
    newest = session.scalar(select(PlanRow).where(PlanRow.code == code).order_by(PlanRow.version.desc()).limit(1))
    if newest is None:
        return 1
    return newest.version + (newest.published_at is not None)


def _store(work: Work, plan: SupportPlan, told: PlanImport) -> Done[PlanImport]:
    _refuse_settled(work.session, plan)
    freeze(work, plan)
    row = _row(work.session, plan)
    before = None
    if row is None:
        row = _inserted(work, plan)
    else:
        lookups.lock(work, row)
        _refuse_settled(work.session, plan)
        before = document_of(row)
        row.name, row.document_hash = plan.name.fa, plan.content_hash
        work.session.flush()
    after = document_of(row)
    events = (Event.PLAN_IMPORTED,)
    return Done(entity="SupportPlan", entity_id=row.id, events=events, before=before, after=after, told=told)


def _inserted(work: Work, plan: SupportPlan) -> PlanRow:
    row = PlanRow(
        code=plan.code,
        version=plan.version,
        name=plan.name.fa,
        document_hash=plan.content_hash,
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError as error:
        raise Contended("somebody imported the same version at this moment") from error
    return row


def _row(session: Session, plan: SupportPlan) -> PlanRow | None:
    return session.scalar(select(PlanRow).where(PlanRow.code == plan.code, PlanRow.version == plan.version))


def _refuse_settled(session: Session, plan: SupportPlan) -> None:
    """A published version is immutable, and a draft before the newest published one would hold for nobody."""
    row = _row(session, plan)
    if row is not None and row.published_at is not None:
        raise refuse(ErrorCode.DUPLICATE, "plan_version", path=("version",), plan=plan.code, version=plan.version)
    newest = select(func.max(PlanRow.version)).where(PlanRow.code == plan.code, PlanRow.published_at.is_not(None))
    published = session.scalar(newest)
    if published is not None and plan.version < published:
        raise refuse(ErrorCode.CONFLICT, "plan_version_behind", path=("version",), plan=plan.code, published=published)


def _refuse_unfit(name: str, text: str, kind: Text) -> None:
    """Refuse an empty or too long text of the file."""
    try:
        fit = kind.fit(text)
    except Unfit as error:
        raise Refusal(*(replace(problem, path=(name,)) for problem in error.problems)) from error
    if fit is None:
        raise refuse(ErrorCode.INVALID, "required", path=(name,))


import_plan = Operation(
    name="import_plan",
    label=Label(fa="ورود طرح", en="Import a plan"),
    description="Import a version of a support plan from a file; it is a draft until it is published.",
    permission="plan.write",
    command=ImportPlan,
    entity="SupportPlan",
    events=(Event.PLAN_IMPORTED,),
    body=_import,
)
"""``id`` is the draft's, ``told`` what was read. INVALID for a file that is no plan, and then nothing is written.

The draft gets the version that the file names; without one, that of the draft there is, else the next. An earlier draft
of the version is replaced; a published one is a DUPLICATE, and one before the newest published a CONFLICT.
"""
