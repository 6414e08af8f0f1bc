"""Alembic's environment: it migrates the connection that it is handed, all steps in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

from backoffice.migrations import LONGEST_MIGRATION
from backoffice.migrations.broken_references import refuse_broken_references
from backoffice.migrations.revisions import renumbered, stored_revision
from backoffice.models import Base
from backoffice.models.long_transactions import take_the_time

MIGRATORS = 8_261_405
"""The key of the lock that lets one process migrate at a time on PostgreSQL; SQLite's write lock does it there."""


def migrate(connection: Connection) -> None:
    """Run the migrations that the command asks for. A long statement is allowed here, a long wait for a lock is not."""
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=on_sqlite,
        transactional_ddl=True,
        on_version_apply=context.config.attributes["applied"],
    )
    with context.begin_transaction():
        if not on_sqlite:
            take_the_time(connection)
            _wait_for_other_migrators(connection)
        _number_as_today(connection)
        context.run_migrations()
        if on_sqlite:
            refuse_broken_references(connection)


def _wait_for_other_migrators(connection: Connection) -> None:
    """As long as they may take; for the locks of those who work with the desk the usual patience is restored."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_MIGRATION}s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATORS})
    connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def _number_as_today(connection: Connection) -> None:
    today = renumbered(connection, stored_revision(connection))
    if today is not None:
        connection.execute(text("UPDATE alembic_version SET version_num = :today"), {"today": today})


migrate(context.config.attributes["connection"])
