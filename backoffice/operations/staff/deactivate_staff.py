"""Let a member of staff sign in no more."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select, update

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import ApiToken
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DeactivateStaff(Command):
    """The member can no longer sign in, their sessions end and their tokens are revoked."""

    operation: ClassVar[str] = "deactivate_staff"

    id: int
    reason: str | None = None


def deactivate_staff(desk: Premises, viewer: Viewer, command: DeactivateStaff) -> Result:
    """``id`` is the member's. CONFLICT for one inactive already, and when nobody could manage staff any more."""
    return perform(desk, viewer, "staff.manage", command, lambda work: _deactivate(work, command))


def _deactivate(work: Work, command: DeactivateStaff) -> Done:
    staff = members.held(work, command.id)
    if not staff.active:
        raise refuse(ErrorCode.CONFLICT, "staff_inactive", path=("id",))
    staff.active, staff.fs_uniquifier = False, uuid.uuid4().hex
    work.session.flush()
    members.refuse_without_managers(work, "id")
    after = {"active": False, "revoked_tokens": _revoke_tokens(work, staff.id, work.now)}
    reason = texts.optional(command.reason, "reason", longest=texts.LONGEST_NOTE)
    return members.changed(staff, Event.STAFF_DEACTIVATED, {"active": True}, after, reason=reason)


def _revoke_tokens(work: Work, staff_id: int, now: datetime) -> list[str]:
    """Revoke every token that still works; their first characters."""
    live = (ApiToken.staff_id == staff_id, ApiToken.revoked_at.is_(None))
    prefixes = list(work.session.scalars(select(ApiToken.prefix).where(*live).order_by(ApiToken.id)))
    work.session.execute(update(ApiToken).where(*live).values(revoked_at=now))
    return prefixes
