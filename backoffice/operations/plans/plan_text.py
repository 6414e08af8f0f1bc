"""Terms of plans as files bring them: the text of a file, its terms, and what is found against them at its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backoffice.domain.plan import PlanTerm
from backoffice.domain.plan_file import parse_addendum
from backoffice.domain.plan_lines import line_of, lines_of_terms
from backoffice.domain.plan_table import PlanFileError
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.file_rows import text_of

NUL_ESCAPES = ("\\u0000", "\\U00000000")


@dataclass(frozen=True)
class PlanFinding:
    """Something that speaks against terms, at its line in the file where that is known."""

    line: int | None
    problem: Problem


def plan_text(content: bytes) -> str | Problem:
    """The text of a file, TOML in UTF-8; or why it is none that can be stored."""
    text = text_of(content)
    if isinstance(text, str) and any(escape in text for escape in NUL_ESCAPES):
        return Problem(code=ErrorCode.INVALID, detail="characters", path=("file",))
    return text


@dataclass(frozen=True)
class AddendumText:
    """The terms of an addendum and the text that they stand in; beside problems there are no terms."""

    text: str
    terms: tuple[PlanTerm, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_addendum(content: bytes) -> AddendumText:
    """The terms in ``content``, written as in a plan file; the text is empty when it is none that can be stored."""
    text = plan_text(content)
    if isinstance(text, Problem):
        return AddendumText("", problems=(text,))
    try:
        return AddendumText(text, parse_addendum(text))
    except PlanFileError as error:
        return AddendumText(text, problems=error.problems)


def at_lines(text: str, problems: Iterable[Problem]) -> tuple[PlanFinding, ...]:
    """The problems, each at its place in the file or at the line of the term that its path ends with.

    Those without a line come first, then by line.
    """
    lines = lines_of_terms(text)
    found = [PlanFinding(_line(text, lines, problem.path), problem) for problem in problems]
    return tuple(sorted(found, key=lambda finding: finding.line or 0))


def _line(text: str, lines: Mapping[str, int], path: Sequence[str]) -> int | None:
    if path[:1] == ("file",):
        return line_of(text, path[1:])
    return lines.get(path[-1]) if path else None
