"""The language of a page: that of whoever looks at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import get_locale

from backoffice.wording import say


def language() -> str:
    """What the viewer of the page in hand reads, "fa" or "en"; raises RuntimeError where no page is being made."""
    locale = get_locale()
    if locale is None:
        raise RuntimeError("a page has a language, and none is being made")
    return str(locale.language)


def said(kind: str, value: str) -> str:
    """The word for a value of a kind: ``said("status", "done")``."""
    return say(f"{kind}.{value}", {}, language())


@dataclass(frozen=True)
class ChoicesOf:
    """The choices of a field: each value of a kind with its word, in the language of the page that they are on."""

    kind: str
    values: Iterable[str]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((str(value), said(self.kind, value)) for value in self.values)
