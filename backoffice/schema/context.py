"""What the resolvers of one request know: the desk, the viewer, the language, and one moment of the database."""

from contextlib import ExitStack
from dataclasses import dataclass, replace

from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import business_day
from backoffice.operations.desk import Desk
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.schema.cost import Budget


class Snapshot:
    """One moment of the database, opened when first read and kept until ``close``; ``renew`` after a change."""

    def __init__(self, desk: Desk, viewer: Viewer, plans: Plans) -> None:
        self._desk = desk
        self._viewer = viewer
        self._plans = plans
        self._open = ExitStack()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        """The reader of this moment."""
        if self._reader is None:
            session = self._open.enter_context(self._desk.database.reading())
            today = business_day(self._desk.clock())
            self._reader = Reader(session, self._viewer, today=today, plans=self._plans)
        return self._reader

    def renew(self) -> None:
        """Let what is read next see what was changed meanwhile."""
        self.close()

    def close(self) -> None:
        """Give the database's connection back."""
        self._reader = None
        self._open.close()


@dataclass(frozen=True)
class Context:
    """One request. ``language`` is the one to answer in: "fa" or "en"."""

    desk: Desk
    viewer: Viewer
    language: str
    request_id: str
    snapshot: Snapshot
    budget: Budget


def context_of(desk: Desk, viewer: Viewer, *, plans: Plans, language: str, request_id: str) -> Context:
    """The context of a request. Whoever makes it closes its snapshot."""
    reader = replace(viewer, language=language)
    return Context(desk, viewer, language, request_id, Snapshot(desk, reader, plans), Budget())
