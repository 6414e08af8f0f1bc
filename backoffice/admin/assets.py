"""The admin's own files, served under /admin/static/VERSION/, so that browsers may keep them until they change."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for
from markupsafe import Markup, escape

STATIC = Path(__file__).parent / "static"
ONE_YEAR = 31_536_000
PLAIN_ICON = "tool"


def files_blueprint() -> Blueprint:
    """Our templates and files, registered before Flask-Admin's blueprints: ours are the only ones under /admin/."""
    files = Blueprint("admin_files", __name__, template_folder="templates")
    files.add_url_rule("/admin/static/<version>/<path:name>", "file", _file)
    return files


def _file(version: str, name: str) -> Response:
    """One file. What names the present version may be kept for long; what an older page asks for is asked for again."""
    return send_from_directory(STATIC, name, max_age=ONE_YEAR if version == _version() else 0)


@cache
def _version() -> str:
    """Changes whenever one of the files does. In the path, so that files that name each other keep to one version."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def file_url(name: str) -> str:
    """The address of one of our files; raises FileNotFoundError for a name that is none."""
    if not (STATIC / name).is_file():
        raise FileNotFoundError(name)
    return url_for("admin_files.file", version=_version(), name=name)


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
