"""The tree as git would commit it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files(root: Path) -> list[Path]:
    """Every file that is committed or waits to be, relative to the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (root / (path := Path(name))).is_file()]


@pytest.fixture(scope="session")
def modules(files: list[Path]) -> list[Path]:
    """The product's own Python: the backoffice and the plugins, without tests and without the plugin template."""
    return [
        path
        for path in files
        if path.suffix == ".py"
        and (path.parts[0] == "backoffice" or (path.parts[0], *path.parts[2:3]) == ("plugins", "src"))
        and "template" not in path.parts
    ]
