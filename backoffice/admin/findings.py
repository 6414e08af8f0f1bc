"""What is found against the terms of a plan, in words, beside the line that it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backoffice.operations.plans.plan_text import PlanFinding
from backoffice.wording import problem_text


@dataclass(frozen=True)
class FindingInWords:
    """A finding in words, with its line and the words of the line; None and empty where no line is known."""

    line: int | None
    written: str
    text: str


def told(findings: Iterable[PlanFinding], source: str, language: str) -> Sequence[FindingInWords]:
    """The findings against the terms written in ``source``."""
    lines = source.splitlines()
    return [
        FindingInWords(
            found.line,
            "" if found.line is None else lines[found.line - 1].strip(),
            problem_text(found.problem, language),
        )
        for found in findings
    ]
