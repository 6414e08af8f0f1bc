"""A page in the making, for whoever reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_babel import Babel


@contextmanager
def page_in(language: str) -> Iterator[None]:
    """While this lasts, a page is being made for somebody who reads this language."""
    app = Flask(__name__)
    Babel(app, default_locale=language)
    with app.test_request_context():
        yield
