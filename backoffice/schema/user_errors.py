"""Problems as the ``UserError`` of the API: the path in camelCase, the message in the reader's language."""

import json
from collections.abc import Callable, Iterable, Mapping

import strawberry
from strawberry.scalars import JSON

from backoffice.domain.canonical import canonical_json
from backoffice.domain.problem import Problem
from backoffice.domain.spelling import camel
from backoffice.query.selection import Selection
from backoffice.schema.declare import field
from backoffice.schema.enums import ErrorCode
from backoffice.wording import problem_text


@strawberry.type(description="Something that a person can mend. Then nothing was changed.")
class UserError:
    """A refusal, as data."""

    code: ErrorCode = field("What kind of refusal, for programs; stable.")
    detail: str | None = field("What exactly, for programs; a plugin's own code where it has one.")
    message: str = field("What to tell the person, in the reader's language.")
    path: list[str] | None = field("The input field it is about, from the top of the input.")
    params: JSON | None = field("The facts in the message.")


class Refused(Exception):
    """An input was refused before any operation was asked, or by one that answers no payload."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("refused")
        self.problems = tuple(problems)


ERROR_FIELDS: Mapping[str, Callable[[Problem, str], object]] = {
    "code": lambda problem, language: problem.code,
    "detail": lambda problem, language: problem.detail,
    "message": problem_text,
    "path": lambda problem, language: [camel(name) for name in problem.path] or None,
    "params": lambda problem, language: json.loads(canonical_json(problem.params)) if problem.params else None,
}
"""The fields of a ``UserError``, each by the problem and the language of whoever reads it."""


def user_error(problem: Problem, language: str) -> dict[str, object]:
    """The fields of one ``UserError`` by name."""
    return {name: make(problem, language) for name, make in ERROR_FIELDS.items()}


def user_errors(problems: Iterable[Problem], language: str, selection: Selection) -> list[dict[str, object]]:
    """``[UserError!]!`` as a row of the answer."""
    return [as_row(user_error(problem, language), "UserError", selection) for problem in problems]


def as_row(values: Mapping[str, object], kind: str, selection: Selection) -> dict[str, object]:
    """An object that the API makes itself, shaped like those that ``query`` reads: values by response key."""
    return {asked.key: values[asked.name] for asked in selection.of(kind)}
