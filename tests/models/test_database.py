"""Transactions: what reading and writing promise, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from backoffice.models import Channel, Office, OfficeKind, Role
from backoffice.models.database import Database, Timeouts, engine_for

THREADS = 4


def role(name="agent"):
    return Role(name=name, description="")


def names(database):
    with database.reading() as session:
        return session.scalars(select(Role.name).order_by(Role.name)).all()


def test_what_was_written_is_there_afterwards(database):
    with database.writing() as session:
        session.add(role())

    assert names(database) == ["agent"]


def test_what_raises_leaves_nothing_behind(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add_all([role("a"), role("b"), role("b")])

    assert names(database) == []


def test_objects_stay_readable_after_the_transaction(database):
    with database.writing() as session:
        session.add(added := role())

    assert added.name == "agent"


def test_reading_cannot_write(database):
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), database.reading() as session:
        session.execute(insert(Role).values(name="agent", description=""))


def test_writing_after_reading_on_one_connection_can_write(database):
    names(database)

    with database.writing() as session:
        session.add(role())

    assert names(database) == ["agent"]


def test_reading_sees_one_moment(database):
    with database.reading() as session:
        before = session.scalar(select(func.count(Role.id)))
        with database.writing() as other:
            other.add(role())

        assert session.scalar(select(func.count(Role.id))) == before


def test_a_savepoint_takes_back_its_own_part_only(database):
    with database.writing() as session:
        session.add(role())
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(role())

    assert names(database) == ["agent"]


def test_threads_that_read_and_then_write_lose_no_update(database):
    with database.writing() as session:
        session.add(Office(code="HQ", name="0", kind=OfficeKind.HEAD_OFFICE))
    together = Barrier(THREADS)

    def add_ten(_):
        together.wait()
        for _ in range(10):
            with database.writing() as session:
                count = int(session.scalar(select(Office.name).with_for_update()))
                session.execute(update(Office).values(name=str(count + 1)))

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(add_ten, range(THREADS)))

    with database.reading() as session:
        assert session.scalar(select(Office.name)) == str(10 * THREADS)


def test_text_is_ordered_by_code_point(database):
    with database.writing() as session:
        session.add_all(role(name) for name in ["b", "B", "a", "ی", "پ", "_"])

    assert names(database) == sorted(["b", "B", "a", "ی", "پ", "_"])


def test_a_document_keeps_its_persian(sqlite_database):
    with sqlite_database.writing() as session:
        session.execute(
            text("INSERT INTO channel (code, labels, active, position) VALUES ('c', :labels, 1, 0)"), {"labels": "{}"}
        )
    with sqlite_database.writing() as session:
        session.execute(update(Channel).values(labels={"fa": "تلفن"}))

    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT labels FROM channel")) == '{"fa":"تلفن"}'


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("recursive_triggers", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 70)],
)
def test_sqlite_is_set_to_lose_nothing(tmp_path, pragma, value):
    engine = engine_for(f"sqlite:///{tmp_path / 'desk.sqlite'}", Timeouts(busy=70))
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("statement_timeout", "2s"), ("lock_timeout", "1s"), ("synchronous_commit", "on"), ("TimeZone", "UTC")],
)
@pytest.mark.parametrize(
    "backend", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True, scope="session"
)
def test_postgresql_waits_no_longer_than_told(shared_database, setting, value):
    url = shared_database.engine.url.render_as_string(hide_password=False)
    engine = engine_for(url, Timeouts(statement=2_000, lock=1_000))
    with engine.connect() as connection:
        assert connection.scalar(text(f"SHOW {setting}")) == value
    engine.dispose()


def test_an_error_tells_nothing_of_what_people_typed(database):
    with pytest.raises(DBAPIError) as failed, database.reading() as session:
        session.execute(text("SELECT no_such_column FROM customer WHERE name = :name"), {"name": "09123456789"})

    assert "no_such_column" in str(failed.value)
    assert "09123456789" not in str(failed.value)


def test_a_second_writer_on_sqlite_waits_and_then_gives_up(sqlite_database):
    impatient = engine_for(str(sqlite_database.engine.url), Timeouts(busy=10))

    with sqlite_database.writing() as session:
        session.execute(select(1))
        with pytest.raises(OperationalError, match="locked"), Database(impatient).writing() as other:
            other.execute(select(1))
    impatient.dispose()


def test_a_thread_whose_turn_to_write_on_sqlite_does_not_come_is_told_that_the_database_is_locked(
    sqlite_database, monkeypatch
):
    monkeypatch.setattr("backoffice.models.database.LONGEST_QUEUE", 0.01)

    with sqlite_database.writing(), pytest.raises(OperationalError, match="locked"), sqlite_database.writing():
        pass

    with sqlite_database.writing() as session:
        session.add(role())
    assert names(sqlite_database) == ["agent"]


def test_having_waited_to_write_on_sqlite_changes_nothing_about_the_connections_own_patience(sqlite_database):
    engine = engine_for(str(sqlite_database.engine.url), Timeouts(busy=70))
    with Database(engine).writing() as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == 70
    engine.dispose()


def test_a_relative_file_is_relative_to_the_working_directory_in_which_the_engine_was_made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    engine = engine_for("sqlite:///desk.sqlite")
    monkeypatch.chdir("/")

    assert engine.url.database == str(tmp_path / "desk.sqlite")
    engine.dispose()


def test_an_engine_is_patient_even_where_another_one_stood_in_memory():
    kept, listening = [], set()
    for number in range(2_000):
        engine = engine_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
        listening.add(len(list(engine.dialect.dispatch.do_connect)))
        kept = [*kept[-200:], engine.dialect] if number % 3 else kept  # what listens outlives the engine

    assert listening == {1}
