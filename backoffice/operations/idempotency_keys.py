"""Idempotency: the same key and input give the first answer again and one effect; other input is a conflict.

A key is its actor's own: of a member of staff, whatever program speaks for them, of a customer, of the system.
The key is claimed by inserting it before anything is done. A second request with the key waits at the unique index (on
SQLite at BEGIN IMMEDIATE) until the first has ended; if that was undone, it takes the key over.

A key is kept for two days at least. Every so many keys, the ones that are older make room.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from backoffice.domain.problem import ErrorCode
from backoffice.models import CoverageDecision, IdempotencyKey
from backoffice.operations.command import Command
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules.restored_decisions import restored_decision
from backoffice.operations.work import Done, Work

KEPT = timedelta(hours=48)
"""How long a repetition is sure to be answered; the API promises 24 hours."""

EVERY = 500
"""One key in so many clears away what is older: rarely enough to cost nobody anything, often enough to stay small."""


def claim(work: Work, operation: str, command: Command) -> IdempotencyKey | Result[Any] | None:
    """The key's row to be filled, the answer given before, or None when the command carries no key."""
    if command.idempotency_key is None:
        return None
    asked = _Asked(operation, command.idempotency_key, command.input_hash(operation))
    return _answered(work, asked) or _claimed(work, asked) or _answered_meanwhile(work, asked)


def remember(row: IdempotencyKey, done: Done[object] | None) -> None:
    """Keep what a repetition of the command is answered with; None where there was nothing to do."""
    row.result = {} if done is None else {"id": done.entity_id, "decision_id": done.decision_id}


@dataclass(frozen=True)
class _Asked:
    """What is asked under a key."""

    operation: str
    key: str
    input_hash: str


def _claimed(work: Work, asked: _Asked) -> IdempotencyKey | None:
    actor = work.viewer.actor
    row = IdempotencyKey(
        actor_kind=actor.kind,
        actor_id=actor.id,
        staff_id=work.viewer.staff_id,
        key=asked.key,
        operation=asked.operation,
        input_hash=asked.input_hash,
        result={},
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError:
        return None
    if row.id % EVERY == 0:
        work.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < work.now - KEPT))
    return row


def _answered(work: Work, asked: _Asked) -> Result[Any] | None:
    actor = work.viewer.actor
    own = (IdempotencyKey.actor_kind == actor.kind, IdempotencyKey.actor_id == actor.id)
    row = work.session.scalar(select(IdempotencyKey).where(*own, IdempotencyKey.key == asked.key))
    if row is None:
        return None
    if row.input_hash != asked.input_hash:
        raise refuse(ErrorCode.CONFLICT, "idempotency_key_reused", path=("idempotency_key",))
    entity_id, decision_id = (cast(int | None, row.result.get(name)) for name in ("id", "decision_id"))
    decision = None if decision_id is None else work.session.get_one(CoverageDecision, decision_id)
    decided = None if decision is None else restored_decision(work.session, decision)
    return Result[Any](id=entity_id, decision=decided)


def _answered_meanwhile(work: Work, asked: _Asked) -> Result[Any]:
    answer = _answered(work, asked)
    if answer is None:
        raise LookupError("the idempotency key was refused by the database and yet is not there")
    return answer
