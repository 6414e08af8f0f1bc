"""The admin put together: its screens, its files, and what its templates may use."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_admin import Admin
from flask_admin.theme import Theme

from backoffice.admin import assets, errors
from backoffice.admin.base import CurrentViewer, Screen, Surroundings
from backoffice.admin.filters import FILTERS
from backoffice.admin.views import SCREENS
from backoffice.operations.desk import Desk


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    label: str
    url: str
    icon: str
    active: bool


def create_admin(app: Flask, desk: Desk, current_viewer: CurrentViewer) -> Admin:
    """Put the admin on ``app``, which has Flask-Babel and a ``csrf_token()`` for its templates already.

    ``current_viewer`` gives who looks at the request in hand, or None when nobody is signed in.
    """
    around = Surroundings(desk, current_viewer)
    app.register_blueprint(assets.files_blueprint())
    index, *others = [screen(around) for screen in SCREENS]
    # A theme without a folder of its own: none of Flask-Admin's packaged templates can be found.
    admin = Admin(app, name="پادرا", index_view=index, theme=Theme(folder="none", base_template="admin/base.html"))
    admin.add_views(*others)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=assets.asset,
        icon=assets.icon,
        viewer=current_viewer,
        today=lambda: around.today,
        navigation=lambda: navigation([index, *others]),
    )
    errors.answer_errors(app)
    return admin


def navigation(screens: Sequence[Screen]) -> list[Entry]:
    """The screens that who is looking may open, the present one marked."""
    return [
        Entry(screen.title, url_for(f"{screen.path}.{screen.opening}"), screen.icon, _shows(screen))
        for screen in screens
        if screen.is_visible() and screen.is_accessible()
    ]


def _shows(screen: Screen) -> bool:
    return request.blueprint in (screen.path, *screen.covers)
