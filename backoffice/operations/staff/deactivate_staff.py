"""Let a member of staff sign in no more."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import ApiToken
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.staff import members
from backoffice.operations.staff.members import ENTITY, MEMBER, StaffId, is_active
from backoffice.operations.usual_fields import ReasonIfAny
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DeactivateStaff(Command):
    """The member can no longer sign in, their sessions end and their tokens are revoked."""

    id: StaffId
    reason: ReasonIfAny = None


def _deactivate(work: Work, command: DeactivateStaff) -> Done:
    staff = lookups.staff(work, command.id, path="id")
    staff.active, staff.fs_uniquifier = False, uuid.uuid4().hex
    work.session.flush()
    members.refuse_without_managers(work, "id")
    after = {"active": False, "revoked_tokens": _revoke_tokens(work, staff.id, work.now)}
    return members.changed(staff, Event.STAFF_DEACTIVATED, {"active": True}, after, reason=command.reason)


def _revoke_tokens(work: Work, staff_id: int, now: datetime) -> list[str]:
    """Revoke every token that still works; their first characters."""
    live = (ApiToken.staff_id == staff_id, ApiToken.revoked_at.is_(None))
    prefixes = list(work.session.scalars(select(ApiToken.prefix).where(*live).order_by(ApiToken.id)))
    work.session.execute(update(ApiToken).where(*live).values(revoked_at=now))
    return prefixes


deactivate_staff = Operation(
    name="deactivate_staff",
    label=Label(fa="غیرفعال کردن", en="Deactivate"),
    description="Let a member of staff sign in no more.",
    permission="staff.manage",
    command=DeactivateStaff,
    entity=ENTITY,
    events=(Event.STAFF_DEACTIVATED,),
    about=MEMBER,
    possible=is_active,
    body=_deactivate,
    danger=True,
)
"""``id`` is the member's. CONFLICT for one inactive already, and when nobody could manage staff any more."""
