"""The desk's log: a line for each thing that went wrong or is worth knowing, for programs or for people to read.

Each says when, how bad, by whom, in which request and during which operation. What people typed stays out: telephone
numbers and codes are masked, and of an error of the database its kind and its statement are told, never its values.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from logging import LogRecord

from flask import g, has_request_context
from typing_extensions import override

from backoffice.operations.under_way import OPERATION

MASK = "•••"
NUMBERS = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?(?:[0-9۰-۹٠-٩][ -]?){6,}[0-9۰-۹٠-٩](?![\w-])")
"""Seven digits and more, in any script: telephone numbers, national ids, codes. Days stay, and the ids of rows."""

TOKENS = re.compile(r"\bbo_\w+")
VALUES = re.compile(
    r"^(?:DETAIL|CONTEXT|PARAMETERS):.*$\n?|^\[(?:SQL )?parameters:.*\]$\n?", re.MULTILINE | re.IGNORECASE
)
"""Where the database and SQLAlchemy say which values they mean."""


def write_log(*, in_production: bool) -> None:
    """Write the log of this process to standard error: JSON in production, else text.

    Where somebody else has configured the log of the process, such as the server that serves ``backoffice.wsgi``,
    nothing is changed.
    """
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines() if in_production else TextLines())
    root.addHandler(handler)
    logging.getLogger("backoffice").setLevel(logging.INFO)


class Lines(logging.Formatter):
    """What a record says, by the names that programs know it by."""

    def said(self, record: LogRecord) -> Mapping[str, str]:
        """The parts of a line in their order, without those that there are not."""
        parts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": g.get("request_id") if has_request_context() else None,
            "operation": OPERATION.get(),
            "event": masked(record.getMessage()),
            "exception": masked(self.formatException(record.exc_info)) if record.exc_info else None,
        }
        return {name: part for name, part in parts.items() if part}


class JSONLines(Lines):
    """One JSON object a line."""

    @override
    def format(self, record: LogRecord) -> str:
        return json.dumps(self.said(record), ensure_ascii=False)


class TextLines(Lines):
    """Text for whoever watches the terminal; a trace follows on lines of its own."""

    @override
    def format(self, record: LogRecord) -> str:
        said = self.said(record)
        about = " ".join(f"{name}={said[name]}" for name in ("request", "operation") if name in said)
        first = f"{said['time']} {said['level']:<8} {said['logger']}: {said['event']}"
        return "\n".join(filter(None, (f"{first} [{about}]" if about else first, said.get("exception"))))


def masked(text: str) -> str:
    """``text`` without telephone numbers, codes, tokens and the values of statements."""
    return TOKENS.sub(MASK, NUMBERS.sub(MASK, VALUES.sub("", text)))
