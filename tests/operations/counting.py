"""Counting the statements of an operation."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.builders import Kit


@contextmanager
def statements(kit: Kit) -> Iterator[list[str]]:
    """The statements that run meanwhile, as the database gets them; one that is run for many rows counts once.

    Without SQLite's INSERTs: SQLAlchemy runs them row by row there, to learn each row's key, and no server waits.
    """
    seen: list[str] = []
    engine = kit.desk.database.engine

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if engine.dialect.name != "sqlite" or not statement.startswith("INSERT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
