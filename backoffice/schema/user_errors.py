"""Problems as the ``UserError`` of the API: the path in camelCase, the message in the reader's language."""

import json
from collections.abc import Iterable, Mapping

from backoffice.domain.canonical import canonical_json
from backoffice.domain.problem import Problem
from backoffice.domain.spelling import camel
from backoffice.query.selection import Selection
from backoffice.wording import problem_text


class Refused(Exception):
    """An input was refused before any operation was asked, or by one that answers no payload."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("refused")
        self.problems = tuple(problems)


def user_error(problem: Problem, language: str) -> dict[str, object]:
    """The fields of one ``UserError`` by name."""
    return {
        "code": problem.code,
        "detail": problem.detail,
        "message": problem_text(problem, language),
        "path": [camel(name) for name in problem.path] or None,
        "params": json.loads(canonical_json(problem.params)) if problem.params else None,
    }


def user_errors(problems: Iterable[Problem], language: str, selection: Selection) -> list[dict[str, object]]:
    """``[UserError!]!`` as a row of the answer."""
    return [as_row(user_error(problem, language), "UserError", selection) for problem in problems]


def as_row(values: Mapping[str, object], kind: str, selection: Selection) -> dict[str, object]:
    """An object that the API makes itself, shaped like those that ``query`` reads: values by response key."""
    return {field.key: values[field.name] for field in selection.of(kind)}
