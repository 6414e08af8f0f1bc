"""The desk's calls of plugin code: guarded, so that a plugin's mistake is a problem with its name and never a crash."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from types import MappingProxyType
from typing import TypeVar

from backoffice.domain.coverage import Decision, Facts
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.plugins import stored, validate
from backoffice.plugins.contract import EFFECTS, Effect, Part, RecordFacts, ServiceType
from backoffice.plugins.validate import Loaded

log = logging.getLogger(__name__)

BUDGET_SECONDS = 1.0
"""A call that takes longer is logged: it held up a person, and a transaction."""


@dataclass(frozen=True)
class Failure(Problem):
    """That a plugin's own code raised ``error``, which is not for those who ask."""

    error: BaseException | None = field(default=None, compare=False, repr=False)


Values = Mapping[str, object]
T = TypeVar("T")


def load(service_type: ServiceType, part: Part, raw: Values, *, path: tuple[str, ...] = ()) -> Loaded:
    """Judge a request or a result by the type's schema; see ``validate.load``."""
    loaded = _guarded(service_type, f"{part}.load", lambda: validate.load(service_type.schema(part), raw, path))
    return Loaded(problems=(loaded,)) if isinstance(loaded, Problem) else loaded


def dump(service_type: ServiceType, part: Part, values: Values) -> dict[str, object] | Problem:
    """Loaded values as the JSON to store with the type's ``version``."""
    return _guarded(service_type, f"{part}.dump", lambda: validate.dump(service_type.schema(part), values))


def restore(service_type: ServiceType, part: Part, data: Values, *, version: int) -> dict[str, object] | Problem:
    """Stored JSON as the values that were loaded when it was stored: what the type's methods are given."""
    return _guarded(service_type, f"{part}.restore", lambda: stored.restore(service_type, part, data, version=version))


def read(service_type: ServiceType, part: Part, data: Values, *, version: int) -> dict[str, object] | Problem:
    """Stored JSON as the faces answer it: dates, decimals, enum members as their names, None for what is not there.

    A problem means that the record is to be shown as retired.
    """
    restored = restore(service_type, part, data, version=version)
    return restored if isinstance(restored, Problem) else stored.show(service_type, part, restored)


def check(
    service_type: ServiceType, request: Values, facts: Facts, *, path: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """What the type has against opening a record; ``path`` is where the request stands in the input."""
    request = MappingProxyType(request)
    return _objections(service_type, "check", lambda: service_type.check(request, facts), path)


def decide(service_type: ServiceType, request: Values, facts: Facts) -> Decision | Problem:
    """The type's decision."""
    request = MappingProxyType(request)
    return _guarded(service_type, "decide", lambda: _instance_of(Decision, service_type.decide(request, facts)))


def before_complete(
    service_type: ServiceType, record: RecordFacts, result: Values, facts: Facts, *, path: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """What the type has against completing a record; ``path`` is where the result stands in the input."""
    result = MappingProxyType(result)
    call = lambda: service_type.before_complete(record, result, facts)  # noqa: E731 - one line, like its sibling
    return _objections(service_type, "before_complete", call, path)


def complete(
    service_type: ServiceType, record: RecordFacts, result: Values, facts: Facts
) -> tuple[Effect, ...] | Problem:
    """What the type wants done because a record is completed; an effect the desk does not know is a failure."""
    result = MappingProxyType(result)
    return _guarded(
        service_type, "complete", lambda: tuple(map(_known_effect, service_type.complete(record, result, facts)))
    )


def _objections(
    service_type: ServiceType, name: str, call: Callable[[], Iterable[Problem]], path: tuple[str, ...]
) -> tuple[Problem, ...]:
    found = _guarded(service_type, name, lambda: tuple(_below(path, problem) for problem in call()))
    return (found,) if isinstance(found, Problem) else found


def _guarded(service_type: ServiceType, name: str, call: Callable[[], T]) -> T | Problem:
    started = perf_counter()
    try:
        return call()
    except (Exception, SystemExit) as error:  # a plugin that exits must not end the desk
        log.exception("plugin %s failed in %s", service_type.code, name)
        return _failure(service_type, name, error)
    finally:
        if (seconds := perf_counter() - started) > BUDGET_SECONDS:
            log.warning("plugin %s took %.1f s in %s", service_type.code, seconds, name)


def _failure(service_type: ServiceType, name: str, error: BaseException) -> Failure:
    text = Label(
        f"افزونهٔ «{service_type.label.fa}» از کار افتاد و چیزی ثبت نشد.",
        f"The plugin of “{service_type.label.en}” failed, and nothing was saved.",
    )
    params = {"service_type": service_type.code, "call": name}
    return Failure(ErrorCode.PLUGIN_FAILURE, params=params, text=text, error=error)


def _below(path: tuple[str, ...], problem: Problem) -> Problem:
    """A plugin's problem with the path from the input's root; its words must be its own."""
    if not isinstance(problem.text, Label):
        raise TypeError(f"{problem!r} needs a text, in both languages")
    return Problem(problem.code, problem.detail, (*path, *problem.path), problem.params, problem.text)


def _instance_of(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"gave {value!r} instead of a {kind.__name__}")
    return value


def _known_effect(effect: Effect) -> Effect:
    if type(effect) not in EFFECTS:
        raise TypeError(f"{effect!r} is nothing the desk can carry out")
    return effect
