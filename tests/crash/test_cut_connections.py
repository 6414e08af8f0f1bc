"""Connections to PostgreSQL cut in the middle of writing: a clean 503, nothing half-written, no restart needed."""

import pytest
from sqlalchemy import Engine, text

from tests.crash.conftest import Crash, wait_until
from tests.crash.verdict import check_repetitions, check_what_is_there
from tests.crash.writers import writing
from tests.races.tally import asked_for

pytestmark = [
    pytest.mark.crash,
    pytest.mark.heavy,
    pytest.mark.postgresql,
    pytest.mark.parametrize("backend", ["postgresql"], indirect=True),
]

CUTS = asked_for("KILLS", 12)
FEWEST, MOST = 1, 10
"""How many writes are acknowledged between two cuts."""

WRITING = "datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
"""A backend of this database alone, that has begun to write and has not committed."""


def test_connections_cut_in_the_middle_of_writing_lose_nothing_and_the_desk_goes_on(crash: Crash) -> None:
    engine = crash.kit.desk.database.engine
    with writing(crash.writers):
        for _ in range(CUTS):
            crash.wait_for_acknowledged(crash.chance.randint(FEWEST, MOST))
            wait_until(lambda: cut(crash, engine) > 0)
        crash.wait_for_acknowledged(MOST)
    assert crash.notebook.failures == []
    check_what_is_there(crash)
    check_repetitions(crash)
    check_what_is_there(crash)
    crash.tally.add("acknowledged", len(crash.notebook.acknowledged))
    assert crash.tally["503"] == crash.tally["5xx"]
    assert crash.tally["503"] > 0, "no cut fell on a transaction that mattered"


def cut(crash: Crash, engine: Engine) -> int:
    """Cut every connection that is writing now; how many there were."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        said = connection.scalars(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {WRITING}")).all()
    crash.tally.add("connections cut", sum(said))
    return sum(said)
