"""What of a viewer decides how a statement looks, apart from the values that it is run with."""

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.access.viewer import Viewer

VIEWER_CUSTOMER, VIEWER_OFFICE = "viewer_customer", "viewer_office"
"""The binds of row rules, whose values ``viewer_binds`` gives."""


@dataclass(frozen=True)
class AccessClass:
    """Viewers of one class read through the same statements: only the values of their binds differ."""

    permissions: frozenset[str]
    own_office_only: bool
    is_customer: bool

    def may(self, permission: str) -> bool:
        """Whether viewers of the class hold ``permission``."""
        return permission in self.permissions


def access_class(viewer: Viewer) -> AccessClass:
    """The class of a viewer."""
    return AccessClass(viewer.permissions, viewer.own_office_only, viewer.customer_id is not None)


def viewer_binds(viewer: Viewer) -> Mapping[str, object]:
    """The values of every bind that a row rule may have put into a statement; it need not have all of them."""
    return {VIEWER_CUSTOMER: viewer.customer_id, VIEWER_OFFICE: viewer.office_id}
