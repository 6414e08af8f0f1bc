"""Try a service type as the desk will call it, before anybody meets its mistakes."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from time import perf_counter
from typing import TypeAlias

from backoffice.domain.coverage import Facts
from backoffice.plugins import calls
from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.raised import told
from backoffice.plugins.situations import record_in, situations

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
    """What it does wrong in any situation: the first fault of each call."""
    everywhere = tuple(situations(service_type))
    for name, call in CALLS.items():
        fault = next(filter(None, (_fault(service_type, facts, call) for facts in everywhere)), None)
        if fault is not None:
            yield f"{name} {fault}"


def _fault(service_type: ServiceType, facts: Facts, call: Call) -> str | None:
    """How this call goes wrong. It is too slow when it is each of three times: once, the machine may be busy."""
    seconds, answer = _timed(service_type, facts, call)
    for one in answer if isinstance(answer, tuple) else (answer,):
        if isinstance(one, calls.Failure) and one.error:
            return f"fails: {told(one.error, type(service_type).__module__.split('.')[0])}"
    again = (_timed(service_type, facts, call)[0] for _ in range(2))
    if all(each > calls.BUDGET_SECONDS for each in chain([seconds], again)):
        return f"takes longer than {calls.BUDGET_SECONDS:g} s"
    return None


def _timed(service_type: ServiceType, facts: Facts, call: Call) -> tuple[float, object]:
    started = perf_counter()
    answer = call(service_type, facts)
    return perf_counter() - started, answer
