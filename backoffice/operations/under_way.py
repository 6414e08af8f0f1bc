"""Which operation is under way, for whoever writes a line about it: the log."""

from contextvars import ContextVar

OPERATION: ContextVar[str | None] = ContextVar("operation", default=None)
"""The name of the operation that was begun last in this request. It stays when that failed, which is told later."""
