"""What a person can mend, as data: returned, never raised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from backoffice.domain.label import Label


class ErrorCode(StrEnum):
    """The kinds of refusal a client program may tell apart. Their values are part of the API."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    STALE = "STALE"
    FORBIDDEN = "FORBIDDEN"
    DECISION_CHANGED = "DECISION_CHANGED"
    NOT_OFFERED = "NOT_OFFERED"
    NEEDS_INPUT = "NEEDS_INPUT"
    NO_TARIFF = "NO_TARIFF"
    PERIOD_OVERLAP = "PERIOD_OVERLAP"
    DUPLICATE = "DUPLICATE"
    PLUGIN_FAILURE = "PLUGIN_FAILURE"


@dataclass(frozen=True)
class Problem:
    """One refusal.

    ``detail`` is a finer code within ``code``; ``path`` names the input field in snake_case, outermost first;
    ``params`` are raw values for the wording; ``text`` is a plugin's own wording, where it brings one.
    """

    code: ErrorCode
    detail: str | None = None
    path: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    text: Label | None = None
