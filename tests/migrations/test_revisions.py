"""Which form the tables have: told without Alembic, and told apart from an earlier numbering."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from backoffice.migrations import downgrade, upgrade
from backoffice.migrations.revisions import (
    KNOWN,
    NUMBERED_BEFORE,
    UnknownRevision,
    current_revision,
    head_revision,
    pending,
    renumbered,
    wrong_form,
)


@pytest.fixture(params=NUMBERED_BEFORE.items(), ids=":".join)
def numbered_before(request: pytest.FixtureRequest, engine: Engine) -> tuple[Engine, str, str]:
    """A database that an earlier version numbered, with that number and today's."""
    then, now = request.param
    downgrade(engine, now)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :then"), {"then": then})
    return engine, then, now


def test_the_revisions_are_those_that_alembic_finds():
    config = Config()
    config.set_main_option("script_location", "backoffice:migrations")
    scripts = ScriptDirectory.from_config(config)

    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(KNOWN)
    assert scripts.get_current_head() == head_revision()


def test_a_new_database_waits_for_every_revision(empty_engine: Engine):
    assert pending(empty_engine) == KNOWN


def test_a_database_of_this_version_waits_for_none_and_has_nothing_wrong(engine: Engine):
    assert pending(engine) == ()
    assert wrong_form(engine) is None


@pytest.mark.parametrize("revision", KNOWN)
def test_no_revision_of_today_is_taken_for_one_of_the_earlier_numbering(engine: Engine, revision: str):
    downgrade(engine, revision)

    with engine.connect() as connection:
        assert renumbered(connection, revision) is None


def test_a_database_of_the_earlier_numbering_is_told_what_it_is(numbered_before: tuple[Engine, str, str]):
    engine, then, now = numbered_before

    words = wrong_form(engine)

    assert words is not None
    assert words.startswith(f"the database is at revision {then} of an earlier numbering, which is {now} today")
    assert "backoffice upgrade" in words


def test_a_database_of_the_earlier_numbering_is_upgraded_by_todays_numbers(numbered_before: tuple[Engine, str, str]):
    engine, _, now = numbered_before

    assert pending(engine) == KNOWN[KNOWN.index(now) + 1 :]
    assert upgrade(engine) == head_revision()
    assert wrong_form(engine) is None


def test_a_database_of_a_newer_version_is_not_touched(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UnknownRevision, match="a newer one has upgraded it"):
        upgrade(engine)
    assert current_revision(engine) == "9999"
