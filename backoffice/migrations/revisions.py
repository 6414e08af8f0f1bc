"""Which form a database's tables have, and which one this version works with: read without Alembic, which is slow."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

KNOWN = tuple(sorted(file.stem.rpartition("_")[2] for file in (Path(__file__).parent / "versions").glob("[a-z]*.py")))
"""The revisions of this version, the oldest first: each is the number at the end of its file's name."""

NUMBERED_BEFORE = {"0007": "0004", "0008": "0005", "0009": "0006"}
"""Today's numbers of the revisions that had others until 28 November 2026."""


class UnknownRevision(Exception):
    """The database has tables that this version does not know; the message says so in one line."""


def head_revision() -> str:
    """The newest revision that this version of the desk knows."""
    return KNOWN[-1]


def current_revision(engine: Engine) -> str | None:
    """The revision that the database says it is at; None before the first."""
    with engine.connect() as connection:
        return stored_revision(connection)


def stored_revision(connection: Connection) -> str | None:
    """``current_revision``, within a transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def renumbered(connection: Connection, revision: str | None) -> str | None:
    """Today's number of ``revision`` where the database has it from the earlier numbering; None where it has not.

    They are told apart by the first change that was numbered as today only: the version of a site.
    """
    if revision not in NUMBERED_BEFORE or "version" in _columns(connection, "site"):
        return None
    return NUMBERED_BEFORE[revision]


def pending(engine: Engine) -> tuple[str, ...]:
    """The revisions between the database and this version's, the next one first. Raises ``UnknownRevision``."""
    with engine.connect() as connection:
        current = stored_revision(connection)
        current = renumbered(connection, current) or current
    refuse_unknown(current)
    return KNOWN if current is None else KNOWN[KNOWN.index(current) + 1 :]


def refuse_unknown(revision: str | None) -> None:
    """Raise ``UnknownRevision`` where this version of the desk has no such revision."""
    if revision is not None and revision not in KNOWN:
        raise UnknownRevision(
            f"the database is at revision {revision}, which this version does not know: a newer one has upgraded it"
            " (run that version, or restore a copy from before)"
        )


def wrong_form(engine: Engine) -> str | None:
    """What to say and to do when the tables are not those of this version; None when they are."""
    with engine.connect() as connection:
        revision = stored_revision(connection)
        today = renumbered(connection, revision)
    if revision is None:
        return "the database has no tables yet (backoffice init makes them)"
    if today is not None:
        return (
            f"the database is at revision {revision} of an earlier numbering, which is {today} today,"
            f" not {head_revision()} (backoffice upgrade brings it there)"
        )
    if revision == head_revision():
        return None
    try:
        refuse_unknown(revision)
    except UnknownRevision as unknown:
        return str(unknown)
    return f"the database is at revision {revision}, not {head_revision()} (backoffice upgrade brings it there)"


def _columns(connection: Connection, table: str) -> set[str]:
    inspector = inspect(connection)
    return {column["name"] for column in inspector.get_columns(table)} if inspector.has_table(table) else set()
