"""Try a service type as the desk will call it, before anybody meets its mistakes."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from backoffice.domain.coverage import Facts
from backoffice.plugins import calls
from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.raised_errors import told
from backoffice.plugins.situations import record_in, situations
from backoffice.plugins.time_limits import CHANCES, TookTooLong, is_stopped

Call: TypeAlias = Callable[[ServiceType, Facts], object]

CALLS: Mapping[str, Call] = {
    "request": lambda kind, facts: calls.load(kind, Part.REQUEST, {}).problems,
    "result": lambda kind, facts: calls.load(kind, Part.RESULT, {}).problems,
    "check": lambda kind, facts: calls.check(kind, {}, facts),
    "decide": lambda kind, facts: calls.decide(kind, {}, facts),
    "before_complete": lambda kind, facts: calls.before_complete(kind, record_in(facts, {}), {}, facts),
    "complete": lambda kind, facts: calls.complete(kind, record_in(facts, {}), {}, facts),
}
"""What the desk calls, with nothing asked and nothing recorded."""


def faults_of(service_type: ServiceType) -> Iterator[str]:
    """What it does wrong in any situation: the first fault of each call, until it takes too long."""
    everywhere = tuple(situations(service_type))
    for name, call in CALLS.items():
        errors = (_error(service_type, facts, call) for facts in everywhere)
        error = next((found for found in errors if found is not None), None)
        if error is not None:
            yield f"{name} fails: {told(error, type(service_type).__module__.split('.')[0])}"
        if is_stopped(service_type):
            return


def _error(service_type: ServiceType, facts: Facts, call: Call) -> BaseException | None:
    """What the call fails with. It has as many chances to be in time as in a process that serves."""
    error = None
    for _ in range(CHANCES):
        error = _asked(service_type, facts, call)
        if not isinstance(error, TookTooLong):
            break
    return error


def _asked(service_type: ServiceType, facts: Facts, call: Call) -> BaseException | None:
    answer = call(service_type, facts)
    answers = answer if isinstance(answer, tuple) else (answer,)
    return next((one.error for one in answers if isinstance(one, calls.Failure)), None)
