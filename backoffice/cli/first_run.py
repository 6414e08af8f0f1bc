"""What a desk needs before its first request: tables, reference rows, and on ``run`` a sign-in."""

from collections.abc import Iterator

from sqlalchemy import select

from backoffice.access.credentials import generated_password
from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import refuse_problems
from backoffice.cli.progress import progress
from backoffice.domain.calendar import system_clock
from backoffice.migrations import upgrade
from backoffice.migrations.revisions import pending
from backoffice.models import Staff
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.operations.reference.load_reference import LoadReference, load_reference
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.plugins import Registry
from backoffice.settings import Settings

FIRST_USER = "admin"


def migrated(database: Database) -> str:
    """Bring the tables to this version's form; tells which one that is."""
    with progress("Upgrading the tables", len(pending(database.engine))) as advance:
        revision = upgrade(database.engine, applied=lambda: advance(1))
    return f"The database is at revision {revision}."


def initialise(database: Database, registry: Registry, settings: Settings) -> Iterator[str]:
    """Make the tables and the rows that every desk has; a line for each thing done. Safe to repeat."""
    yield migrated(database)
    desk = Desk(database, registry, system_clock, settings.default_plan)
    result = load_reference(desk, system_viewer(), LoadReference())
    refuse_problems(result.problems)
    yield "Head office, channels and the plan padra-standard are there."


def first_sign_in(desk: Desk) -> str | None:
    """Add an administrator where nobody can sign in, and tell the password, once; None where somebody can.

    Of two that run at once the first adds it, and the second finds it there.
    """
    if _has_staff(desk):
        return None
    password = generated_password()
    result = add_staff(desk, system_viewer(), AddStaff(username=FIRST_USER, role="admin", password=password))
    if result.problems and _has_staff(desk):
        return None
    refuse_problems(result.problems)
    return f"Sign in as {FIRST_USER} with the password {password} (shown this once)."


def _has_staff(desk: Desk) -> bool:
    with desk.database.reading() as session:
        return session.scalar(select(Staff.id).limit(1)) is not None
