"""What faces answer when there is no page to show: forbidden, not found, refused, failed, away."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, make_response, render_template, request
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
)
from werkzeug.wrappers import Response

from backoffice.access import viewer
from backoffice.pages.face import Face
from backoffice.query.cursors import InvalidPage


@dataclass(frozen=True)
class State:
    """The words of one such page, and whether it can be shown inside the usual frame, which reads the database."""

    title: str
    text: str
    icon_name: str
    framed: bool = True


STATES: Mapping[type[HTTPException], State] = {
    BadRequest: State(
        "درخواست پذیرفته نشد",
        "شاید این صفحه زمان درازی باز مانده است. آن را دوباره باز کنید و از نو بفرستید.",
        "alert-triangle",
    ),
    Forbidden: State(
        "اجازهٔ این کار را ندارید", "اگر باید داشته باشید، از سرپرست یا مدیر سامانه بخواهید.", "shield-off"
    ),
    NotFound: State(
        "پیدا نشد",
        "چنین صفحه‌ای نیست، یا آنچه می‌جویید در دسترس شما نیست. نشانی را ببینید یا جست‌وجو کنید.",
        "search",
    ),
    RequestEntityTooLarge: State("بزرگ‌تر از اندازه", "آنچه فرستادید بزرگ‌تر از اندازهٔ پذیرفتنی است.", "ban"),
    InternalServerError: State(
        "خطایی رخ داد", "چیزی ذخیره نشد. دوباره بیازمایید و اگر ماند، به مدیر سامانه خبر دهید.", "alert-triangle", False
    ),
    ServiceUnavailable: State(
        "سامانه اکنون در دسترس نیست", "چند ثانیهٔ دیگر دوباره بیازمایید؛ چیزی ذخیره نشد.", "clock", False
    ),
}


Answer: TypeAlias = Response | HTTPException


def answering(face: Face, *, programs: Collection[str]) -> Callable[[HTTPException], Answer]:
    """What answers an error: a page, in the face's frame at its addresses and bare at all others.

    Addresses that begin with one of ``programs`` are asked by programs: there the error stays as it is.
    """

    def answer(error: HTTPException) -> Answer:
        return error if request.path.startswith(tuple(programs)) else _shown(error, face)

    return answer


def answer_errors(app: Flask, answer: Callable[[HTTPException], Answer]) -> None:
    """Let ``answer`` answer whatever goes wrong on ``app``."""
    for kind in (*STATES, MethodNotAllowed):
        app.register_error_handler(kind, answer)
    app.register_error_handler(viewer.Forbidden, lambda error: answer(Forbidden()))
    app.register_error_handler(InvalidPage, lambda error: answer(BadRequest()))


def _shown(error: HTTPException, face: Face) -> Response:
    """The page with the error's status and headers; for htmx its title alone, which the page around it replaces."""
    state = next((STATES[kind] for kind in type(error).__mro__ if kind in STATES), STATES[NotFound])
    text = state.title if request.headers.get("HX-Request") else _page(state, face)
    response = make_response(text, error.code or 500)
    retry = error.get_response().headers.get("Retry-After")
    if retry:
        response.headers["Retry-After"] = retry
    return response


def _page(state: State, face: Face) -> str:
    if state.framed and face.holds(request.path):
        return render_template("pages/state.html", state=state, face=face, frame=face.around)
    return render_template("pages/failure.html", state=state, face=face)
