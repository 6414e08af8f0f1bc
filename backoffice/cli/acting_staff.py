"""Acting as a member of staff, where a decision needs a name."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from backoffice.access.credentials import username_key
from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import roles_of, viewer_of
from backoffice.cli.command_desk import CommandRefused
from backoffice.models import Staff
from backoffice.operations.desk import Desk
from backoffice.query.comparable_text import storable


@contextmanager
def acting_as(desk: Desk, username: str) -> Iterator[Viewer]:
    """The viewer that an active member of staff is; what they may not do inside ends as ``CommandRefused``."""
    with desk.database.reading() as session:
        staff = session.scalar(select(Staff).where(Staff.username == username_key(storable(username))))
        if staff is None:
            raise CommandRefused(f"there is no user {username}")
        if not staff.active:
            raise CommandRefused(f"{username} is not active")
        viewer = viewer_of(staff, roles_of(session, staff.id))
    try:
        yield viewer
    except Forbidden as forbidden:
        raise CommandRefused(f"{username} lacks the permission {forbidden.permission}") from forbidden
