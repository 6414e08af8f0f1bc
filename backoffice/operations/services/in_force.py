"""The decision in force on a record: which one it is, how another takes its place."""

from sqlalchemy import select

from backoffice.domain.override import Override
from backoffice.models import CoverageDecision, DecisionRole, RecordDecision, ServiceRecord
from backoffice.models.decision_columns import decision_in
from backoffice.operations.services.record_rows import in_force_values, naming_values
from backoffice.operations.work import Work


def put_in_force(work: Work, record: ServiceRecord, decision: CoverageDecision, role: DecisionRole) -> None:
    """The stored decision counts on its record from now on."""
    record.change(in_force_values(decision, decision.id))
    work.session.add(RecordDecision(**naming_values(record.id, decision.id, role=role, now=work.now)))


def engines_decision(work: Work, record: ServiceRecord) -> CoverageDecision:
    """What the engine decided last about the record, whether or not it is in force."""
    its_own = (RecordDecision.record_id == record.id, RecordDecision.role != DecisionRole.OVERRIDE)
    taken = select(CoverageDecision).join(RecordDecision, RecordDecision.decision_id == CoverageDecision.id)
    return work.session.scalars(taken.where(*its_own).order_by(RecordDecision.id.desc()).limit(1)).one()


def standing_override(work: Work, record: ServiceRecord) -> Override | None:
    """The override in force on the record."""
    in_force = select(CoverageDecision).where(CoverageDecision.id == record.coverage_id, CoverageDecision.overridden)
    decision = work.session.scalar(in_force)
    return None if decision is None else Override.behind(decision_in(decision, edition=None))
