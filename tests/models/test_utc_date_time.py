"""Instants as the database keeps them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from backoffice.models import Outbox

TEHRAN_NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3, minutes=30)))


def event_at(instant):
    return Outbox(at=instant, event="e", entity="Office", entity_id=1, payload={})


def test_an_instant_comes_back_as_the_same_instant_in_utc(session):
    session.add(event_at(TEHRAN_NOON))
    session.flush()
    session.expire_all()

    stored = session.scalars(select(Outbox.at)).one()

    assert stored == TEHRAN_NOON
    assert stored.tzinfo is UTC


def test_no_instant_comes_back_as_none(session):
    session.add(event_at(TEHRAN_NOON))
    session.flush()

    assert session.scalars(select(Outbox.delivered_at)).one() is None


def test_an_instant_without_an_offset_is_refused(session):
    session.add(event_at(TEHRAN_NOON.replace(tzinfo=None)))

    with pytest.raises(StatementError, match="offset from UTC"):
        session.flush()


def test_instants_of_different_offsets_are_compared_as_instants(session):
    session.add_all([event_at(TEHRAN_NOON), event_at(TEHRAN_NOON.astimezone(UTC) + timedelta(minutes=1))])
    session.flush()

    earlier = session.scalars(select(Outbox.id).where(Outbox.at <= TEHRAN_NOON.astimezone(UTC))).all()

    assert len(earlier) == 1


def test_sqlite_keeps_an_instant_as_text_that_sorts(sqlite_database):
    with sqlite_database.writing() as session:
        session.add(event_at(TEHRAN_NOON))

    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT at FROM outbox")) == "2026-11-22 08:30:00.123456"
