"""What the operations of the sign-in share: the permission they are done with, and how they are told in the trail."""

from backoffice.domain.event import Event
from backoffice.models import Staff
from backoffice.operations import lookups
from backoffice.operations.staff.members import ENTITY
from backoffice.operations.work import Done, Work

PERMISSION = "system.operate"
"""The desk does it, by whomever it was asked; no member of staff needs a right to sign in or out."""


def held(work: Work, staff_id: int) -> Staff:
    """The member, whom nobody else changes meanwhile."""
    staff = lookups.staff(work, staff_id, path="id")
    lookups.lock(work, staff)
    return staff


def told(staff: Staff, *events: Event, **after: object) -> Done:
    """That it was done, naming the member; ``after`` never holds what proves who they are."""
    named = {"username": staff.username}
    return Done(entity=ENTITY, entity_id=staff.id, events=events, after=named | after)
