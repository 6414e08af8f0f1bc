"""What whoever looks may do to what is shown: each operation that is possible, and the page on which it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backoffice.access.viewer import Viewer
from backoffice.admin.page_action import HEAD, Does
from backoffice.admin.screen import CurrentViewer, Screen
from backoffice.admin.subject_states import state_of
from backoffice.domain.label import Label
from backoffice.operations.catalogue import AnyOperation, Operations
from backoffice.pages.rows import Row


@dataclass(frozen=True)
class Offer:
    """One operation that can be done now, and the endpoint of the page that does it."""

    does: Does
    endpoint: str

    @property
    def label(self) -> Label:
        """What its button says."""
        return self.does.operation.label

    @property
    def danger(self) -> bool:
        """Whether it takes away, which its button shows."""
        return self.does.operation.danger


@dataclass(frozen=True)
class Offers:
    """The operations of the desk, and by their names the pages of the admin that do them."""

    operations: Operations
    pages: Mapping[str, tuple[str, Does]]
    current_viewer: CurrentViewer

    def on(self, entity: str, row: Row, place: str = HEAD) -> Sequence[Offer]:
        """What can be done to this object now, of what stands at this place: dangers first, the main one last."""
        offered = (self.of(operation.name, row) for operation in self.operations.on(entity))
        found = [offer for offer in offered if offer is not None and offer.does.place == place]
        return sorted(found, key=lambda offer: (not offer.danger, offer.does.main))

    def of(self, name: str, row: Row | None = None) -> Offer | None:
        """The operation of this name, None where whoever looks cannot do it, to this object, or at all."""
        viewer, page = self.current_viewer(), self.pages.get(name)
        if viewer is None or page is None:
            return None
        operation = self.operations[name]
        can = viewer.may(operation.permission) if row is None else _can(operation, row, viewer)
        endpoint, does = page
        return Offer(does, endpoint) if can else None


def _can(operation: AnyOperation, row: Row, viewer: Viewer) -> bool:
    return operation.why_not(state_of(str(operation.subject), row), viewer) is None


def pages_of(screens: Sequence[Screen]) -> Mapping[str, tuple[str, Does]]:
    """By the name of an operation the endpoint of the page that its button leads to.

    Raises ValueError for an operation that has two: nobody could tell which is meant.
    """
    pages: dict[str, tuple[str, Does]] = {}
    for screen in screens:
        for method, does in screen.does.items():
            name = does.operation.name
            if does.icon and name in pages:
                raise ValueError(f"{name} has a button that leads to {screen.path}, and one to {pages[name][0]}")
            if does.icon:
                pages[name] = f"{screen.path}.{method}", does
    return pages
