"""What is asked and recorded with a service, loaded and spelled by its type; each set of values once, there are few."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from backoffice.demo.operation_player import DemoFailed
from backoffice.domain.problem import Problem
from backoffice.plugins import Part, ServiceType, calls


@dataclass(frozen=True)
class Filled:
    """Values as the type's methods get them, and as they are stored."""

    values: Mapping[str, object]
    stored: Mapping[str, object]


class Forms:
    """Requests and results filled in so far."""

    def __init__(self) -> None:
        self._filled: dict[tuple[str, Part, bytes], Filled] = {}

    def filled(self, service_type: ServiceType, part: Part, raw: Mapping[str, object]) -> Filled:
        """``raw`` as the type reads it; ``DemoFailed`` when the type refuses it."""
        key = (service_type.code, part, orjson.dumps(raw, option=orjson.OPT_SORT_KEYS))
        if key not in self._filled:
            self._filled[key] = _fill(service_type, part, raw)
        return self._filled[key]


def _fill(service_type: ServiceType, part: Part, raw: Mapping[str, object]) -> Filled:
    loaded = calls.load(service_type, part, raw)
    stored = loaded.problems or calls.dump(service_type, part, loaded.values)
    if isinstance(stored, Problem | tuple):
        raise DemoFailed(f"{service_type.code}: {stored}")
    return Filled(loaded.values, stored)
