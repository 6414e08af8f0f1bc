"""The base of every screen: what it is given, who may open it, how it reads."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from urllib.parse import quote

from flask import abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_admin.base import BaseView
from werkzeug.wrappers import Response

from backoffice.access.viewer import Viewer
from backoffice.admin.page_action import Does
from backoffice.domain.calendar import business_day
from backoffice.operations.desk import Desk
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import RowType, Selection

LOGIN = "/admin/login"

CurrentViewer: TypeAlias = Callable[[], Viewer | None]


@dataclass(frozen=True)
class Surroundings:
    """What every screen is given: the desk, its plans of reading, and the way to who is looking: None for nobody."""

    desk: Desk
    current_viewer: CurrentViewer
    plans: Plans

    @property
    def today(self) -> date:
        """The business day."""
        return business_day(self.desk.clock())


class Screen(BaseView):
    """One or more pages of a subject. Subclasses declare what each of their pages does, or who may read it.

    ``does`` names the operation of a method, whose permission opens its page; ``permissions`` a permission of
    ``access`` for those that only show something. A method without either opens for nobody.
    """

    title: str
    path: str
    """Both the endpoint and the address under /admin/, unless ``address`` says otherwise."""
    address: str | None = None
    does: Mapping[str, Does] = {}
    icon: ClassVar[str] = ""
    permissions: ClassVar[Mapping[str, str]] = {}
    in_menu: ClassVar[bool] = True
    opening: ClassVar[str] = "index"
    """The name of the method behind the screen's first page."""
    group: ClassVar[str] = ""
    """The heading of the menu that the screen stands under; the main screens have none."""
    takes_files: ClassVar[bool] = False
    """Whether its pages are sent whole files, for which a request may be longer than others."""
    covers: ClassVar[tuple[str, ...]] = ()
    """Endpoints beside its own that belong to this screen's entry in the menu."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        super().__init__(name=self.title, endpoint=self.path, url=self.address or self.path, menu_icon_value=self.icon)

    @property
    def viewer(self) -> Viewer:
        """Who is looking."""
        viewer = self.around.current_viewer()
        if viewer is None:
            raise RuntimeError("a screen was reached without a viewer")
        return viewer

    @property
    def desk(self) -> Desk:
        """The running desk, for operations."""
        return self.around.desk

    def is_visible(self) -> bool:
        return self.in_menu

    def permission_of(self, name: str) -> str | None:
        """What one needs to open the page of this method; None for what is no page."""
        does = self.does.get(name)
        return self.permissions.get(name) if does is None else does.operation.permission

    def opens(self, name: str) -> bool:
        """Whether the page of this method opens for who is looking."""
        viewer, permission = self.around.current_viewer(), self.permission_of(name)
        return viewer is not None and permission is not None and viewer.may(permission)

    def is_accessible(self) -> bool:
        """Whether the screen's first page opens for who is looking: what the menu shows."""
        return self.opens(self.opening)

    def _handle_view(self, name: str, **kwargs: object) -> ResponseReturnValue | None:
        """Flask-Admin's gate before every exposed method."""
        viewer = self.around.current_viewer()
        if viewer is None:
            return sign_in_first()
        permission = self.permission_of(name)
        if permission is None:
            abort(403)
        viewer.require(permission)
        return None

    def _run_view(self, fn: Callable[..., ResponseReturnValue], *args: object, **kwargs: object) -> ResponseReturnValue:
        """Call the method once: Flask-Admin would take a TypeError for a wrong signature and call it again."""
        return fn(self, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader for this request, with the rights of who is looking."""
        with self.desk.database.reading() as session:
            yield Reader(session, self.viewer, today=self.around.today, plans=self.around.plans)

    def found(self, reader: Reader, type_name: str, key: int | str, selection: Selection[RowType]) -> RowType:
        """The object with this key or global id, else a page that says there is none: hidden and unknown look alike."""
        row = reader.one(type_name, {"id": key}, selection)
        if row is None:
            abort(404)
        return row

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A rendered page that no cache keeps."""
        response = make_response(self.render(f"admin/{template}", **values), status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def part(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A fragment for htmx."""
        response = make_response(render_template(f"admin/{template}", **values), status)
        response.headers["Cache-Control"] = "no-store"
        return response


def sign_in_first() -> ResponseReturnValue:
    """A page leads to the sign-in and back; a fragment says 401, and the page around it keeps what was typed."""
    if request.headers.get("HX-Request"):
        abort(401)
    return redirect(f"{LOGIN}?next={quote(request.full_path.removesuffix('?'))}")
