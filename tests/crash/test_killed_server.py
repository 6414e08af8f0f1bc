"""kill -9 of every process of the server while clients write: nothing acknowledged is lost, nothing half-written."""

import time

import pytest
from sqlalchemy import text

from tests.crash.conftest import Crash, wait_until
from tests.crash.verdict import check_repetitions, check_what_is_there
from tests.crash.writers import writing
from tests.races.tally import asked_for

pytestmark = [pytest.mark.crash, pytest.mark.heavy]

KILLS = asked_for("KILLS", 12)
FEWEST, MOST = 5, 60
"""How many writes are acknowledged between a start and a kill."""

UNDER_WAY = """
    datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    AND xact_start IS NOT NULL
"""

LONGEST_PAUSE = 0.2
"""Seconds; by chance within these, so that a kill falls on any moment of a write."""


def test_what_was_acknowledged_survives_kill_9_and_a_repetition_of_the_rest_has_one_effect(crash: Crash) -> None:
    for life in range(KILLS):
        if life:
            crash.served.start()
            check_repetitions(crash)
        with writing(crash.writers):
            crash.wait_for_acknowledged(crash.chance.randint(FEWEST, MOST))
            time.sleep(crash.chance.uniform(0, LONGEST_PAUSE))
            crash.served.kill()
        crash.tally.add("kills")
        settle_down(crash)
        check_what_is_there(crash)
    crash.served.start()
    check_repetitions(crash)
    check_what_is_there(crash)
    crash.tally.add("acknowledged", len(crash.notebook.acknowledged))
    assert crash.notebook.failures == []
    assert crash.tally["unanswered"] >= KILLS, "the kills fell on idle moments"
    assert crash.tally["5xx"] == 0


def settle_down(crash: Crash) -> None:
    """Wait until PostgreSQL has ended the transactions of those who were killed."""
    if crash.kit.desk.database.engine.dialect.name == "postgresql":
        wait_until(lambda: under_way(crash) == 0)


def under_way(crash: Crash) -> int:
    with crash.kit.desk.database.reading() as session:
        return session.scalars(text(f"SELECT count(*) FROM pg_stat_activity WHERE {UNDER_WAY}")).one()
