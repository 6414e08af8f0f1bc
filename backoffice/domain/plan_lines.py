"""Where in a plan file its terms and its mistakes stand, so that a finding can be told with its line."""

import re
from collections.abc import Iterator, Mapping, Sequence

from backoffice.domain.plan import Side

_ENTRY = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_SECTION = re.compile(r"\s*\[\s*([\w.]+)\s*\]")
_STATEMENT = re.compile(r"\s*([\w.]+)\s*=")
_SIDE = re.compile(rf"\s*({'|'.join(Side)})\s*[.=]")
_KEY = re.compile(r"""\s*key\s*=\s*["']([^"']+)["']""")
_OWN_KEY = re.compile(r" \(.*\)$")


def lines_of_terms(toml_text: str) -> Mapping[str, int]:
    """The line, from 1, of each term's first statement, by the term's key.

    It follows files written like the shipped plan, one ``[[terms]]`` each; a term written otherwise has no line here.
    """
    found: dict[str, int] = {}
    in_terms, key = False, ""
    for number, line in enumerate(toml_text.splitlines(), start=1):
        if entry := _ENTRY.match(line):
            in_terms, key = entry[1] == "terms", ""
        elif in_terms and (named := _KEY.match(line)):
            key = named[1]
        elif in_terms and key and (side := _SIDE.match(line)):
            found.setdefault(f"{key}.{side[1]}", number)
    return found


def line_of(toml_text: str, place: Sequence[str]) -> int | None:
    """The line, from 1, of what stands at a place that a PlanFileError names, or should: then that of its neighbours.

    None where nothing of the place is there.
    """
    sought = tuple(_OWN_KEY.sub("", name) for name in place)
    best, found = 0, None
    for number, names in _places(toml_text):
        shared = sum(1 for _ in _while_equal(names, sought))
        if shared > best:
            best, found = shared, number
    return found


def _while_equal(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for name, same in zip(one, other, strict=False):
        if name != same:
            return
        yield name


def _places(toml_text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each heading and statement with its line and the names that lead to it."""
    entries: dict[str, int] = {}
    within: tuple[str, ...] = ()
    for number, line in enumerate(toml_text.splitlines(), start=1):
        if entry := _ENTRY.match(line):
            entries[entry[1]] = entries.get(entry[1], 0) + 1
            within = (f"{entry[1]} {entries[entry[1]]}",)
            yield number, within
        elif section := _SECTION.match(line):
            within = tuple(section[1].split("."))
            yield number, within
        elif statement := _STATEMENT.match(line):
            yield number, (*within, *statement[1].split("."))
