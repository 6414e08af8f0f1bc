"""Values that never change, remembered by what identifies them, as many as fit."""

from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The ``most`` values asked for last, for every thread of the process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, Value] = {}
        self._lock = Lock()

    def get(self, key: str) -> Value | None:
        """The value of ``key``, while it is remembered."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._values[key] = value
            return value

    def keep(self, key: str, value: Value) -> Value:
        """Remember ``value``; the one that nobody asked for longest is forgotten for it."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                del self._values[next(iter(self._values))]
            return value
