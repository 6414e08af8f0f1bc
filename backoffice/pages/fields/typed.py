"""What fields have in common whose value is typed as text, in digits of any set."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import Field

from backoffice.domain.text import to_latin_digits
from backoffice.pages.language import language
from backoffice.wording import digits


class TypedField(Field):
    """A value typed as text: what was typed is shown again when it cannot be read."""

    ltr: ClassVar[bool] = True
    inputmode: ClassVar[str] = "numeric"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = to_latin_digits(valuelist[0]).strip() if valuelist else ""
        self.data = self.read(text) if text else None

    def read(self, text: str) -> object:
        """The value of a text in Latin digits; raises ValueError with what to tell the reader."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as people read it."""
        return digits(str(value), language())

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)
