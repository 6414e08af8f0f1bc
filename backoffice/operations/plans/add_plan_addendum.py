"""Add a dated addendum to a published plan: terms for services that it does not mention, for all its periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.addendum import objections
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import PlanAddendum
from backoffice.models import SupportPlan as PlanRow
from backoffice.models.base import LARGEST_INTEGER
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import (
    Day,
    Document,
    Quantity,
    Text,
    Unit,
)
from backoffice.operations.operation import Operation, Preview
from backoffice.operations.plans.publish_draft import PlanState, state_of
from backoffice.operations.plans.publish_plan import freeze, problems_of
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.rules import published_plans
from backoffice.operations.rules.addenda import addenda_of
from backoffice.operations.subject import Subject
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work
from backoffice.plugins import Registry


@dataclass(frozen=True, kw_only=True)
class Addendum(Command):
    """The plan version, the ``terms`` it gains, and the coverage day from which they answer."""

    plan: Annotated[str, Given(Text(), Label(fa="طرح", en="Plan"), about="The code of the plan.")]
    version: Annotated[
        int,
        Given(
            Quantity(Unit.NUMBER, 1, LARGEST_INTEGER),
            Label(fa="نسخهٔ طرح", en="Version of the plan"),
            about="Which published version.",
        ),
    ]
    effective_from: Annotated[
        date,
        Given(Day(), Label(fa="اجرا از", en="Effective from"), about="The coverage day from which the terms answer."),
    ]
    terms: Annotated[
        tuple[PlanTerm, ...], Given(Document(), Label(fa="بندها", en="Terms"), about="The terms that the plan gains.")
    ]

    def contradictions(self) -> Iterator[Problem]:
        """No term at all."""
        if not self.terms:
            yield Problem(code=ErrorCode.INVALID, detail="required", path=("terms",))


@dataclass(frozen=True, kw_only=True)
class AddPlanAddendum(Addendum):
    """An addendum, and why."""

    reason: Reason


def _previewed(work: Work, command: Addendum) -> Result[SupportPlan]:
    """The plan with the addendum, whatever the reason will be."""
    row = _version(work.session, command)
    problem = _published(state_of(work, row), work.viewer)
    if problem is not None:
        raise Refusal(problem)
    extended = _extended(work.session, work.desk.registry, row, command)
    return Result(id=None, told=extended)


def _add(work: Work, command: AddPlanAddendum) -> Done[SupportPlan]:
    row = _version(work.session, command)
    extended = _extended(work.session, work.desk.registry, row, command)
    freeze(work, extended)
    addendum = _addendum(work, row, extended, command=command)
    work.session.add(addendum)
    work.session.flush()
    after = document_of(addendum)
    return Done(
        entity="PlanAddendum",
        entity_id=addendum.id,
        events=(Event.PLAN_ADDENDUM_ADDED,),
        after=after,
        reason=command.reason,
        told=extended,
    )


def _version(session: Session, command: Addendum) -> PlanRow:
    chosen = (PlanRow.code == command.plan, PlanRow.version == command.version)
    row = session.scalar(select(PlanRow).where(*chosen))
    if row is None:
        raise Refusal(_unknown(command.plan, command.version))
    return row


def _versions(work: Work, command: AddPlanAddendum, entity: str) -> Sequence[PlanRow]:
    return [_version(work.session, command)]


def _published(state: PlanState, viewer: object) -> Problem | None:
    """A draft is changed by another file: NOT_FOUND, as if there were no such version."""
    return _unknown(state.code, state.version) if state.published_at is None else None


def _unknown(code: str, version: int) -> Problem:
    params = {"plan": code, "version": version}
    return Problem(code=ErrorCode.NOT_FOUND, detail="unknown_plan_version", path=("plan",), params=params)


VERSION = Subject(entity="SupportPlan", state=state_of, find=_versions, named_by=("plan", "version"))


def _extended(session: Session, registry: Registry, row: PlanRow, command: Addendum) -> SupportPlan:
    """The plan with the addendum, which is refused with everything that speaks against it."""
    current = _as_it_is(session, row, command)
    extended = current.with_addendum(command.terms)
    known = problems_of(session, registry, current)
    new = [found for found in problems_of(session, registry, extended) if found not in known]
    problems = (*_objections(current, command), *new)
    if problems:
        raise Refusal(*problems)
    return extended


def _as_it_is(session: Session, row: PlanRow, command: Addendum) -> SupportPlan:
    """The plan with every addendum so far, none of which may hold later than the new one."""
    addenda = addenda_of(session, [row.id])
    if not addenda:
        return published_plans.frozen_plan(session, row.document_hash)
    last = addenda[-1]
    if command.effective_from < last.effective_from:
        raise refuse(
            ErrorCode.INVALID,
            "addendum_out_of_order",
            path=("effective_from",),
            effective_from=last.effective_from,
        )
    return published_plans.frozen_plan(session, last.document_hash)


def _objections(plan: SupportPlan, command: Addendum) -> Iterator[Problem]:
    for finding in objections(plan, command.terms):
        path, params = ("terms", finding.term_key or plan.code), finding.params
        yield Problem(code=ErrorCode.INVALID, detail=f"plan_{finding.code}", path=path, params=params)


def _addendum(work: Work, row: PlanRow, extended: SupportPlan, *, command: AddPlanAddendum) -> PlanAddendum:
    return PlanAddendum(
        plan_id=row.id,
        effective_from=command.effective_from,
        terms=[term.to_document() for term in command.terms],
        document_hash=extended.content_hash,
        reason=command.reason,
        created_at=work.now,
        created_by_id=work.viewer.staff_id,
    )


add_plan_addendum = Operation(
    name="add_plan_addendum",
    label=Label(fa="افزودن متمم طرح", en="Add an addendum"),
    description="Add a dated addendum to a published plan: terms for services that it does not mention.",
    permission="plan.write",
    command=AddPlanAddendum,
    entity="PlanAddendum",
    events=(Event.PLAN_ADDENDUM_ADDED,),
    about=VERSION,
    possible=_published,
    body=_add,
    preview=Preview(command=Addendum, permission="plan.write", body=_previewed),
)
"""``id`` is the addendum's, ``told`` the plan with it. Periods sold before and after it see its terms.

INVALID for a term that speaks of a service the plan has terms for or of any service, that takes a right away, or that
the linter finds fault with; INVALID before the addendum before; NOT_FOUND for a version not published. What was decided
stays as it was.
"""
