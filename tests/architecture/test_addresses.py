"""Nothing committed depends on one machine's paths, or on a registry or another host."""

import re
from pathlib import Path

REGISTRIES = re.compile(r"pypi\.(?:org|python)|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)")
MACHINE_PATHS = re.compile(r"(?<![\w.<>~*)}])/(?:work|tmp|root|home/\w+|Users/\w+)/\w")
LOADED_FROM_ELSEWHERE = re.compile(
    r"""(?:\bsrc\s*=\s*|<link\b[^>]*\bhref\s*=\s*|\burl\(\s*|@import\s+)["']?(?:https?:)?//"""
)


def texts(root: Path, files: list[Path]) -> dict[str, str]:
    """What can be read as text, by path; the vendored assets are other people's."""
    contents = {str(path): (root / path).read_bytes() for path in files if "vendor" not in path.parts}
    return {path: content.decode() for path, content in contents.items() if b"\0" not in content}


def lines_matching(pattern: re.Pattern[str], contents: dict[str, str]) -> list[str]:
    """Where a pattern occurs, as path:line."""
    return [
        f"{path}:{number}"
        for path, content in contents.items()
        if pattern.search(content)
        for number, line in enumerate(content.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry(root: Path, files: list[Path]):
    assert lines_matching(REGISTRIES, texts(root, files)) == []


def test_no_file_names_a_path_of_one_machine(root: Path, files: list[Path]):
    assert lines_matching(MACHINE_PATHS, texts(root, files)) == []


def test_no_page_or_style_sheet_loads_from_another_host(root: Path, files: list[Path]):
    pages = {
        str(path): (root / path).read_text(encoding="utf-8")
        for path in files
        if path.suffix in {".html", ".css"} and path.parts[0] in {"backoffice", "plugins"}
    }
    assert lines_matching(LOADED_FROM_ELSEWHERE, pages) == []
