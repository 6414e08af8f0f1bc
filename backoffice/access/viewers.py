"""From a member of staff to a viewer: roles joined to permissions, and the office whose records they see."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.access.permissions import OWN_OFFICE_ROLES, PERMISSIONS, ROLES
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import SYSTEM, Actor, ActorKind
from backoffice.models import Role, Staff, StaffRole


@dataclass(frozen=True)
class Origin:
    """Where a request came from, for the audit trail."""

    address: str | None = None
    request_id: str | None = None


NOWHERE = Origin()


def roles_of(session: Session, staff_id: int) -> tuple[str, ...]:
    """The names of the roles that a member of staff holds, in alphabetical order."""
    rows = select(Role.name).join(StaffRole, StaffRole.role_id == Role.id).where(StaffRole.staff_id == staff_id)
    return tuple(session.scalars(rows.order_by(Role.name)))


def viewer_of(staff: Staff, roles: Iterable[str], origin: Origin = NOWHERE, scopes: Iterable[str] = ()) -> Viewer:
    """The viewer that ``staff`` is with ``roles``; ``scopes``, of an API token, take away every other permission."""
    held = tuple(roles)
    permissions = frozenset[str]().union(*(ROLES[role] for role in held))
    wanted = frozenset(scopes)
    return Viewer(
        actor=Actor(ActorKind.STAFF, staff.id, staff.name),
        permissions=permissions & wanted if wanted else permissions,
        office_id=staff.office_id,
        own_office_only=OWN_OFFICE_ROLES.issuperset(held),
        language=staff.language,
        address=origin.address,
        request_id=origin.request_id,
    )


def system_viewer() -> Viewer:
    """The command line on the desk's own machine: it may do everything, and the audit trail says so."""
    return Viewer(actor=SYSTEM, permissions=frozenset(PERMISSIONS))
