"""The tree as git would commit it."""

import ast
import subprocess
from collections.abc import Callable
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
    """The product's own Python: the backoffice and the plugins, without tests."""
    return [
        path
        for path in files
        if path.suffix == ".py"
        and (path.parts[0] == "backoffice" or (path.parts[0], *path.parts[2:3]) == ("plugins", "src"))
    ]


@pytest.fixture(scope="session")
def imports(root: Path) -> Callable[[Path], set[str]]:
    """Which modules a file imports from, by their absolute names."""

    def names(path: Path) -> set[str]:
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
        plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
        return plain | {name for name in froms if name}

    return names
