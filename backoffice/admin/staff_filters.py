"""The filters of the admin's templates alone: who did something, and what came back with a form of its own."""

from collections.abc import Callable, Mapping

from backoffice.domain.coverage import Outcome
from backoffice.pages.template_filters import label, toman

COMMAND_LINE = "خط فرمان"
LONGEST_AMOUNT = 17


def actor(name: str | None) -> str:
    """Who did something; the command line, which acts as the system, in words."""
    return COMMAND_LINE if name in (None, "system") else str(name)


def known_outcome(text: str | None) -> str:
    """The words for an outcome that came back with a form; nothing for what is none."""
    return label(text, "outcome") if text in set(Outcome) else "—"


def posted_toman(text: str) -> str:
    """An amount of rials that came back with a form, in toman; nothing for what is none."""
    return toman(int(text)) if text.isascii() and text.isdigit() and len(text) < LONGEST_AMOUNT else ""


STAFF_FILTERS: Mapping[str, Callable[..., object]] = {
    function.__name__: function for function in (actor, known_outcome, posted_toman)
}
