"""What a migration on SQLite, which runs without checking foreign keys, has to prove before it is committed."""

from sqlalchemy import Connection


class BrokenReferences(Exception):
    """A migration would leave rows that point at nothing; the message names their tables."""


def refuse_broken_references(connection: Connection) -> None:
    """Raise ``BrokenReferences`` when a row of the SQLite database points at nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise BrokenReferences(f"{len(broken)} rows would point at nothing, in: {tables}")
