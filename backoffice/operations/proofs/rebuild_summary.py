"""Count the summary of statistics anew from the records, after reconciling has found it wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Insert, delete, func, insert, literal, literal_column, select, text, true
from sqlalchemy.orm import Session

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import RecordChange, RecordSummary, ServiceRecord
from backoffice.models.long_transactions import take_the_time
from backoffice.models.summary import ABSENT, ALL_OFFICES, FINE_GRAINS, GRAINS, NOT_COUNTED, WEIGHTS, columns_of
from backoffice.operations.audit_documents import NO_NUMBER
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.work import Done, Work

CELL = ("grain", "office_id", *WEIGHTS, "records", "amount", "shadow_amount")


@dataclass(frozen=True, kw_only=True)
class RebuildSummary(Command):
    """Has no input."""


def _rebuild(work: Work, command: RebuildSummary) -> Done:
    _keep_writers_out(work.session)
    work.session.execute(delete(RecordChange))
    work.session.execute(delete(RecordSummary))
    for filling in _fillings():
        work.session.execute(filling)
    cells = work.session.scalars(select(func.count()).select_from(RecordSummary)).one()
    return Done(entity="RecordSummary", entity_id=NO_NUMBER, events=(Event.SUMMARY_REBUILT,), after={"cells": cells})


def _keep_writers_out(session: Session) -> None:
    """On SQLite the transaction does that by itself."""
    take_the_time(session.connection())
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE service_record, record_change IN SHARE ROW EXCLUSIVE MODE"))


def _fillings() -> Iterator[Insert]:
    for grain in GRAINS:
        yield _filling(grain, (ServiceRecord.office_id.expression,))
    for grain in (*GRAINS, *FINE_GRAINS):
        yield _filling(grain, ())


def _filling(grain: int, office: tuple[ColumnElement[int], ...]) -> Insert:
    """The records summed up by one grain: by ``office`` as well, or without it for all offices together."""
    names = columns_of(grain)
    keys = [_key(name) if name in names else literal(ABSENT[name]) for name in WEIGHTS]
    sums = [func.sum(func.coalesce(money, 0)) for money in (ServiceRecord.amount, ServiceRecord.shadow_amount)]
    counted = true() if "status" in names else ServiceRecord.status.not_in(NOT_COUNTED)
    place = office or (literal(ALL_OFFICES),)
    cells = select(literal(grain), *place, *keys, func.count(), *sums).where(counted)
    return insert(RecordSummary).from_select(CELL, cells.group_by(*office, *map(_key, names)))


def _key(name: str) -> ColumnElement[Any]:
    """Without a bind: the database has to see that what is grouped by is what is selected."""
    column: ColumnElement[Any] = getattr(ServiceRecord, name)
    return func.coalesce(column, literal_column("0")) if name == "product_id" else column


rebuild_summary = Operation(
    name="rebuild_summary",
    label=Label(fa="شمارش دوبارهٔ آمار", en="Count the statistics anew"),
    description="Count the summary of statistics anew from the records.",
    permission="system.operate",
    command=RebuildSummary,
    entity="RecordSummary",
    events=(Event.SUMMARY_REBUILT,),
    body=_rebuild,
)
"""Whoever changes a record meanwhile waits until it is done; whoever reads statistics reads the old ones."""
