"""GraphQL over HTTP: which media type is answered in, and which status an answer has."""

import re

from flask import Request
from werkzeug.datastructures import MIMEAccept

from backoffice.schema.errors import Code, RequestRefused
from backoffice.schema.execution import Answer
from backoffice.wording import LANGUAGES

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
HTML = "text/html"
UTF_8 = re.compile(r"\s*;\s*charset=\"?utf-?8\"?", re.IGNORECASE)


def media_type(request: Request) -> str:
    """The media type to answer in: what the client likes best or names first, JSON where that is all the same.

    Raises ``RequestRefused`` for a client that accepts neither.
    """
    if not request.accept_mimetypes:
        return JSON
    accepted = _accepted(request)
    chosen = max((JSON, GRAPHQL), key=lambda media: (accepted.quality(media), -accepted.find(media)))
    if not accepted.quality(chosen):
        raise RequestRefused(Code.BAD_REQUEST, f"The answer is {GRAPHQL} or {JSON}.", status=406)
    return chosen


def _accepted(request: Request) -> MIMEAccept:
    """What the client accepts; that it wants UTF-8 needs no saying, for every answer is in it."""
    return MIMEAccept((UTF_8.sub("", media), quality) for media, quality in request.accept_mimetypes)


def wants_page(request: Request) -> bool:
    """Whether a browser asks for something to look at, not a program for an answer."""
    if request.method != "GET" or "query" in request.args:
        return False
    return request.accept_mimetypes.best_match([JSON, GRAPHQL, HTML]) == HTML


def status_of(answer: Answer, media: str) -> int:
    """200, but 400 in GraphQL's own media type for a document that was not executed (GraphQL over HTTP, 6.4)."""
    return 400 if media == GRAPHQL and not answer.executed else 200


def language_of(request: Request, usual: str) -> str:
    """The language to answer in: the first of ours that ``Accept-Language`` asks for, else the viewer's usual one."""
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in asked if language in LANGUAGES), usual)
