"""What was typed into a search box: the words, the phone number and the record number that it may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backoffice.domain.phone import parse_phone
from backoffice.domain.record import NUMBER_PREFIX, record_id_of
from backoffice.domain.text import fold, to_latin_digits
from backoffice.models.base import LARGEST_ID

_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{2,}", re.ASCII)
_PREFIX = re.compile(r"(00)?98|0+")
FEWEST_DIGITS = 4


@dataclass(frozen=True)
class TextKind:
    """All of a text that decides how it is searched for: how many words it has, and what else it may be."""

    words: int
    is_phone: bool
    is_record: bool
    is_key: bool


def kind_of_text(text: str) -> TextKind | None:
    """The kind of a text; None for a blank one, which searches nothing."""
    found = words(text)
    if not found:
        return None
    return TextKind(len(found), phone_digits(text) is not None, record_key(text) is not None, key(text) is not None)


def words(text: str) -> Sequence[str]:
    """Its words, folded."""
    return fold(text).split()


def phone_digits(text: str) -> str | None:
    """The digits of a phone number in E.164, whole or in part; None of a text that does not look like one."""
    typed = fold(text).strip()
    if not _PHONE.fullmatch(typed):
        return None
    digits = (parse_phone(typed) or re.sub(r"\D", "", typed)).lstrip("+")
    significant = _PREFIX.sub("", digits, count=1) if _PREFIX.match(digits) else digits
    return significant if len(significant) >= FEWEST_DIGITS else None


def record_key(text: str) -> int | None:
    """The primary key behind a service record's number, typed with its letters or without."""
    return record_id_of(text) or record_id_of(f"{NUMBER_PREFIX}{text.strip()}")


def key(text: str) -> int | None:
    """The primary key that a text of digits is."""
    typed = to_latin_digits(fold(text)).strip()
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) <= LARGEST_ID else None
