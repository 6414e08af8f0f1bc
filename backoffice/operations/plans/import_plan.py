"""Import a version of a support plan from a TOML file; it is a draft until it is published."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_file import parse_plan
from backoffice.domain.plan_table import PlanFileError
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.plans.plan_text import PlanFinding, at_lines, plan_text
from backoffice.operations.plans.publish_plan import freeze, problems_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.retrying import Contended
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_CODE = 64


@dataclass(frozen=True, kw_only=True)
class ImportPlan(Command):
    """A plan file as it was given, TOML in UTF-8."""

    operation: ClassVar[str] = "import_plan"

    content: bytes = field(repr=False)


@dataclass(frozen=True)
class PlanImport:
    """What came of an import or its preview; beside problems there is no plan. Findings refuse only to publish."""

    result: Result
    plan: SupportPlan | None = None
    findings: tuple[PlanFinding, ...] = ()


def import_plan(desk: Premises, viewer: Viewer, command: ImportPlan) -> PlanImport:
    """``result.id`` is the draft's. INVALID for a file that is no plan, and then nothing is written.

    The draft gets the version that the file names; without one, that of the draft there is, else the next. An earlier
    draft of the version is replaced; a published one is a DUPLICATE, and one before the newest published a CONFLICT.
    """
    viewer.require("plan.write")
    text = plan_text(command.content)
    if isinstance(text, Problem):
        return PlanImport(Result(id=None, problems=(text,)))
    plans: list[SupportPlan] = []

    def body(work: Work) -> Done:
        plans[:] = [_parsed(work.session, text)]
        return _store(work, plans[0])

    result = perform(desk, viewer, "plan.write", command, body)
    if result.problems:
        return PlanImport(result)
    with desk.database.reading() as session:
        return PlanImport(result, plans[0], _findings(desk, session, plans[0], text))


def preview_plan(desk: Premises, viewer: Viewer, command: ImportPlan) -> PlanImport:
    """What ``import_plan`` would say now; nothing is written, and ``result.id`` is None."""
    viewer.require("plan.write")
    text = plan_text(command.content)
    if isinstance(text, Problem):
        return PlanImport(Result(id=None, problems=(text,)))
    with desk.database.reading() as session:
        try:
            plan = _parsed(session, text)
            _refuse_settled(session, plan)
        except Refusal as refusal:
            return PlanImport(refusal.result)
        return PlanImport(Result(id=None), plan, _findings(desk, session, plan, text))


def _parsed(session: Session, text: str) -> SupportPlan:
    try:
        plan = parse_plan(text, lambda code: _next_version(session, code))
    except PlanFileError as error:
        raise Refusal(*error.problems) from error
    texts.required(plan.code, "code", longest=LONGEST_CODE)
    texts.required(plan.name.fa, "name")
    return plan


def _next_version(session: Session, code: str) -> int:
    """The version of the newest one while that is a draft, else the one after it."""
    newest = session.scalar(select(PlanRow).where(PlanRow.code == code).order_by(PlanRow.version.desc()).limit(1))
    if newest is None:
        return 1
    return newest.version + (newest.published_at is not None)


def _store(work: Work, plan: SupportPlan) -> Done:
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
    return Done(entity="SupportPlan", entity_id=row.id, events=(Event.PLAN_IMPORTED,), before=before, after=after)


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


def _findings(desk: Premises, session: Session, plan: SupportPlan, text: str) -> tuple[PlanFinding, ...]:
    return at_lines(text, problems_of(session, desk.registry, plan))
