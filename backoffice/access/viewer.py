"""The person or program behind a request, reduced to what decisions about access need."""

from dataclasses import dataclass

from backoffice.domain.actor import Actor, ActorKind


class Forbidden(Exception):
    """The viewer lacks a permission: ``Forbidden(code)``, where ``code`` is one of ``PERMISSIONS``."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


@dataclass(frozen=True)
class Viewer:
    """Whose eyes a reading has and whose hand an operation is.

    ``own_office_only`` limits service records to ``office_id`` (domain invariant 13). A viewer whose actor is a
    customer sees that customer's own objects only. ``address`` and ``request_id`` go to the audit trail.
    """

    actor: Actor
    permissions: frozenset[str]
    office_id: int | None = None
    own_office_only: bool = False
    language: str = "fa"
    address: str | None = None
    request_id: str | None = None

    @property
    def name(self) -> str:
        """What the actor is called."""
        return self.actor.name

    @property
    def staff_id(self) -> int | None:
        """The member of staff; None for whoever is none."""
        return self.actor.id_if(ActorKind.STAFF)

    @property
    def customer_id(self) -> int | None:
        """The customer whose own objects are all that is seen; None for whoever is none."""
        return self.actor.id_if(ActorKind.CUSTOMER)

    def may(self, permission: str) -> bool:
        """Whether the viewer holds ``permission``."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise ``Forbidden`` unless the viewer holds ``permission``."""
        if not self.may(permission):
            raise Forbidden(permission)
