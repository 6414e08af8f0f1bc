"""Counting the statements of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.builders import Kit


@contextmanager
def selects(kit: Kit) -> Iterator[list[str]]:
    """The SELECT statements that run meanwhile, as the database gets them."""
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    engine = kit.desk.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
