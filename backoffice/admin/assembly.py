"""The admin put together: its screens, its files, and what its templates may use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypedDict

from flask import Blueprint, Flask, redirect, request, url_for
from flask_admin.base import Admin
from flask_admin.theme import Theme

from backoffice.admin.offers import Offers, pages_of
from backoffice.admin.screen import LOGIN, CurrentViewer, Screen, Surroundings
from backoffice.admin.staff_filters import STAFF_FILTERS
from backoffice.admin.views import core_screens
from backoffice.domain.label import Label
from backoffice.operations.desk import Desk
from backoffice.pages.coverage_filters import COVERAGE_FILTERS
from backoffice.pages.error_pages import answer_errors, answering
from backoffice.pages.face import Face
from backoffice.pages.kept_input import keep_forms
from backoffice.pages.list_address import here_with
from backoffice.pages.static_files import PLAIN_ICON, Assets
from backoffice.pages.template_filters import FILTERS
from backoffice.pages.tones import MODE_ICONS
from backoffice.pages.uploads import allow_uploads
from backoffice.plugins import Registry
from backoffice.query.entities.admin import admin_entities
from backoffice.query.kept_plans import Plans

FILES = "/admin/static"
FOR_PROGRAMS = ("/graphql", "/healthz", "/readyz", f"{FILES}/")
STATIC = Path(__file__).parent / "static"


class _Type(TypedDict):
    code: str


class _Serviced(TypedDict):
    service_type: _Type


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class Section:
    """Lines of the navigation under one heading, which the first of them do without."""

    heading: str
    entries: Sequence[Entry]


def create_admin(app: Flask, desk: Desk, current_viewer: CurrentViewer) -> Admin:
    """Put the admin on ``app``, which has Flask-Babel and a ``csrf_token()`` for its templates already.

    ``current_viewer`` gives who looks at the request in hand, or None when nobody is signed in.
    """
    around = Surroundings(desk, current_viewer, Plans(admin_entities(), desk.registry))
    assets = Assets(FILES, (STATIC,))
    app.register_blueprint(assets.blueprint())
    app.register_blueprint(_templates())
    screens = core_screens(around)
    index, *others = screens
    # A theme without a folder of its own: none of Flask-Admin's packaged templates can be found.
    admin = Admin(app, name="پادرا", index_view=index, theme=Theme(folder="none", base_template="admin/base.html"))
    admin.add_views(*others)
    app.jinja_env.filters.update(FILTERS, **COVERAGE_FILTERS, **STAFF_FILTERS, **_icons_of(desk.registry, assets))
    app.jinja_env.globals.update(
        file_url=assets.file_url,
        icon=assets.icon,
        here_with=here_with,
        mode_icons={mode.value: name for mode, name in MODE_ICONS.items()},
        viewer=current_viewer,
        offers=Offers(desk.operations, pages_of(screens), current_viewer),
        opens=lambda endpoint: opens(screens, endpoint),
        today=lambda: around.today,
        navigation=lambda: navigation(screens),
    )
    app.add_url_rule("/", "root", lambda: redirect(url_for("admin.index")))
    allow_uploads(app, frozenset(screen.path for screen in screens if screen.takes_files))
    face = face_of(current_viewer)
    answer = answering(face, programs=FOR_PROGRAMS)
    answer_errors(app, answer)
    keep_forms(app, face, answer=answer)
    return admin


def face_of(current_viewer: CurrentViewer) -> Face:
    """The admin as one of the desk's faces."""
    return Face(
        root="/admin/",
        home=Label(fa="میز کار", en="Desk"),
        login=LOGIN,
        files=f"{FILES}/",
        frame="admin/base.html",
        signed_in=lambda: current_viewer() is not None,
    )


def _templates() -> Blueprint:
    """The admin's templates, registered before Flask-Admin's blueprints: no others are found under ``admin/``."""
    return Blueprint("admin_templates", __name__, template_folder="templates")


def _icons_of(registry: Registry, assets: Assets) -> Mapping[str, Callable[..., str]]:
    """Filters for the icons that the installed service types ask for."""

    def type_icon(code: str) -> str:
        kind = registry.get(code)
        return assets.known_icon(kind.icon) if kind else PLAIN_ICON

    def service_icon(record: _Serviced) -> str:
        return type_icon(record["service_type"]["code"])

    return {"type_icon": type_icon, "service_icon": service_icon, "known_icon": assets.known_icon}


def opens(screens: Sequence[Screen], endpoint: str) -> bool:
    """Whether a page opens for who is looking, by its endpoint; raises KeyError for one that is no screen's."""
    path, _, method = endpoint.partition(".")
    return {screen.path: screen for screen in screens}[path].opens(method)


def navigation(screens: Sequence[Screen]) -> list[Section]:
    """The screens that who is looking may open, the present one marked; a group's screens follow one another."""
    open_to_viewer = [screen for screen in screens if screen.is_visible() and screen.is_accessible()]
    return [
        Section(heading, [_entry(screen) for screen in group])
        for heading, group in groupby(open_to_viewer, key=lambda screen: screen.group)
    ]


def _entry(screen: Screen) -> Entry:
    return Entry(screen.title, url_for(f"{screen.path}.{screen.opening}"), screen.icon, _shows(screen))


def _shows(screen: Screen) -> bool:
    return request.blueprint in (screen.path, *screen.covers)
