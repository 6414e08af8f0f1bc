"""A PostgreSQL database that a test has used is, for the next test, as a new one."""

from collections.abc import Mapping, Sequence

import psycopg
import pytest
from sqlalchemy import Engine, text

from backoffice.models.base import Base
from tests.builders import kit_on, prepare_desk
from tests.databases import Copies

pytestmark = pytest.mark.postgresql

NEXT = text("SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename")


@pytest.fixture(scope="session")
def backend() -> str:
    return "postgresql"


def content(engine: Engine) -> Mapping[str, Sequence[str]]:
    """Every row of every table, and where every sequence stands."""
    with engine.connect() as connection:
        tables = {name: connection.execute(table.select()) for name, table in Base.metadata.tables.items()}
        found = {**tables, "sequences": connection.execute(NEXT)}
        return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def used(copies: Copies, *statements: str) -> str | None:
    """The name of a database in which a service was recorded, and then these statements run."""
    with copies.copy(prepare_desk) as database:
        kit = kit_on(database)
        kit.done(kit.purchase())
        with database.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        return database.engine.url.database


@pytest.mark.parametrize(
    "statements",
    [
        (),
        ("UPDATE office SET name = 'moved'", "UPDATE staff SET username = username || 'x'"),
        ("DELETE FROM billing_rule", "SELECT setval('office_id_seq', 700)"),
    ],
    ids=["added", "changed", "taken_away"],
)
def test_a_used_database_is_used_again_and_is_like_a_new_one(copies: Copies, statements: Sequence[str]):
    name = used(copies, *statements)
    with copies.copy(prepare_desk) as again, copies.copy(prepare_desk) as other:
        assert again.engine.url.database == name != other.engine.url.database
        assert content(again.engine) == content(other.engine)


def test_a_database_is_as_new_the_third_time_as_well(copies: Copies):
    used(copies, "UPDATE office SET name = 'moved'")
    used(copies)
    with copies.copy(prepare_desk) as again, copies.copy(prepare_desk) as other:
        assert content(again.engine) == content(other.engine)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id int)",
        "ALTER TABLE office ADD COLUMN more int",
        "DROP TRIGGER refuse_audit_entry_truncation ON audit_entry",
        "CREATE OR REPLACE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_a_database_whose_form_has_changed_is_not_used_again(copies: Copies, statement: str):
    name = used(copies, statement)
    with copies.copy(prepare_desk) as next_one:
        assert next_one.engine.url.database != name


def test_what_a_test_left_open_is_cut_off(copies: Copies):
    with copies.copy(prepare_desk) as database:
        plain = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        left = psycopg.connect(plain)
        left.execute("UPDATE office SET name = 'moved'")
    with copies.copy(prepare_desk) as again, copies.copy(prepare_desk) as other:
        assert content(again.engine) == content(other.engine)
    left.close()
