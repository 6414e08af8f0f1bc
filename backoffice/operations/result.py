"""What an operation gives back, and how its body says no."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic

from typing_extensions import TypeVar

from backoffice.domain.coverage import Decision, Facts
from backoffice.domain.problem import ErrorCode, Problem


class Unset(Enum):
    """The value of an input field that was left out, where None would mean "make it empty"."""

    UNSET = auto()


UNSET = Unset.UNSET


@dataclass(frozen=True)
class Decided:
    """A coverage decision beside the facts it was made from.

    Where a supervisor's override stands, ``decision`` is the override and ``engine`` what it takes the place of.
    """

    decision: Decision
    facts: Facts
    engine: Decision | None = None


Told = TypeVar("Told", covariant=True, default=object)
"""What an operation tells besides, where it tells anything."""


@dataclass(frozen=True)
class Result(Generic[Told]):
    """What came of an operation.

    ``problems`` is non-empty exactly when nothing was changed. ``id`` is the object's id; beside problems it is None,
    but for STALE, where it names the unchanged object. ``decision`` is the coverage decision where one was made, also
    beside a refusal. ``changed`` is False for what was foreseen, a refusal and an answer repeated by its idempotency
    key. ``told`` is what only this answer tells, such as a new token: None beside problems, and when it is repeated.
    """

    id: int | None
    problems: tuple[Problem, ...] = ()
    decision: Decided | None = None
    changed: bool = False
    told: Told | None = None


class Refusal(Exception):
    """Raised inside an operation to undo it; becomes the ``Result`` that carries the problems."""

    def __init__(self, *problems: Problem, decision: Decided | None = None, entity_id: int | None = None) -> None:
        super().__init__(*problems)
        self.result: Result[Any] = Result(id=entity_id, problems=problems, decision=decision)


def refuse(
    code: ErrorCode,
    detail: str | None = None,
    /,
    *,
    path: tuple[str, ...] = (),
    decision: Decided | None = None,
    entity_id: int | None = None,
    **params: object,
) -> Refusal:
    """The refusal with one problem; ``params`` fill its text."""
    problem = Problem(code=code, detail=detail, path=path, params=params)
    return Refusal(problem, decision=decision, entity_id=entity_id)
