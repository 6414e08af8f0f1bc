"""The files of the pages and the admin: everything they ask for is there, with its licence."""

import re
from pathlib import Path

import pytest

from backoffice import admin
from backoffice.pages.static_files import OURS
from backoffice.pages.tones import MODE_ICONS, OUTCOME_ICONS
from tests.builders import installed_plugins
from tests.screens import SCREENS

FOLDERS = (OURS.parent, Path(admin.__file__).parent)
TEMPLATES = [path for folder in FOLDERS for path in folder.rglob("templates/**/*.html")]
SHEETS = [path for folder in FOLDERS for path in folder.glob("static/css/*.css")]
SCRIPTS = [path for folder in FOLDERS for path in folder.glob("static/js/*.js")]
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (OURS / "vendor" / "icons.svg").read_text()))
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}")


def _icons_in_templates() -> set[str]:
    texts = (path.read_text() for path in TEMPLATES)
    return {name for text in texts for name in re.findall(r"(?:icon|empty)\('([a-z0-9-]+)'", text)}


def test_every_icon_that_pages_name_is_in_the_sprite() -> None:
    assert len(_icons_in_templates()) > 20
    named = _icons_in_templates() | set(MODE_ICONS.values()) | set(OUTCOME_ICONS.values())
    named |= {screen.icon for screen in SCREENS if screen.icon}
    assert named - SPRITE == set()


def test_every_icon_of_a_service_type_is_in_the_sprite() -> None:
    assert {kind.icon for kind in installed_plugins().service_types.values()} - SPRITE == set()


@pytest.mark.parametrize("name", ["htmx", "icons", "vazirmatn"])
def test_what_others_made_has_its_licence_beside_it(name: str) -> None:
    assert (OURS / "vendor" / f"{name}.LICENSE.txt").stat().st_size > 100


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS, *TEMPLATES], ids=str)
def test_our_files_name_no_other_machine(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert OUTSIDE.findall(text) == []


def test_only_the_tokens_name_colours() -> None:
    for sheet in SHEETS:
        if sheet.name != "tokens.css":
            text = re.sub(r'url\("[^"]*"\)|#fff;', "", sheet.read_text())
            assert re.findall(r":\s*[^;{]*#[0-9a-f]{3,6}\b", text) == [], sheet.name
