"""Fetch GraphiQL and the React it runs on from npm packages, with their licences: no page loads them from elsewhere.

The files are committed: nothing is fetched when the desk is installed or run. Change a version here, run it, open
/graphql in a browser, commit what changed.
"""

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

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


def unpack(package: str, version: str, directory: Path) -> Path:
    """Fetch one npm package and return the folder of its files."""
    command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(directory)]
    archive = directory / subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = directory / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def main() -> None:
    """Replace everything in the vendor folder. Source maps are not shipped, so nothing may point at them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for path in VENDOR.iterdir():
        path.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        for package, version in PACKAGES.items():
            source = unpack(package, version, Path(scratch))
            for original, name in FILES[package].items():
                text = (source / original).read_text(encoding="utf-8")
                (VENDOR / name).write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
    listing = "\n".join(f"- {package} {version}" for package, version in sorted(PACKAGES.items()))
    (VENDOR / "README.md").write_text(f"Written by scripts/vendor_graphiql.py from these npm packages:\n\n{listing}\n")
    print(f"{len(list(VENDOR.iterdir()))} files in {VENDOR}")


if __name__ == "__main__":
    main()
