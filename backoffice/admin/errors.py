"""What the admin answers when there is no page to show: forbidden, not found, refused, failed, away."""

from collections.abc import Mapping
from dataclasses import dataclass

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

FOR_PROGRAMS = ("/graphql", "/healthz", "/readyz", "/admin/static/")


def answer_errors(app: Flask) -> None:
    """Show our own page for what goes wrong, but at the addresses that programs ask."""
    for kind in (*STATES, MethodNotAllowed):
        app.register_error_handler(kind, shown)
    app.register_error_handler(viewer.Forbidden, lambda error: shown(Forbidden()))
    app.register_error_handler(InvalidPage, lambda error: shown(BadRequest()))


def shown(error: HTTPException) -> Response | HTTPException:
    """The page with the error's status and headers; for htmx its title alone, which the page around it replaces."""
    if request.path.startswith(FOR_PROGRAMS):
        return error
    state = next((STATES[kind] for kind in type(error).__mro__ if kind in STATES), STATES[NotFound])
    text = state.title if request.headers.get("HX-Request") else _page(state)
    response = make_response(text, error.code or 500)
    retry = error.get_response().headers.get("Retry-After")
    if retry:
        response.headers["Retry-After"] = retry
    return response


def _page(state: State) -> str:
    template = "state" if state.framed and is_admin() else "failure"
    return render_template(f"admin/{template}.html", state=state)


def is_admin() -> bool:
    """Whether the address is one of our pages."""
    return request.path.startswith("/admin/") and not request.path.startswith("/admin/static/")
