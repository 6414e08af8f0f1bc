"""What the web answers while the database is away: 503, and when to come back.

The exceptions become an HTTP exception here; how its page looks is each face's own matter. GraphQL answers its failures
itself, with its own codes.
"""

from collections.abc import Callable

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from backoffice.operations.retrying import DATABASE_IS_AWAY

RETRY_AFTER_SECONDS = 5


def answer_failures(app: Flask) -> None:
    """Give ``app`` its answer for a database that is away; any other failure is 500 and a trace in the log."""

    def unavailable(error: Exception) -> ResponseReturnValue:
        app.logger.error("the database is away: %s", type(error).__name__)
        return app.handle_http_exception(ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS))

    for kind in DATABASE_IS_AWAY:
        app.register_error_handler(kind, unavailable)
    _answer_the_last_step(app, unavailable)


def _answer_the_last_step(app: Flask, unavailable: Callable[[Exception], ResponseReturnValue]) -> None:
    """The session is kept after the handlers have had their turn: Flask asks this for what fails there."""
    otherwise = app.handle_exception

    def failed(e: Exception) -> Response:
        if not isinstance(e, DATABASE_IS_AWAY):
            return otherwise(e)
        return app.finalize_request(unavailable(e), from_error_handler=True)

    app.handle_exception = failed  # type: ignore[method-assign]  # the place that Flask has for it
