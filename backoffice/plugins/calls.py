"""The desk's calls of plugin code: guarded, so that a plugin's mistake is a problem with its name and never a crash."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from types import MappingProxyType
from typing import TypeVar

from marshmallow import Schema

from backoffice.domain.coverage import Decision, Facts
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.plugins import objections, plugin_decision, stored_values, time_limits, validate
from backoffice.plugins.contract import Effect, Part, RecordFacts, ServiceType
from backoffice.plugins.own_code import runs_own_code
from backoffice.plugins.time_limits import wait_for
from backoffice.plugins.validate import Loaded

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure(Problem):
    """That a plugin's own code raised ``error``, which is not for those who ask."""

    error: BaseException | None = field(default=None, compare=False, repr=False)

    @property
    def told(self) -> str:
        """The error and its words in a line, for the log."""
        return " ".join(f"{type(self.error).__name__}: {self.error}".split())


Values = Mapping[str, object]
T = TypeVar("T")


def load(service_type: ServiceType, part: Part, raw: Values, *, path: tuple[str, ...] = ()) -> Loaded:
    """Judge a request or a result by the type's schema; see ``validate.load``."""
    schema = service_type.schema(part)
    loaded = _by_schema(service_type, f"{part}.load", schema, lambda: validate.load(schema, raw, path))
    return Loaded(problems=(loaded,)) if isinstance(loaded, Problem) else loaded


def dump(service_type: ServiceType, part: Part, values: Values) -> dict[str, object] | Problem:
    """Loaded values as the JSON to store with the type's ``version``."""
    schema = service_type.schema(part)
    return _by_schema(service_type, f"{part}.dump", schema, lambda: validate.dump(schema, values))


def restore(service_type: ServiceType, part: Part, data: Values, *, version: int) -> dict[str, object] | Problem:
    """Stored JSON as the values that were loaded when it was stored: what the type's methods are given."""
    return _guarded(service_type, f"{part}.restore", _restoring(service_type, part, data, version))


def read(service_type: ServiceType, part: Part, data: Values, *, version: int) -> dict[str, object] | Failure:
    """Stored JSON as the faces answer it: dates, decimals, enum members as their names, None for what is not there.

    A failure means that the record is to be shown as retired; it is not logged here, where the record is not known.
    """
    restored = _timed(service_type, f"{part}.restore", _restoring(service_type, part, data, version))
    return restored if isinstance(restored, Failure) else stored_values.show(service_type, part, restored)


def check(
    service_type: ServiceType, request: Values, facts: Facts, *, path: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """What the type has against opening a record; ``path`` is where the request stands in the input."""
    request = MappingProxyType(request)
    asked = lambda: objections.objections(service_type.check(request, facts), path)  # noqa: E731 - one line, like its kin
    return _objections(_answered(service_type, "check", asked))


def decide(service_type: ServiceType, request: Values, facts: Facts) -> Decision | Problem:
    """The type's decision."""
    request = MappingProxyType(request)
    return _answered(service_type, "decide", lambda: plugin_decision.judge(service_type.decide(request, facts), facts))


def before_complete(
    service_type: ServiceType, record: RecordFacts, result: Values, facts: Facts, *, path: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """What the type has against completing a record; ``path`` is where the result stands in the input."""
    result = MappingProxyType(result)
    asked = lambda: objections.objections(service_type.before_complete(record, result, facts), path)  # noqa: E731
    return _objections(_answered(service_type, "before_complete", asked))


def complete(
    service_type: ServiceType, record: RecordFacts, result: Values, facts: Facts
) -> tuple[Effect, ...] | Problem:
    """What the type wants done because a record is completed; an effect the desk does not know is a failure."""
    result = MappingProxyType(result)
    asked = lambda: objections.effects(service_type.complete(record, result, facts))  # noqa: E731
    return _answered(service_type, "complete", asked)


def _objections(found: tuple[Problem, ...] | Problem) -> tuple[Problem, ...]:
    return (found,) if isinstance(found, Problem) else found


def _restoring(service_type: ServiceType, part: Part, data: Values, version: int) -> Callable[[], dict[str, object]]:
    """Values are restored by the desk; what was stored by another version goes through the type's own methods first."""
    restore = lambda: stored_values.restore(service_type, part, data, version=version)  # noqa: E731 - one line, like its kin
    if version == service_type.version:
        return restore
    return lambda: wait_for(service_type, f"{part}.restore", restore)


def _by_schema(service_type: ServiceType, name: str, schema: type[Schema], asked: Callable[[], T]) -> T | Problem:
    """What is done by a schema, waited for with patience where that runs the type's own code."""
    if runs_own_code(schema):
        return _guarded(service_type, name, lambda: wait_for(service_type, name, asked))
    return _guarded(service_type, name, asked)


def _answered(service_type: ServiceType, method: str, asked: Callable[[], T]) -> T | Problem:
    """The answer of a method, waited for with patience where it is the type's own."""
    if getattr(type(service_type), method) is getattr(ServiceType, method):
        return _guarded(service_type, method, asked)
    return _guarded(service_type, method, lambda: wait_for(service_type, method, asked))


def _guarded(service_type: ServiceType, name: str, call: Callable[[], T]) -> T | Problem:
    answer = _timed(service_type, name, call)
    if isinstance(answer, Failure):
        log.error("plugin %s failed in %s", service_type.code, name, exc_info=answer.error)
    return answer


def _timed(service_type: ServiceType, name: str, call: Callable[[], T]) -> T | Failure:
    started = perf_counter()
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # whatever goes wrong in a plugin is its own matter
        return _failure(service_type, name, error)
    finally:
        if (seconds := perf_counter() - started) > time_limits.BUDGET_SECONDS:
            log.warning("plugin %s took %.1f s in %s", service_type.code, seconds, name)


def _failure(service_type: ServiceType, name: str, error: BaseException) -> Failure:
    text = Label(
        f"افزونهٔ «{service_type.label.fa}» از کار افتاد و چیزی ثبت نشد.",
        f"The plugin of “{service_type.label.en}” failed, and nothing was saved.",
    )
    params = {"service_type": service_type.code, "call": name}
    return Failure(ErrorCode.PLUGIN_FAILURE, params=params, text=text, error=error)
