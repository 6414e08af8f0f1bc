"""The files that pages load, served by their version, so that browsers may keep them until they change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, send_file, url_for
from markupsafe import Markup, escape

OURS = Path(__file__).parent / "static"
ONE_YEAR = 31_536_000
PLAIN_ICON = "tool"
SPRITE = "vendor/icons.svg"


@dataclass(frozen=True)
class Assets:
    """The files of every folder in ``folders``, by one tree of names, under the address ``at``.

    A name that two folders have is a mistake and raises ValueError when the files are first asked for.
    """

    at: str
    folders: tuple[Path, ...] = ()

    def blueprint(self) -> Blueprint:
        """The shared templates, and the files of all folders."""
        pages = Blueprint("pages", __name__, template_folder="templates")
        pages.add_url_rule(f"{self.at}/<version>/<path:name>", "file", self._file)
        return pages

    def file_url(self, name: str) -> str:
        """The address of one of the files; raises FileNotFoundError for a name that is none."""
        if name not in self._files:
            raise FileNotFoundError(name)
        return url_for("pages.file", version=self._version, name=name)

    def icon(self, name: str, classes: str = "") -> Markup:
        """An icon of the sprite, for the eye only: what it says must stand beside it in words."""
        shown = f'<svg class="icon {escape(classes)}" aria-hidden="true" focusable="false">'
        sprite = escape(self.file_url(SPRITE))
        return Markup(f'{shown}<use href="{sprite}#{escape(name)}"></use></svg>')  # noqa: S704  # parts escaped

    def known_icon(self, name: str) -> str:
        """The icon that a plugin asked for, or a plain one where the sprite has no such icon."""
        return name if name in self._icons else PLAIN_ICON

    def _file(self, version: str, name: str) -> Response:
        """One file. The present version may be kept for long; what an older page asks for is asked for again."""
        path = self._files.get(name)
        if path is None:
            abort(404)
        return send_file(path, max_age=ONE_YEAR if version == self._version else 0)

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for folder in (OURS, *self.folders):
            for path in filter(Path.is_file, sorted(folder.rglob("*"))):
                name = path.relative_to(folder).as_posix()
                if name in found:
                    raise ValueError(f"{path} has the name of {found[name]}: one of them must be called otherwise")
                found[name] = path
        return found

    @cached_property
    def _version(self) -> str:
        """Changes whenever a file does. It is in the path, so that files that name each other keep to one version."""
        digest = sha256()
        for name, path in self._files.items():
            digest.update(name.encode() + path.read_bytes())
        return digest.hexdigest()[:10]

    @cached_property
    def _icons(self) -> frozenset[str]:
        sprite = self._files[SPRITE].read_text(encoding="utf-8")
        return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))
