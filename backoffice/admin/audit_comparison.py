"""Two documents of the audit trail side by side: their values by where they stand, and which of them differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backoffice.access.audit import values_of
from backoffice.admin.audit_words import DERIVED, value_words, words_of
from backoffice.pages import template_filters as filters

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT.*")
NOT_THERE = ""


@dataclass(frozen=True)
class Compared:
    """One value before and after, as people read it; empty where the document has none."""

    name: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def compare(before: object, after: object, words: Mapping[str, str]) -> tuple[Compared, ...]:
    """The values of both documents, in the order of the later one; what stands inside others has a dotted name.

    ``words`` are those for the names of the values.
    """
    old, new = _texts(before), _texts(after)
    names = [*new, *(name for name in old if name not in new)]
    return tuple(Compared(words_of(name, words), old.get(name, NOT_THERE), new.get(name, NOT_THERE)) for name in names)


def _texts(document: object) -> Mapping[str, str]:
    named = {place: (value, place.rpartition(".")[2]) for place, value in values_of(document).items()}
    return {place: _text(value, name) for place, (value, name) in named.items() if name not in DERIVED}


def _text(value: object, name: str) -> str:
    """A value as it is read, that is stored under this name."""
    match value:
        case None:
            return "—"
        case bool():
            return "بله" if value else "خیر"
        case int():
            return filters.digits(value)
        case list():
            return "، ".join(_text(one, name) for one in value) or "—"
        case str() if ISO_DAY.fullmatch(value):
            return filters.day(date.fromisoformat(value))
        case str() if ISO_INSTANT.fullmatch(value):
            return _instant(value)
    return value_words(name, str(value))


def _instant(text: str) -> str:
    try:
        return filters.moment(datetime.fromisoformat(text))
    except ValueError:
        return text
