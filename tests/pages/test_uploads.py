"""Files that staff send: how long a request may be, and what the page carries back."""

import io

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from backoffice.pages.uploads import LONGEST_REQUEST, Upload, allow_uploads, uploaded

MEGABYTE = 1_000_000


def app_with_limits() -> Flask:
    """Two addresses that read their form, of which one takes files, behind a guard that reads every form."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MEGABYTE, MAX_FORM_MEMORY_SIZE=MEGABYTE)
    app.before_request(lambda: request.form.get("csrf_token") and None)
    for name in ("files", "forms"):
        app.add_url_rule(f"/{name}", f"{name}.index", lambda: str(len(request.form["text"])), methods=["POST"])
    app.register_error_handler(RequestEntityTooLarge, lambda error: ("too large", 413))
    allow_uploads(app, frozenset({"files"}))
    return app


def post(address: str, length: int) -> int:
    """The status of the answer to a form whose one field is that long."""
    head = '--edge\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    body = head.encode() + b"a" * length + b"\r\n--edge--\r\n"
    sent = app_with_limits().test_client().post(address, data=body, content_type="multipart/form-data; boundary=edge")
    return sent.status_code


def test_only_pages_that_take_files_are_sent_long_requests() -> None:
    assert (post("/files", 2 * MEGABYTE), post("/forms", 2 * MEGABYTE)) == (200, 413)


def test_a_file_page_has_its_limit_too() -> None:
    assert post("/files", LONGEST_REQUEST) == 413


def test_what_the_page_carries_is_the_file_again() -> None:
    sent = Upload("نرخ‌ها.csv", bytes(range(256)))
    form = {"file_name": sent.name, "file_content": sent.carried}
    with Flask(__name__).test_request_context("/", method="POST", data=form):
        assert uploaded() == sent


def test_a_chosen_file_comes_before_the_one_the_page_carries() -> None:
    form = {"file": (io.BytesIO(b"new"), "new.csv"), "file_name": "old.csv", "file_content": Upload("", b"old").carried}
    with Flask(__name__).test_request_context("/", method="POST", data=form):
        assert uploaded() == Upload("new.csv", b"new")
