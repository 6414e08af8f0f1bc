"""The live answer: what a service would cost and why, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backoffice.domain.problem import Problem
from backoffice.operations.result import Result
from backoffice.pages.rows import Row
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from backoffice.wording import problem_text

DECISION = want(
    "outcome",
    "amount",
    "vat",
    "billed_minutes",
    "provisional",
    "overridden",
    "shadow_amount",
    "missing_inputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    tariff_edition=want("id", "jalali_year", "version"),
    period=want("track", "starts_on", "last_day", plan=want("id", "name", "version"), allowances=want("key", "label")),
    allowance=want("key", "limit", "used"),
    reasons=want("code", "params", "message"),
)


@dataclass(frozen=True)
class LiveAnswer:
    """A decision with the instant ``at`` which it was made, or the texts of what stood in its way.

    With neither there is nothing to decide on yet.
    """

    decision: Row | None = None
    at: datetime | None = None
    problems: tuple[str, ...] = ()
    waiting: str = ""


def answer_of(reader: Reader, result: Result, language: str, *, at: datetime) -> LiveAnswer:
    """What a preview said. A decision is shown in the shape of a stored one."""
    if result.decision is not None:
        return LiveAnswer(decision=reader.decision(result.decision, DECISION), at=at)
    return LiveAnswer(problems=texts(result.problems, language))


def texts(problems: Sequence[Problem], language: str) -> tuple[str, ...]:
    """The problems in words, each once."""
    return tuple(dict.fromkeys(problem_text(problem, language) for problem in problems))
