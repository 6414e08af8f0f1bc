"""What a plugin objects to and wants done, held against its contract: what is not as it must be raises."""

from collections.abc import Iterable, Mapping
from itertools import islice
from types import UnionType

from backoffice.domain.canonical import canonical_json
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.plugins.contract import EFFECTS, Effect

MOST_PROBLEMS = 100

KINDS: Mapping[str, type | UnionType] = {
    "code": ErrorCode,
    "detail": str | None,
    "path": tuple,
    "params": Mapping,
    "text": Label,
}
"""What the attributes of a problem are. The text is the plugin's own: the desk has no words for its codes."""


def objections(given: Iterable[object], path: tuple[str, ...]) -> tuple[Problem, ...]:
    """A plugin's problems with their paths from the input's root."""
    found = tuple(_below(path, problem) for problem in islice(given, MOST_PROBLEMS + 1))
    if len(found) > MOST_PROBLEMS:
        raise ValueError(f"gave more than {MOST_PROBLEMS} problems")
    return found


def _below(path: tuple[str, ...], given: object) -> Problem:
    """The problem below ``path``. Its words must be its own, and its params JSON."""
    if not isinstance(given, Problem):
        raise TypeError(f"gave {given!r} instead of a Problem")
    for name, kind in KINDS.items():
        if not isinstance(getattr(given, name), kind):
            raise TypeError(f"the {name} of {given!r} is no {kind}")
    canonical_json({"params": given.params, "path": given.path})
    return Problem(given.code, given.detail, (*path, *map(str, given.path)), given.params, given.text)


def effects(given: Iterable[object]) -> tuple[Effect, ...]:
    """Effects that the desk can carry out."""
    return tuple(map(_known, given))


def _known(effect: object) -> Effect:
    if type(effect) not in EFFECTS or not isinstance(effect, Effect):
        raise TypeError(f"{effect!r} is nothing the desk can carry out")
    return effect
