"""The admin's own files, served under /admin/static/; each address names the content, so that browsers may keep it."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, request, url_for
from markupsafe import Markup, escape

STATIC = Path(__file__).parent / "static"
ONE_YEAR = 31_536_000
PLAIN_ICON = "tool"


class Files(Blueprint):
    """Templates and static files of the admin."""

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """A year for an address that names its content; what files ask for among themselves is asked for again."""
        return ONE_YEAR if request.args.get("v") else None


def files_blueprint() -> Blueprint:
    """Registered before Flask-Admin's blueprints, so that ours are the only templates and files under /admin/."""
    return Files(
        "admin_files", __name__, template_folder="templates", static_folder="static", static_url_path="/admin/static"
    )


@cache
def _version(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def file_url(name: str) -> str:
    """The address of one of our files; raises FileNotFoundError for a name that is none."""
    return url_for("admin_files.static", filename=name, v=_version(name))


def icon(name: str, classes: str = "") -> Markup:
    """An icon of the sprite, for the eye only: what it says must stand beside it in words."""
    sprite = file_url("vendor/icons.svg")
    shown = f'<svg class="icon {escape(classes)}" aria-hidden="true" focusable="false">'
    return Markup(f'{shown}<use href="{escape(sprite)}#{escape(name)}"></use></svg>')  # noqa: S704  # parts escaped


@cache
def _icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")))


def known_icon(name: str) -> str:
    """The icon that a plugin asked for, or a plain one where the sprite has no such icon."""
    return name if name in _icons() else PLAIN_ICON
