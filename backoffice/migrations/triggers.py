"""Triggers by which the database itself refuses a change, in one wording for SQLite and PostgreSQL.

A refusal reaches the program as SQLAlchemy's ``IntegrityError`` on both. Alembic's batch mode rebuilds a table on
SQLite and drops its triggers without a word: a revision that uses it re-creates them, or uses ``rebuilt``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations


@dataclass(frozen=True)
class RefusingTrigger:
    """Refuse ``event`` (INSERT, UPDATE or DELETE) of a row of ``table`` where ``when`` holds, saying ``message``.

    ``when`` is SQL over OLD and NEW that both databases read alike. ``hold`` is what PostgreSQL selects first, to lock
    the rows that ``when`` depends on; SQLite has one writer at a time.
    """

    table: str
    event: str
    message: str
    when: str = "TRUE"
    hold: str | None = None

    @property
    def name(self) -> str:
        """The trigger's name, and its function's on PostgreSQL; one per table and event."""
        return f"refuse_{self.table}_{self.event.lower()}"

    @property
    def for_sqlite(self) -> str:
        """The statement that makes the trigger on SQLite."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} WHEN {self.when}"
            f" BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    @property
    def function(self) -> str:
        """The statement that makes the trigger's function on PostgreSQL."""
        row = "OLD" if self.event == "DELETE" else "NEW"
        hold = f"PERFORM 1 FROM {self.hold};" if self.hold else ""
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {hold} IF {self.when} THEN"
            f" RAISE EXCEPTION '{self.message}' USING ERRCODE = 'restrict_violation', CONSTRAINT = '{self.name}';"
            f" END IF; RETURN {row}; END $$"
        )

    @property
    def for_postgresql(self) -> str:
        """The statement that makes the trigger on PostgreSQL."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {self.name}()"
        )


def refuse(refusals: Iterable[RefusingTrigger]) -> None:
    """Make the triggers on the database that is being migrated."""
    for refusal in refusals:
        for statement in [refusal.for_sqlite] if on_sqlite() else [refusal.function, refusal.for_postgresql]:
            op.execute(sa.text(statement))


def refuse_truncation(tables: Iterable[str]) -> None:
    """Refuse to empty ``tables`` at once, which fires no trigger of a row; only PostgreSQL can."""
    if on_sqlite():
        return
    op.execute(
        sa.text(
            "CREATE OR REPLACE FUNCTION refuse_truncation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        )
    )
    for table in tables:
        op.execute(
            sa.text(
                f"CREATE TRIGGER refuse_{table}_truncation BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation()"
            )
        )


def lift(refusals: Iterable[RefusingTrigger]) -> None:
    """Drop the triggers, until ``refuse`` makes them again: for a revision that fills or rebuilds what they guard."""
    for refusal in refusals:
        op.execute(sa.text(f"DROP TRIGGER {refusal.name}" + ("" if on_sqlite() else f" ON {refusal.table}")))
        drop_functions([refusal])


@contextmanager
def rebuilt(table: str) -> Iterator[BatchOperations]:
    """Alembic's batch mode on ``table``, with its triggers as before: on SQLite rebuilding drops them."""
    triggers = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY rowid")
    kept = op.get_bind().scalars(triggers, {"table": table}).all() if on_sqlite() else []
    with op.batch_alter_table(table) as batch:
        yield batch
    for trigger in kept:
        op.get_bind().exec_driver_sql(trigger)


def on_sqlite() -> bool:
    """Whether the database that is being migrated is SQLite."""
    return op.get_bind().dialect.name == "sqlite"


def drop_functions(refusals: Iterable[RefusingTrigger]) -> None:
    """Drop what PostgreSQL keeps of the triggers after their tables are gone."""
    if on_sqlite():
        return
    for refusal in refusals:
        op.execute(sa.text(f"DROP FUNCTION {refusal.name}()"))


def allow_truncation() -> None:
    """Drop what ``refuse_truncation`` made, once no table needs it any more."""
    if not on_sqlite():
        op.execute(sa.text("DROP FUNCTION refuse_truncation()"))
