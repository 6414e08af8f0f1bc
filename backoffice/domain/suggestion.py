"""The states of a suggestion to decide a record again."""

from enum import StrEnum

from backoffice.domain.transitions import Transitions


class SuggestionStatus(StrEnum):
    """What came of a suggestion. An obsolete one met a record that something else had changed meanwhile."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    OBSOLETE = "obsolete"


_S = SuggestionStatus

SUGGESTION_STEPS = Transitions(
    {
        _S.SUGGESTED: frozenset({_S.ACCEPTED, _S.DISMISSED, _S.OBSOLETE}),
        _S.ACCEPTED: frozenset(),
        _S.DISMISSED: frozenset(),
        _S.OBSOLETE: frozenset(),
    }
)
"""Whatever is settled is final: a new cause makes a new suggestion."""
