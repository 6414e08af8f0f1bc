"""What the admin answers when there is no page to show: forbidden, not found, not now."""

from dataclasses import dataclass

from flask import Flask, make_response, render_template, request
from werkzeug.exceptions import Forbidden as HttpForbidden
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response

from backoffice.access.viewer import Forbidden
from backoffice.query.cursors import InvalidPage


@dataclass(frozen=True)
class State:
    """The words of one such page."""

    status: int
    title: str
    text: str
    icon_name: str


FORBIDDEN = State(
    403, "اجازهٔ این کار را ندارید", "اگر باید داشته باشید، از سرپرست یا مدیر سامانه بخواهید.", "shield-off"
)
NOT_FOUND = State(
    404, "پیدا نشد", "چنین صفحه‌ای نیست، یا آنچه می‌جویید در دسترس شما نیست. نشانی را ببینید یا جست‌وجو کنید.", "search"
)
BAD_PAGE = State(
    400, "این صفحه از فهرست پیدا نشد", "نشانی صفحه درست نیست؛ فهرست را از آغاز باز کنید.", "alert-triangle"
)


def is_admin() -> bool:
    """Whether the request in hand is for the admin's pages, not for its files."""
    return request.path.startswith("/admin/") and not request.path.startswith("/admin/static/")


def state_page(state: State) -> Response:
    """The page; for htmx the words alone, under the same status."""
    if request.headers.get("HX-Request"):
        return make_response(state.title, state.status)
    shown = render_template("admin/state.html", title=state.title, text=state.text, icon_name=state.icon_name)
    return make_response(shown, state.status)


def _forbidden(error: Forbidden | HttpForbidden) -> Response | HTTPException | HttpForbidden:
    if not is_admin():
        return error if isinstance(error, HTTPException) else HttpForbidden()
    return state_page(FORBIDDEN)


def _not_found(error: HTTPException) -> Response | HTTPException:
    return state_page(NOT_FOUND) if is_admin() else error


def _bad_page(error: InvalidPage) -> Response:
    return state_page(BAD_PAGE)


def answer_errors(app: Flask) -> None:
    """Show our own page for what goes wrong under /admin/; other addresses keep their answers."""
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(HttpForbidden, _forbidden)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(MethodNotAllowed, _not_found)
    app.register_error_handler(InvalidPage, _bad_page)
