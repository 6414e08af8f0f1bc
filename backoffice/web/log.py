"""The desk's log: a line for each thing that went wrong or is worth knowing, for programs or for people to read.

Each says when, how bad, by whom, in which request and during which operation. What people typed stays out: telephone
numbers and codes are masked, and of an error of the database its kind and its statement are told, never its values.
Every module logs by ``logging``, as libraries do; structlog makes the lines of all of them.
"""

import logging
import re
import sys

from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor, WrappedLogger

from backoffice.operations.under_way import OPERATION

MASK = "•••"
NUMBERS = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?(?:[0-9۰-۹٠-٩][ -]?){6,}[0-9۰-۹٠-٩](?![\w-])")
"""Seven digits and more, in any script: telephone numbers, national ids, codes. Days stay, and the ids of rows."""

TOKENS = re.compile(r"\bbo_\w+")
VALUES = re.compile(
    r"^(?:DETAIL|CONTEXT|PARAMETERS):.*$\n?|^\[(?:SQL )?parameters:.*\]$\n?", re.MULTILINE | re.IGNORECASE
)
"""Where the database and SQLAlchemy say which values they mean."""

NEVER_TYPED = frozenset({"time", "level", "logger", "request", "operation"})
"""The parts of a line that the desk itself gives, and whose digits stay."""


def write_log(*, in_production: bool) -> None:
    """Write the log of this process to standard error: JSON in production, else text.

    Where somebody else has configured the log of the process, such as the server that serves ``backoffice.wsgi``,
    nothing is changed.
    """
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(json_lines() if in_production else text_lines(colors=sys.stderr.isatty()))
    root.addHandler(handler)
    logging.getLogger("backoffice").setLevel(logging.INFO)


def json_lines() -> logging.Formatter:
    """One JSON object a line."""
    return _lines(JSONRenderer(ensure_ascii=False))


def text_lines(*, colors: bool) -> logging.Formatter:
    """Text for whoever watches the terminal; a trace follows on lines of its own."""
    return _lines(ConsoleRenderer(colors=colors, timestamp_key="time", exception_formatter=plain_traceback))


def _lines(renderer: Processor) -> logging.Formatter:
    """The lines of every record, whoever made it, as ``renderer`` writes them."""
    known = (TimeStamper("iso", key="time"), add_log_level, add_logger_name, merge_contextvars, add_operation)
    told = (format_exc_info, mask, ProcessorFormatter.remove_processors_meta)
    return ProcessorFormatter(processors=[*known, *told, renderer])


def add_operation(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say during which operation, where one was begun."""
    operation = OPERATION.get()
    return event if operation is None else {**event, "operation": operation}


def mask(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask what people may have typed, wherever in a line it stands."""
    typed = {name: part for name, part in event.items() if isinstance(part, str) and name not in NEVER_TYPED}
    return {**event, **{name: masked(part) for name, part in typed.items()}}


def masked(text: str) -> str:
    """``text`` without telephone numbers, codes, tokens and the values of statements."""
    return TOKENS.sub(MASK, NUMBERS.sub(MASK, VALUES.sub("", text)))
