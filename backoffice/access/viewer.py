"""The person or program behind a request, reduced to what decisions about access need."""

from dataclasses import dataclass


class Forbidden(Exception):
    """The viewer lacks a permission: ``Forbidden(code)``, where ``code`` is one of ``PERMISSIONS``."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


@dataclass(frozen=True)
class Viewer:
    """Whose eyes a reading has and whose hand an operation is.

    ``own_office_only`` limits service records to ``office_id`` (domain invariant 13). A viewer with ``customer_id`` is
    a customer and sees that customer's own objects only. ``address`` and ``request_id`` go to the audit trail.
    """

    staff_id: int | None
    name: str
    permissions: frozenset[str]
    office_id: int | None
    own_office_only: bool = False
    customer_id: int | None = None
    language: str = "fa"
    address: str | None = None
    request_id: str | None = None

    def may(self, permission: str) -> bool:
        """Whether the viewer holds ``permission``."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise ``Forbidden`` unless the viewer holds ``permission``."""
        if not self.may(permission):
            raise Forbidden(permission)
