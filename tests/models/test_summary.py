"""The summary that the database keeps of service records, by its triggers."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from backoffice.models import Office, RecordChange, RecordSummary, ServiceRecord
from backoffice.models.summary import ALL_OFFICES, FINE_GRAINS, GRAINS
from tests.models.conftest import SUMMED, Rows

AT_ONCE = 128
"""As many changes are folded together."""


def changes(session: Session) -> list[tuple[Any, ...]]:
    read = select(RecordChange.status, RecordChange.records, RecordChange.amount).order_by(RecordChange.id)
    return [tuple(row) for row in session.execute(read)]


def test_a_new_record_is_a_change(rows: Rows):
    rows.add(ServiceRecord, amount=5)

    assert changes(rows.session) == [("requested", 1, 5)]


def test_a_changed_record_takes_away_what_it_was_and_adds_what_it_is(rows: Rows):
    record = rows.add(ServiceRecord, amount=5)
    record.status, record.amount = "scheduled", None
    rows.session.flush()

    assert changes(rows.session)[1:] == [("requested", -1, -5), ("scheduled", 1, 0)]


def test_what_statistics_do_not_look_at_is_no_change(rows: Rows):
    rows.add(ServiceRecord)
    rows.session.execute(update(ServiceRecord).values(minutes=5))

    assert len(changes(rows.session)) == 1


def test_changes_are_folded_when_there_are_enough(rows: Rows):
    office_id = rows.the(Office).id
    several = [{**SUMMED, "id": number, "office_id": office_id, "records": 1} for number in range(1, AT_ONCE + 1)]
    rows.session.execute(insert(RecordChange), several[:-1])
    assert len(changes(rows.session)) == AT_ONCE - 1

    rows.session.execute(insert(RecordChange), several[-1:])

    assert changes(rows.session) == []
    kept = rows.session.execute(select(RecordSummary.grain, RecordSummary.office_id, RecordSummary.records))
    assert {tuple(row) for row in kept} == {
        *((grain, office, AT_ONCE) for grain in GRAINS for office in (ALL_OFFICES, office_id)),
        *((grain, ALL_OFFICES, AT_ONCE) for grain in FINE_GRAINS),
    }
