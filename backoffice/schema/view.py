"""``/graphql``: the one address of the API, and GraphiQL for browsers where it is enabled."""

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Request, Response, g, request
from werkzeug.exceptions import HTTPException, default_exceptions

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.operations.desk import Desk
from backoffice.operations.retrying import DATABASE_IS_AWAY
from backoffice.query.kept_plans import Plans
from backoffice.schema import graphiql as graphiql_page
from backoffice.schema.build import build_schema
from backoffice.schema.compose import Offered
from backoffice.schema.context import context_of
from backoffice.schema.errors import MESSAGES, Code, RequestRefused, formatted
from backoffice.schema.execution import Answer, Engine, answer
from backoffice.schema.guard import BODY_BYTES, json_object, question_of
from backoffice.schema.negotiation import JSON, language_of, media_type, status_of, wants_page
from backoffice.schema.planned import graphql_schema

log = logging.getLogger(__name__)

ADDRESS = "/graphql"
METHODS = ("GET", "HEAD", "POST")
REFUSED_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
RETRY_AFTER_SECONDS = "5"

Authenticate = Callable[[], Viewer | None]

CODE_OF_STATUS: Mapping[int, Code] = {
    401: Code.UNAUTHENTICATED,
    403: Code.FORBIDDEN,
    413: Code.LIMIT_EXCEEDED,
    429: Code.RATE_LIMITED,
    503: Code.UNAVAILABLE,
}


def graphql_blueprint(
    desk: Desk, authenticate: Authenticate, *, graphiql: bool = False, in_production: bool = False
) -> Blueprint:
    """The API of ``desk``, whose plugins all fit into the schema (see ``build.fitting``).

    ``authenticate`` gives the viewer of the request in hand, None for nobody; it may raise ``Forbidden``. GraphiQL is
    served when ``graphiql`` is set; names are suggested for mistyped ones only outside production.
    """
    offered = Offered(operations=desk.operations)
    engine = Engine(graphql_schema(build_schema(desk.registry, offered)), suggestions=not in_production)
    face = _Face(desk, authenticate, engine, Plans(offered.entities, desk.registry))
    blueprint = Blueprint(
        "graphql", __name__, template_folder="templates", static_folder="static", static_url_path=f"{ADDRESS}/static"
    )

    @blueprint.route(ADDRESS, methods=[*METHODS, *REFUSED_METHODS], provide_automatic_options=False)
    def graphql() -> Response:
        if graphiql and wants_page(request):
            return graphiql_page.page()
        return face.respond(request)

    for status in default_exceptions:  # each by its own, or the application's handlers of the same would go first
        blueprint.register_error_handler(status, _http_refusal)
    return blueprint


@dataclass(frozen=True)
class _Face:
    desk: Desk
    authenticate: Authenticate
    engine: Engine
    plans: Plans

    def respond(self, asked: Request) -> Response:
        """The response to a request, whatever comes of it: JSON always."""
        media = JSON
        try:
            media = media_type(asked)
            found = self._answer(asked)
        except RequestRefused as refused:
            return _refusal(refused, media)
        except Forbidden as forbidden:
            return _refusal(RequestRefused(Code.FORBIDDEN, str(forbidden), status=403), media)
        except DATABASE_IS_AWAY as away:
            log.error("the database is away: %s", type(away).__name__)
            return _refusal(RequestRefused(Code.UNAVAILABLE, status=503), media)
        except HTTPException as error:
            return _http_refusal(error)
        except Exception:  # whatever went wrong, a program gets JSON, and the log has the trace
            log.exception("the request failed")
            return _refusal(RequestRefused(Code.INTERNAL, status=500), media)
        return _response(found.document, status_of(found, media), media)

    def _answer(self, asked: Request) -> Answer:
        if asked.method not in METHODS:
            raise RequestRefused(Code.BAD_REQUEST, f"The method is one of {', '.join(METHODS)}.", status=405)
        viewer = self.authenticate()
        if viewer is None:
            raise RequestRefused(Code.UNAUTHENTICATED, status=401)
        question = question_of(_parameters(asked))
        language = language_of(asked, viewer.language)
        context = context_of(self.desk, viewer, plans=self.plans, language=language, request_id=request_id())
        return answer(self.engine, question, context, changes=asked.method == "POST")


def request_id() -> str:
    """The id of the request in hand: the application's, or one of our own."""
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex
    found: str = g.request_id
    return found


def _parameters(asked: Request) -> Mapping[str, object]:
    if asked.method != "POST":
        return _of_address(asked)
    if asked.headers.get("Content-Encoding", "identity") != "identity":
        raise RequestRefused(Code.BAD_REQUEST, "Compressed bodies are not accepted.", status=415)
    if asked.mimetype != JSON or asked.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise RequestRefused(Code.BAD_REQUEST, f"The body is {JSON} in UTF-8.", status=415)
    asked.max_content_length = BODY_BYTES
    return json_object(asked.get_data(cache=False))


def _of_address(asked: Request) -> Mapping[str, object]:
    """The parameters of a GET: ``variables`` and ``extensions`` are JSON."""
    parameters: dict[str, object] = {
        name: asked.args[name] for name in ("query", "operationName") if name in asked.args
    }
    for name in ("variables", "extensions"):
        if asked.args.get(name):
            parameters[name] = json_object(asked.args[name])
    return parameters


def _refusal(refused: RequestRefused, media: str) -> Response:
    errors = [formatted(refused.code, refused.message, request_id())]
    response = _response({"errors": errors}, refused.status, media)
    if refused.status == 503:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    if refused.status == 405:
        response.headers["Allow"] = "POST" if request.method == "GET" else ", ".join(METHODS)
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="backoffice"'
    return response


def _http_refusal(error: HTTPException) -> Response:
    """What Flask itself refuses, as JSON, with the headers that belong to it."""
    status = error.code or 500
    code = CODE_OF_STATUS.get(status, Code.BAD_REQUEST if status < 500 else Code.INTERNAL)
    message = MESSAGES.get(code, error.description or error.name)
    response = _response({"errors": [formatted(code, message, request_id())]}, status, JSON)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _response(document: Mapping[str, object], status: int, media: str) -> Response:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    response = Response(body, status, content_type=f"{media}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
    return response
