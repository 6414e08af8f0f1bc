"""The admin's files: everything the pages ask for is there, with its licence, and the browser's calendar is right."""

import json
import re
import shutil
import subprocess

import pytest

from backoffice.admin.assets import STATIC, known_icon
from backoffice.admin.tones import MODE_ICONS, OUTCOME_ICONS
from backoffice.admin.views import SCREENS
from backoffice.domain.calendar import add_jalali_months, is_jalali_leap, parse_jalali
from tests.builders import installed_plugins

TEMPLATES = STATIC.parent / "templates"
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text()))
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}")


def _icons_in_templates() -> set[str]:
    texts = (path.read_text() for path in TEMPLATES.rglob("*.html"))
    return {name for text in texts for name in re.findall(r"(?:icon|empty)\('([a-z0-9-]+)'", text)}


def test_every_icon_that_pages_name_is_in_the_sprite() -> None:
    assert len(_icons_in_templates()) > 20
    named = _icons_in_templates() | set(MODE_ICONS.values()) | set(OUTCOME_ICONS.values())
    named |= {screen.icon for screen in SCREENS if screen.icon}
    assert named - SPRITE == set()


def test_every_icon_of_a_service_type_is_in_the_sprite() -> None:
    assert {kind.icon for kind in installed_plugins().service_types.values()} - SPRITE == set()


def test_an_icon_that_is_not_there_gives_way_to_a_plain_one() -> None:
    assert known_icon("unicorn") in SPRITE


@pytest.mark.parametrize("name", ["htmx", "icons", "vazirmatn"])
def test_what_others_made_has_its_licence_beside_it(name: str) -> None:
    assert (STATIC / "vendor" / f"{name}.LICENSE.txt").stat().st_size > 100


@pytest.mark.parametrize(
    "path", [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js"), *TEMPLATES.rglob("*.html")], ids=str
)
def test_our_files_name_no_other_machine(path: "object") -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")  # type: ignore[attr-defined]
    assert OUTSIDE.findall(text) == []


def test_only_the_tokens_name_colours() -> None:
    for sheet in STATIC.glob("css/*.css"):
        if sheet.name != "tokens.css":
            text = re.sub(r'url\("[^"]*"\)|#fff;', "", sheet.read_text())
            assert re.findall(r":\s*[^;{]*#[0-9a-f]{3,6}\b", text) == [], sheet.name


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


def _in_the_browser(node: str, expression: str) -> object:
    module = (STATIC / "js" / "jalali.js").as_uri()
    script = f"import * as jalali from {json.dumps(module)}; console.log(JSON.stringify({expression}));"
    done = subprocess.run([node, "--input-type=module", "--no-warnings", "-e", script], capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_browsers_leap_years_are_those_of_the_domain(node: str) -> None:
    years = list(range(1300, 1500))
    leap = _in_the_browser(node, "Array.from({length: 200}, (_, i) => jalali.isLeap(1300 + i))")
    assert leap == [is_jalali_leap(year) for year in years]


def test_the_browsers_days_are_those_of_the_domain(node: str) -> None:
    first = parse_jalali("1390/01/01")
    firsts = [add_jalali_months(first, month) for month in range(0, 480, 1)]
    told = _in_the_browser(
        node, "Array.from({length: 480}, (_, i) => jalali.dayNumber([1390 + Math.floor(i / 12), i % 12 + 1, 1]))"
    )
    assert told == [(day - type(day)(1970, 1, 1)).days for day in firsts]


def test_the_browser_finds_the_date_of_each_day_again(node: str) -> None:
    days = "Array.from({length: 40000}, (_, i) => i - 10000)"
    assert _in_the_browser(node, f"{days}.filter((n) => jalali.dayNumber(jalali.fromDayNumber(n)) !== n)") == []
