"""Migrations: up, down, and to exactly the tables that the models describe."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from backoffice.migrations import downgrade, upgrade
from backoffice.migrations.broken_references import BrokenReferences, refuse_broken_references
from backoffice.migrations.revisions import current_revision, head_revision
from backoffice.models import Base

MIGRATE = """
import sys
from backoffice.migrations import upgrade
from backoffice.models.database import engine_for
engine = engine_for(sys.argv[1])
print(upgrade(engine))
engine.dispose()
"""
A_DISTANCE_BETWEEN_NOTHING = "INSERT INTO site_distance (site_id, office_id, metres) VALUES (1, 1, 1)"


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_a_new_database_has_no_revision(empty_engine):
    assert current_revision(empty_engine) is None


def test_migrating_up_reaches_the_newest_revision(empty_engine):
    assert upgrade(empty_engine) == head_revision()


def test_migrating_up_again_changes_nothing(engine):
    assert upgrade(engine) == head_revision()


def test_migrating_up_makes_the_tables_of_the_models(engine):
    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}


def test_migrating_down_leaves_nothing_behind(engine):
    downgrade(engine, "base")

    assert tables(engine) == {"alembic_version"}
    assert leftovers(engine) == []


def test_what_was_migrated_down_can_be_migrated_up(engine):
    downgrade(engine, "base")

    assert upgrade(engine) == head_revision()


def test_alembic_finds_no_difference_between_models_and_migrations(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.parametrize("part", ["columns", "checks", "uniques", "foreign_keys", "indexes", "primary_key"])
def test_the_models_alone_would_make_the_same(part, engine, empty_engine):
    Base.metadata.create_all(empty_engine)

    assert described(engine, part) == described(empty_engine, part)


def test_processes_that_migrate_at_once_wait_for_each_other(empty_engine):
    url = empty_engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", MIGRATE, url]
    migrators = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    assert [migrator.communicate()[0].strip() for migrator in migrators] == [head_revision()] * 3


def test_a_migration_on_sqlite_leaves_foreign_keys_checked(sqlite_database):
    upgrade(sqlite_database.engine)

    with sqlite_database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_rows_that_point_at_nothing_are_refused(sqlite_database):
    with sqlite_database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF").close()
        connection.execute(text(A_DISTANCE_BETWEEN_NOTHING))

        with pytest.raises(BrokenReferences, match=r"in: site_distance$"):
            refuse_broken_references(connection)


def leftovers(engine: Engine) -> list[str]:
    """What is left beside Alembic's own table: triggers, functions, indexes."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE tbl_name <> 'alembic_version'",
        "postgresql": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }
    with engine.connect() as connection:
        return list(connection.scalars(text(query[engine.dialect.name])))


def excludes(index: ReflectedIndex) -> bool:
    """Whether the index belongs to an exclusion constraint, which is in the migrations alone, like the triggers."""
    return str(index["name"]).startswith("ex_")


def index_description(index: ReflectedIndex) -> dict[str, object]:
    options = {name: str(option) for name, option in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def described(engine: Engine, part: str) -> dict[str, object]:
    """One aspect of every table of the models, in an order that does not depend on how the table was made."""
    inspector = inspect(engine)
    read = {
        "columns": lambda table: [{**column, "type": repr(column["type"])} for column in inspector.get_columns(table)],
        "checks": inspector.get_check_constraints,
        "uniques": inspector.get_unique_constraints,
        "foreign_keys": inspector.get_foreign_keys,
        "indexes": lambda table: [index_description(i) for i in inspector.get_indexes(table) if not excludes(i)],
        "primary_key": lambda table: [inspector.get_pk_constraint(table)],
    }[part]
    return {table: sorted(map(repr, read(table))) for table in Base.metadata.tables}
