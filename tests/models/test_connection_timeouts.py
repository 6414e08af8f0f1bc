"""A PostgreSQL that falls silent is given up, by every connection, in a time that does not depend on it."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backoffice.models.connection_timeouts import AT_REST
from backoffice.models.database import GRACE, Timeouts, engine_for
from backoffice.models.long_transactions import take_the_time

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session"),
]

TIMEOUTS = Timeouts(statement=60_000)


@pytest.fixture
def engine(shared_database):
    engine = engine_for(shared_database.engine.url.render_as_string(hide_password=False), TIMEOUTS)
    yield engine
    engine.dispose()


def driver_of(connection):
    return connection.connection.driver_connection


def test_a_statement_is_given_up_when_no_answer_comes(engine):
    with engine.connect() as connection:
        driver_of(connection).patience = 0.05
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT pg_sleep(50)"))
        assert connection.invalidated


def test_whoever_comes_after_a_silence_gets_a_connection_of_their_own(engine):
    with engine.connect() as connection:
        silent = driver_of(connection)
        silent.patience = 0.05
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT pg_sleep(50)"))

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
        assert driver_of(connection) is not silent


def test_a_refusal_of_the_server_is_no_silence(engine):
    with engine.connect() as connection:
        connection.execute(text("SET statement_timeout = 10"))
        with pytest.raises(OperationalError) as refused:
            connection.execute(text("SELECT pg_sleep(50)"))
        assert isinstance(refused.value.orig, psycopg.errors.QueryCanceled)
        assert not connection.invalidated


def test_a_connection_waits_a_little_longer_than_the_server_lets_a_statement_take(engine):
    with engine.connect() as connection:
        assert driver_of(connection).patience == (TIMEOUTS.statement + GRACE) / 1000


def test_a_connection_in_the_pool_has_to_show_quickly_that_it_is_alive(engine):
    with engine.connect() as connection:
        driver = driver_of(connection)
    assert driver.patience == AT_REST

    with engine.connect() as connection:
        assert driver_of(connection) is driver
        assert driver.patience == driver.usual


def test_a_transaction_may_take_the_time_it_needs_and_the_next_one_may_not(engine):
    with engine.begin() as connection:
        take_the_time(connection)
        assert connection.scalar(text("SHOW statement_timeout")) == "0"
        assert driver_of(connection).patience is None

    with engine.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "1min"
        assert driver_of(connection).patience == driver_of(connection).usual
