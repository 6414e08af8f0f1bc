"""What the web answers when something below the faces fails: 403 without a permission, 503 while the database is away.

The exceptions become HTTP exceptions here; how such a page looks is each face's own matter. GraphQL answers its
failures itself, with its own codes.
"""

from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from werkzeug.exceptions import Forbidden as HttpForbidden
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.sansio.response import Response

from backoffice.access.viewer import Forbidden
from backoffice.operations.retrying import DatabaseBusy

RETRY_AFTER_SECONDS = 5
AWAY = (OperationalError, InterfaceError, TimeoutError, DatabaseBusy)
"""What the database raises when it is not there, not answering, or refuses because of others."""


def answer_failures(app: Flask) -> None:
    """Give ``app`` an answer to each failure that it can name; any other is 500 and a line in the log."""

    @app.errorhandler(Forbidden)
    def forbidden(error: Forbidden) -> Response | HttpForbidden:
        return app.handle_http_exception(HttpForbidden())

    def unavailable(error: Exception) -> Response | ServiceUnavailable:
        app.logger.error("the database is away: %s", type(error).__name__)
        return app.handle_http_exception(ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS))

    for kind in AWAY:
        app.register_error_handler(kind, unavailable)
