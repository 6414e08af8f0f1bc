"""Statistics are exact at every moment while several write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.models import RecordSummary, ServiceRecord
from backoffice.models.database import Database
from backoffice.models.summary import NOT_COUNTED
from backoffice.operations.proofs.summary_proof import miscounts
from backoffice.operations.retrying import DatabaseBusy, retried
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from tests.query.building import PLANS, SUPERVISOR, TODAY, World
from tests.query.drawn_records import Draw, ground_in

pytestmark = pytest.mark.races

WRITERS, ROUNDS, ADDED = 4, 16, 40


class Undone(Exception):
    """A writer thinks better of it."""


class Writer:
    """Adds records and changes its own; every fourth transaction is undone."""

    def __init__(self, database: Database, draw: Draw) -> None:
        self.database, self.draw, self.kept = database, draw, list[int]()

    def write(self) -> None:
        for number in range(ROUNDS):
            self.kept += _at_last(self._undone if number % 4 == 3 else self._written)

    def _undone(self) -> list[int]:
        with suppress(Undone), self.database.writing() as session:
            self._work(session)
            raise Undone
        return []

    def _written(self) -> list[int]:
        with self.database.writing() as session:
            return self._work(session)

    def _work(self, session: Session) -> list[int]:
        last = session.scalar(select(func.max(ServiceRecord.id))) or 0
        self.draw.add(session, ADDED)
        added = list(session.scalars(select(ServiceRecord.id).where(ServiceRecord.id > last)))
        self.draw.change(session, self.kept or added, ADDED // 4)
        return added


def _at_last(transaction: Callable[[], list[int]]) -> list[int]:
    """SQLite lets writers in one by one, and on a busy machine one of them may wait for long."""
    while True:
        with suppress(DatabaseBusy):
            return retried(transaction)


def told(session: Session) -> dict[str, tuple[int, int]]:
    reader = Reader(session, SUPERVISOR, today=TODAY, plans=PLANS)
    asked = {"group_by": ("OUTCOME", "SERVICE_TYPE")}
    rows: Any = reader.stats(asked, want("count", "amount", keys=want("value")))
    return {"/".join(key["value"] for key in row["keys"]): (row["count"], row["amount"]) for row in rows}


def counted(session: Session) -> dict[str, tuple[int, int]]:
    keys = (ServiceRecord.outcome, ServiceRecord.service_type)
    amount = func.coalesce(func.sum(ServiceRecord.amount), 0)
    found = select(*keys, func.count(), amount).where(ServiceRecord.status.not_in(NOT_COUNTED)).group_by(*keys)
    return {f"{one.upper()}/{other}": (count, int(sum_)) for one, other, count, sum_ in session.execute(found)}


def test_whoever_reads_while_others_write_sees_sums_of_the_records_seen_at_that_moment(database: Database):
    with database.writing() as session:
        ground = ground_in(World(session))

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(Writer(database, Draw(ground, seed)).write) for seed in range(WRITERS)]
        while not all(writer.done() for writer in writers):
            with database.reading() as session:
                assert told(session) == counted(session)
            wait(writers, timeout=0.01)

    for writer in writers:
        writer.result()
    with database.reading() as session:
        assert session.scalars(select(RecordSummary.grain)).first() is not None
        assert list(miscounts(session)) == []
        assert session.scalar(select(func.count()).select_from(ServiceRecord)) == WRITERS * ROUNDS * 3 // 4 * ADDED
