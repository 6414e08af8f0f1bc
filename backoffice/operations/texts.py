"""Texts as people typed them, made fit to store or refused with a reason."""

from backoffice.domain.problem import ErrorCode
from backoffice.domain.text import fold
from backoffice.operations.result import refuse

LONGEST = 200
LONGEST_NOTE = 2000


def required(text: str | None, path: str, *, longest: int = LONGEST) -> str:
    """The text without blanks around it; INVALID when empty or longer than ``longest`` characters."""
    cleaned = optional(text, path, longest=longest)
    if cleaned is None:
        raise refuse(ErrorCode.INVALID, "required", path=(path,))
    return cleaned


def optional(text: str | None, path: str, *, longest: int = LONGEST) -> str | None:
    """The text without blanks around it, None when nothing is left; INVALID when too long."""
    cleaned = (text or "").strip()
    if len(cleaned) > longest:
        raise refuse(ErrorCode.INVALID, "too_long", path=(path,), longest=longest)
    return cleaned if fold(cleaned).strip() else None  # a text of nothing but half-spaces is empty to the eye
