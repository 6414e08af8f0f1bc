"""Whether everything a change writes is there together: the row, its decisions, its audit rows, its events, its key."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from backoffice.domain.record import RecordStatus
from backoffice.models import (
    AuditEntry,
    CoverageDecision,
    Customer,
    DecisionRole,
    IdempotencyKey,
    Outbox,
    RecordDecision,
    ServiceRecord,
)
from backoffice.models.base import Base

Counts = Counter[tuple[int, str]]


def out_of_step(session: Session) -> list[str]:
    """What is half-written, in words, on a desk where records were only recorded and completed, customers entered."""
    return [*_database(session), *_records(session), *_customers(session), *_loose_ends(session)]


def _database(session: Session) -> Iterator[str]:
    """What SQLite itself says of its file."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for pragma, fine in (("integrity_check", ["ok"]), ("foreign_key_check", [])):
        said = list(session.scalars(text(f"PRAGMA {pragma}")))
        if said != fine:
            yield f"{pragma}: {said}"


def _records(session: Session) -> Iterator[str]:
    audits, events = _audits(session, "ServiceRecord"), _events(session, "ServiceRecord")
    decisions: Counts = Counter()
    for decision in session.scalars(select(RecordDecision)):
        decisions[decision.record_id, decision.role] += 1
    for record in session.scalars(select(ServiceRecord)):
        done = int(record.status is RecordStatus.DONE)
        wanted = {
            "audit rows": (record.version, audits[record.id]),
            "opened": (1, events[record.id, "record_opened"]),
            "completed": (done, events[record.id, "record_completed"]),
            "estimates": (1, decisions[record.id, DecisionRole.ESTIMATE]),
            "completions": (record.version - 1, decisions[record.id, DecisionRole.COMPLETION]),
        }
        yield from _different(f"record {record.id}", wanted)


def _customers(session: Session) -> Iterator[str]:
    audits, events = _audits(session, "Customer"), _events(session, "Customer")
    for customer in session.scalars(select(Customer)):
        wanted = {
            "audit rows": (customer.version, audits[customer.id]),
            "created": (1, events[customer.id, "customer_created"]),
        }
        yield from _different(f"customer {customer.id}", wanted)


def _loose_ends(session: Session) -> Iterator[str]:
    """Rows that speak of something which is not there."""
    for model in (ServiceRecord, Customer):
        for trace in (AuditEntry, Outbox):
            about = trace.entity == model.__name__
            lost = session.scalars(select(trace.id).where(about, ~exists().where(model.id == trace.entity_id))).all()
            yield from (f"{trace.__tablename__} {each}: no such {model.__name__}" for each in lost)
    unused = ~exists().where(RecordDecision.decision_id == CoverageDecision.id)
    yield from (f"decision {each}: of no record" for each in session.scalars(select(CoverageDecision.id).where(unused)))
    for key in session.scalars(select(IdempotencyKey)):
        if session.get(_kept_by(key.operation), key.result.get("id")) is None:
            yield f"key {key.key}: {key.operation} left nothing behind"


def _kept_by(operation: str) -> type[Base]:
    return Customer if operation == "create_customer" else ServiceRecord


def _audits(session: Session, entity: str) -> Counter[int]:
    counted = select(AuditEntry.entity_id, func.count().label("rows")).where(AuditEntry.entity == entity)
    return Counter({row.entity_id: row.rows for row in session.execute(counted.group_by(AuditEntry.entity_id))})


def _events(session: Session, entity: str) -> Counts:
    told = session.execute(select(Outbox.entity_id, Outbox.event).where(Outbox.entity == entity))
    return Counter((row.entity_id, row.event) for row in told)


def _different(name: str, wanted: dict[str, tuple[int, int]]) -> Iterator[str]:
    for what, (should, found) in wanted.items():
        if should != found:
            yield f"{name}: {what} {found}, not {should}"
