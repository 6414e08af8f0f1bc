"""Add a dated addendum to a published plan: terms for services that it does not mention, for all its periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.addendum import objections
from backoffice.domain.event import Event
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import PlanAddendum
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.plans.publish_plan import freeze, problems_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.rules import plans
from backoffice.operations.rules.addenda import addenda_of
from backoffice.operations.undeclared import faults, perform
from backoffice.operations.work import Done, Work
from backoffice.plugins import Registry


@dataclass(frozen=True, kw_only=True)
class AddPlanAddendum(Command):
    """The plan version, the ``terms`` it gains, the coverage day from which they answer, and why."""

    operation: ClassVar[str] = "add_plan_addendum"

    plan: str
    version: int
    effective_from: date
    terms: tuple[PlanTerm, ...]
    reason: str


def add_plan_addendum(desk: Premises, viewer: Viewer, command: AddPlanAddendum) -> Result:
    """``id`` is the addendum's. Periods sold before and after it see its terms; what was decided stays as it was.

    INVALID for a term that speaks of a service the plan has terms for or of any service, that takes a right away, or
    that the linter finds fault with; INVALID before the addendum before; NOT_FOUND for a version not published.
    """
    return perform(desk, viewer, "plan.write", command, lambda work: _add(work, command))


@dataclass(frozen=True)
class PlanAddendumPreview:
    """What an addendum would make of its plan; beside problems there is no plan."""

    result: Result
    plan: SupportPlan | None = None


def preview_plan_addendum(desk: Premises, viewer: Viewer, command: AddPlanAddendum) -> PlanAddendumPreview:
    """What ``add_plan_addendum`` would say now, whatever the reason; nothing is written, and ``result.id`` is None."""
    viewer.require("plan.write")
    problems = faults(desk, command)
    if problems:
        return PlanAddendumPreview(Result(id=None, problems=problems))
    with desk.database.reading() as session:
        try:
            extended = _extended(session, desk.registry, _published(session, command), command)
        except Refusal as refusal:
            return PlanAddendumPreview(refusal.result)
    return PlanAddendumPreview(Result(id=None), extended)


def _add(work: Work, command: AddPlanAddendum) -> Done:
    row = _published(work.session, command)
    lookups.lock(work, row)
    extended = _extended(work.session, work.desk.registry, row, command)
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    freeze(work, extended)
    addendum = _addendum(work, row, extended, command=command, reason=reason)
    work.session.add(addendum)
    work.session.flush()
    after = document_of(addendum)
    return Done(
        entity="PlanAddendum", entity_id=addendum.id, events=(Event.PLAN_ADDENDUM_ADDED,), after=after, reason=reason
    )


def _published(session: Session, command: AddPlanAddendum) -> PlanRow:
    chosen = (PlanRow.code == command.plan, PlanRow.version == command.version, PlanRow.published_at.is_not(None))
    row = session.scalar(select(PlanRow).where(*chosen))
    if row is None:
        raise refuse(
            ErrorCode.NOT_FOUND, "unknown_plan_version", path=("plan",), plan=command.plan, version=command.version
        )
    return row


def _extended(session: Session, registry: Registry, row: PlanRow, command: AddPlanAddendum) -> SupportPlan:
    """The plan with the addendum, which is refused with everything that speaks against it."""
    if not command.terms:
        raise refuse(ErrorCode.INVALID, "required", path=("terms",))
    current = _as_it_is(session, row, command)
    extended = current.with_addendum(command.terms)
    known = problems_of(session, registry, current)
    new = [found for found in problems_of(session, registry, extended) if found not in known]
    problems = (*_objections(current, command), *new)
    if problems:
        raise Refusal(*problems)
    return extended


def _as_it_is(session: Session, row: PlanRow, command: AddPlanAddendum) -> SupportPlan:
    """The plan with every addendum so far, none of which may hold later than the new one."""
    addenda = addenda_of(session, [row.id])
    if not addenda:
        return plans.frozen_plan(session, row.document_hash)
    last = addenda[-1]
    if command.effective_from < last.effective_from:
        raise refuse(
            ErrorCode.INVALID,
            "addendum_out_of_order",
            path=("effective_from",),
            effective_from=last.effective_from,
        )
    return plans.frozen_plan(session, last.document_hash)


def _objections(plan: SupportPlan, command: AddPlanAddendum) -> Iterator[Problem]:
    for finding in objections(plan, command.terms):
        path, params = ("terms", finding.term_key or plan.code), finding.params
        yield Problem(code=ErrorCode.INVALID, detail=f"plan_{finding.code}", path=path, params=params)


def _addendum(
    work: Work, row: PlanRow, extended: SupportPlan, *, command: AddPlanAddendum, reason: str
) -> PlanAddendum:
    return PlanAddendum(
        plan_id=row.id,
        effective_from=command.effective_from,
        terms=[term.to_document() for term in command.terms],
        document_hash=extended.content_hash,
        reason=reason,
        created_at=work.now,
        created_by_id=work.viewer.staff_id,
    )
