"""Fetch what pages show but others made: the Vazirmatn font, htmx and Tabler's icons, with their licences.

The files come from npm packages by the npm client and are committed, so nothing is fetched when the desk is installed
or run. Change a version or the list of icons here, run it, look at the screens, commit what changed.
"""

import re
from pathlib import Path

from npm_files import replace_folder

VENDOR = Path(__file__).resolve().parent.parent / "backoffice" / "pages" / "static" / "vendor"
PACKAGES = {"htmx.org": "2.0.11", "@tabler/icons": "3.51.0", "@fontsource-variable/vazirmatn": "5.3.0"}
FILES = {
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE.txt"},
    "@tabler/icons": {"LICENSE": "icons.LICENSE.txt"},
    "@fontsource-variable/vazirmatn": {
        "files/vazirmatn-arabic-wght-normal.woff2": "vazirmatn-arabic.woff2",
        "files/vazirmatn-latin-wght-normal.woff2": "vazirmatn-latin.woff2",
        "LICENSE": "vazirmatn.LICENSE.txt",
    },
}
ICONS = """
    adjustments alert-triangle arrow-back-up arrow-left ban barcode box building building-community building-store
    calendar calendar-event certificate check chevron-down chevron-left chevron-right circle-check circle-x clock coin
    device-desktop devices download edit eye file-import file-invoice filter gift headset history home hourglass inbox
    info-circle key keyboard list-check lock lock-open logout map-pin menu-2 message-circle moon package percentage
    phone phone-call plug plus presentation receipt refresh route school search shield-check shield-off sun tool
    upload user user-off user-plus users walk world x
"""
SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


def symbol(name: str, svg: str) -> str:
    """One icon as a symbol of the sprite."""
    shape = SHAPE.search(svg)
    if shape is None:
        raise ValueError(f"{name} is not an svg icon")
    inside = " ".join(shape[1].replace(EMPTY_FRAME, "").split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


def sprite(icons: Path) -> str:
    """All icons in one file, drawn with the colour and the stroke of whoever uses them."""
    symbols = [symbol(name, (icons / f"{name}.svg").read_text()) for name in sorted(ICONS.split())]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def take(package: str, source: Path) -> None:
    """Put a package's files into the vendor folder, and the icons into one."""
    for original, name in FILES[package].items():
        (VENDOR / name).write_bytes((source / original).read_bytes())
    if package == "@tabler/icons":
        (VENDOR / "icons.svg").write_text(sprite(source / "icons" / "outline"))


if __name__ == "__main__":
    replace_folder(VENDOR, PACKAGES, take=take, script=Path(__file__).name)
