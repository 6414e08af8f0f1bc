"""Top-level errors: what kind, for programs, and no word about the inside of the desk."""

import logging
from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import Any

from graphql import GraphQLError

from backoffice.access.viewer import Forbidden
from backoffice.operations.retrying import DATABASE_IS_AWAY
from backoffice.query.cursors import InvalidPage
from backoffice.schema.cost import TooManyObjects
from backoffice.schema.scalars import SumTooLarge
from backoffice.schema.user_errors import Refused, user_error

log = logging.getLogger(__name__)

MOST_ERRORS = 5
"""More errors than these are cut off."""

OF_AN_ARGUMENT = "Argument '"
"""How graphql-core's message begins when the value of a variable does not fit where it stands."""


class Code(StrEnum):
    """``extensions.code`` of a top-level error."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

    BAD_REQUEST = auto()
    GRAPHQL_VALIDATION_FAILED = auto()
    UNAUTHENTICATED = auto()
    FORBIDDEN = auto()
    LIMIT_EXCEEDED = auto()
    RATE_LIMITED = auto()
    UNAVAILABLE = auto()
    INTERNAL = auto()


MESSAGES: Mapping[Code, str] = {
    Code.UNAUTHENTICATED: "Sign in, or send an API token.",
    Code.RATE_LIMITED: "Too many requests; try again later.",
    Code.UNAVAILABLE: "The desk is not available at the moment; try again soon.",
    Code.INTERNAL: "An internal error; the desk's log has it under the request id.",
}


class RequestRefused(Exception):
    """A request is refused as a whole. ``status`` is the HTTP status; the message is for the client's author."""

    def __init__(self, code: Code, message: str | None = None, *, status: int = 400) -> None:
        super().__init__(message or MESSAGES[code])
        self.code = code
        self.message = message or MESSAGES[code]
        self.status = status


Formatted = dict[str, Any]


def formatted(code: Code, message: str, request_id: str, **more: object) -> Formatted:
    """One error as the response has it; ``more`` are its path and locations."""
    return {"message": message, **more, "extensions": {"code": code, "requestId": request_id}}


def request_errors(errors: Sequence[GraphQLError], code: Code, request_id: str) -> list[Formatted]:
    """The errors of a document that was not executed: they speak of the document only."""
    return [formatted(code, error.message, request_id, **_places(error)) for error in errors[:MOST_ERRORS]]


def field_errors(errors: Sequence[GraphQLError], language: str, request_id: str) -> list[Formatted]:
    """The errors of fields, each coded; unexpected ones are masked, and told in the log."""
    return [_field_error(error, language, request_id) for error in errors[:MOST_ERRORS]]


def refuse_unavailable(errors: Sequence[GraphQLError]) -> None:
    """Refuse the whole request, whose answer would have holes, when the database was away for one of its fields."""
    for error in errors:
        if isinstance(error.original_error, DATABASE_IS_AWAY):
            log.error("the database is away", exc_info=error.original_error)
            raise RequestRefused(Code.UNAVAILABLE, status=503)


def _field_error(error: GraphQLError, language: str, request_id: str) -> Formatted:
    cause = error.original_error
    code, message = _told(error, cause)
    if code is Code.INTERNAL:
        log.error("a field failed at %s", error.path, exc_info=cause or error)
    made = formatted(code, message, request_id, **_places(error))
    if isinstance(cause, Refused):
        made["extensions"]["errors"] = [_plain(user_error(problem, language)) for problem in cause.problems]
    return made


def _told(error: GraphQLError, cause: Exception | None) -> tuple[Code, str]:
    match cause:
        case None | GraphQLError() if error.message.startswith(OF_AN_ARGUMENT):
            return Code.BAD_REQUEST, error.message
        case Forbidden(permission=permission):
            return Code.FORBIDDEN, f"The permission {permission} is missing."
        case InvalidPage(code=code, message=message):
            return Code(code), message
        case TooManyObjects() | SumTooLarge():
            return Code.LIMIT_EXCEEDED, str(cause)
        case Refused():
            return Code.BAD_REQUEST, "The input was refused; extensions.errors says why."
        case _:
            return Code.INTERNAL, MESSAGES[Code.INTERNAL]


def _places(error: GraphQLError) -> dict[str, object]:
    """Where in the document and in the answer, as far as known."""
    places = {"locations": error.formatted.get("locations"), "path": error.path}
    return {name: place for name, place in places.items() if place}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
