"""Idempotency: the same key and input give the first answer again and one effect; other input is a conflict.

The key is claimed by inserting it before anything is done. A second request with the key waits at the unique index (on
SQLite at BEGIN IMMEDIATE) until the first has ended; if that was undone, it takes the key over.

A key is kept for two days at least. Every so many keys, the ones that are older make room.
"""

from datetime import timedelta
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from backoffice.domain.problem import ErrorCode
from backoffice.models import CoverageDecision, IdempotencyKey
from backoffice.operations import texts
from backoffice.operations.command import Repeatable
from backoffice.operations.result import Result, refuse
from backoffice.operations.rules.restored_decisions import restored_decision
from backoffice.operations.work import Done, Work

KEPT = timedelta(hours=48)
"""How long a repetition is sure to be answered; the API promises 24 hours."""

LONGEST = 255
"""Characters of a key: a random one needs forty, and an index takes no text of any length."""

EVERY = 500
"""One key in so many clears away what is older: rarely enough to cost nobody anything, often enough to stay small."""


def claim(work: Work, command: Repeatable) -> IdempotencyKey | Result | None:
    """The key's row to be filled, the answer given before, or None when the command carries no key.

    INVALID for a key that nothing can be told by: an empty one, or one that is longer than ``LONGEST``.
    """
    if command.idempotency_key is None:
        return None
    texts.required(command.idempotency_key, "idempotency_key", longest=LONGEST)
    return _answered(work, command) or _claimed(work, command) or _answered_meanwhile(work, command)


def remember(row: IdempotencyKey, done: Done) -> None:
    """Keep what a repetition of the command is answered with."""
    row.result = {"id": done.entity_id, "decision_id": done.decision_id}


def _claimed(work: Work, command: Repeatable) -> IdempotencyKey | None:
    if work.viewer.staff_id is None:
        raise ValueError("an idempotency key belongs to a member of staff; this viewer is none")
    row = IdempotencyKey(
        staff_id=work.viewer.staff_id,
        key=command.idempotency_key,
        operation=command.operation,
        input_hash=command.input_hash(),
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


def _answered(work: Work, command: Repeatable) -> Result | None:
    row = work.session.scalar(
        select(IdempotencyKey).where(
            IdempotencyKey.staff_id == work.viewer.staff_id, IdempotencyKey.key == command.idempotency_key
        )
    )
    if row is None:
        return None
    if row.input_hash != command.input_hash():
        raise refuse(ErrorCode.CONFLICT, "idempotency_key_reused", path=("idempotency_key",))
    decision_id = cast(int | None, row.result["decision_id"])
    decision = None if decision_id is None else work.session.get_one(CoverageDecision, decision_id)
    decided = None if decision is None else restored_decision(work.session, decision)
    return Result(id=cast(int, row.result["id"]), decision=decided)


def _answered_meanwhile(work: Work, command: Repeatable) -> Result:
    answer = _answered(work, command)
    if answer is None:
        raise LookupError("the idempotency key was refused by the database and yet is not there")
    return answer
