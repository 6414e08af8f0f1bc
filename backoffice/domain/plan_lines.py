"""Where in a plan file its terms stand, so that a finding can be told with its line."""

import re
from collections.abc import Mapping

from backoffice.domain.plan import Side

_ENTRY = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_SIDE = re.compile(rf"\s*({'|'.join(Side)})\s*[.=]")
_KEY = re.compile(r"""\s*key\s*=\s*["']([^"']+)["']""")


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
