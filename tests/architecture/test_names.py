"""One word, one thing: what the modules of the core are called."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

SUBJECTS = {"access", "cli", "domain", "models", "query/entities", "schema"}
"""Packages whose modules are named after what they are about: the same subject has the same name in each of them."""

WRITTEN_ANEW = {"migrations/versions", "plugins/template"}
"""Folders whose files are not modules of the core."""


def modules_by_name(modules: list[Path]) -> Mapping[str, list[Path]]:
    """The core's modules, relative to it, by their names."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in modules:
        inside = path.relative_to("backoffice") if path.parts[0] == "backoffice" else None
        if inside is not None and path.stem != "__init__" and not str(inside).startswith(tuple(WRITTEN_ANEW)):
            found[path.stem].append(inside)
    return found


@pytest.fixture(scope="module")
def glossary(root: Path) -> set[str]:
    """The words of README's table, as modules write them: ``decision`` as well as ``coverage_decision``."""
    rows = re.findall(r"^\| ([a-z ,]+) \| [^|]*[\u0600-\u06ff]", (root / "README.md").read_text(encoding="utf-8"), re.M)
    return {word for term in ", ".join(rows).split(", ") for word in (*term.split(), term.replace(" ", "_"))}


def shared_names(modules: list[Path]) -> Iterator[tuple[str, list[Path]]]:
    for name, paths in sorted(modules_by_name(modules).items()):
        if len(paths) > 1:
            yield name, paths


def test_a_name_that_stands_twice_is_a_word_of_the_glossary(modules: list[Path], glossary: set[str]):
    assert {name: paths for name, paths in shared_names(modules) if name not in glossary} == {}


def test_a_name_that_stands_twice_stands_only_where_modules_are_named_after_their_subject(modules: list[Path]):
    elsewhere = {
        name: [path for path in paths if str(path.parent) not in SUBJECTS] for name, paths in shared_names(modules)
    }
    assert {name: paths for name, paths in elsewhere.items() if paths} == {}
