"""What a page carries from one request to the next."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from wtforms import Field
from wtforms.widgets import HiddenInput

from backoffice.pages.fields.numbers import MOST_DIGITS
from backoffice.pages.fields.text_fields import TextField


class HiddenTextField(TextField):
    """What the page carries from one request to the next."""

    widget = HiddenInput()


class VersionField(Field):
    """The version of an object as it was read; ``number`` is 0, which no version is, where it was not given."""

    widget = HiddenInput()
    data: int | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None

    @property
    def number(self) -> int:
        """The version."""
        return self.data or 0

    def _value(self) -> str:
        return str(self.number)


class SeenAtField(Field):
    """The instant at which the page was made; None where it was not given."""

    widget = HiddenInput()
    data: datetime | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        with suppress(ValueError):
            instant = datetime.fromisoformat(valuelist[0] if valuelist else "")
            self.data = None if instant.tzinfo is None else instant

    def _value(self) -> str:
        return "" if self.data is None else self.data.isoformat()


class RepeatKeyField(HiddenTextField):
    """A random key that makes sending one form twice the same as sending it once."""

    def __init__(self, label: str = "", **arguments: Any) -> None:
        super().__init__(label, default=_new_key, **arguments)

    def renew(self) -> None:
        """Begin another form: what is sent next is not what was sent before."""
        self.data = _new_key()


def _new_key() -> str:
    return secrets.token_urlsafe(16)
