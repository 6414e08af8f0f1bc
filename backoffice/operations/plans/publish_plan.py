"""Publish a version of a support plan, once the linter has nothing against it; from then on it never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_check import lint
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import DocumentKind, FrozenDocument, Office
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import (
    Document,
)
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.rules.tariff_books import tariff_book
from backoffice.operations.work import Done, Work
from backoffice.plugins import Registry


@dataclass(frozen=True, kw_only=True)
class PublishPlan(Command):
    """The plan as it is to be published, with its version."""

    plan: Annotated[
        SupportPlan,
        Given(Document(), Label(fa="طرح", en="Plan"), about="The plan as it is to be published, with its version."),
    ]


def _publish(work: Work, command: PublishPlan) -> Done:
    row = published(work, command.plan)
    return Done(entity="SupportPlan", entity_id=row.id, events=(Event.PLAN_PUBLISHED,), after=document_of(row))


def published(work: Work, plan: SupportPlan) -> PlanRow:
    """The plan's version, published now."""
    refuse_findings(work, plan)
    freeze(work, plan)
    row = PlanRow(
        code=plan.code,
        version=plan.version,
        name=plan.name.fa,
        document_hash=plan.content_hash,
        published_at=work.now,
        created_at=work.now,
    )
    insert_unless_taken(work.session, row, lambda: _taken(work, plan))
    return row


def problems_of(session: Session, registry: Registry, plan: SupportPlan) -> tuple[Problem, ...]:
    """What keeps a plan from being published: each finding of the linter, and an origin that is no office."""
    findings = lint(plan, registry.offerings, tariff_book(session).mappings)
    linted = tuple(
        Problem(
            code=ErrorCode.INVALID,
            detail=f"plan_{finding.code}",
            path=("plan", finding.term_key or plan.code),
            params=finding.params,
        )
        for finding in findings
    )
    return (*linted, *_without_office(session, plan))


def _without_office(session: Session, plan: SupportPlan) -> Iterator[Problem]:
    office = plan.origin_office
    if office is not None and session.scalar(select(Office.id).where(Office.code == office)) is None:
        params = {"office": office}
        yield Problem(code=ErrorCode.INVALID, detail="unknown_office", path=("plan", "origin_office"), params=params)


def refuse_findings(work: Work, plan: SupportPlan) -> None:
    """Refuse with everything that keeps ``plan`` from being published."""
    problems = problems_of(work.session, work.desk.registry, plan)
    if problems:
        raise Refusal(*problems)


def freeze(work: Work, plan: SupportPlan) -> None:
    """Keep the plan's document under its hash, if it is not there yet."""
    if work.session.get(FrozenDocument, plan.content_hash) is None:
        document = FrozenDocument(hash=plan.content_hash, kind=DocumentKind.PLAN, body=plan.to_document())
        work.session.add(document)
        work.session.flush()


def _taken(work: Work, plan: SupportPlan) -> Problem | None:
    chosen = select(PlanRow.id).where(PlanRow.code == plan.code, PlanRow.version == plan.version)
    if work.session.scalar(chosen) is None:
        return None
    params = {"plan": plan.code, "version": plan.version}
    return Problem(code=ErrorCode.DUPLICATE, detail="plan_version", path=("plan",), params=params)


publish_plan = Operation(
    name="publish_plan",
    label=Label(fa="انتشار طرح", en="Publish a plan"),
    description="Publish a version of a plan: new sales get it, and it never changes again.",
    permission="plan.write",
    command=PublishPlan,
    entity="SupportPlan",
    events=(Event.PLAN_PUBLISHED,),
    body=_publish,
)
"""``id`` is the plan version's. INVALID for each finding of the linter, DUPLICATE for a version already there."""
