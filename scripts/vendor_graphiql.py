"""Fetch GraphiQL and the React it runs on from npm packages, with their licences: no page loads them from elsewhere.

The files are committed: nothing is fetched when the desk is installed or run. Change a version here, run it, open
/graphql in a browser, commit what changed.
"""

import re
from pathlib import Path

from npm_files import replace_folder

VENDOR = Path(__file__).resolve().parent.parent / "backoffice" / "schema" / "static" / "vendor"
PACKAGES = {"graphiql": "4.1.2", "react": "18.3.1", "react-dom": "18.3.1"}
FILES = {
    "graphiql": {
        "graphiql.min.js": "graphiql.js",
        "graphiql.min.css": "graphiql.css",
        "LICENSE": "graphiql.LICENSE.txt",
    },
    "react": {"umd/react.production.min.js": "react.js", "LICENSE": "react.LICENSE.txt"},
    "react-dom": {"umd/react-dom.production.min.js": "react-dom.js", "LICENSE": "react-dom.LICENSE.txt"},
}
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def take(package: str, source: Path) -> None:
    """Put a package's files into the vendor folder. Source maps are not shipped, so nothing may point at them."""
    for original, name in FILES[package].items():
        text = (source / original).read_text(encoding="utf-8")
        (VENDOR / name).write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    replace_folder(VENDOR, PACKAGES, take=take, script=Path(__file__).name)
