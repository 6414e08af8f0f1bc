"""Texts, codes and lists by lines."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms import Field

from backoffice.domain.text import to_latin_digits


class TextField(Field):
    """A line of text, without blanks around it; an empty one is None."""

    ltr: ClassVar[bool] = False
    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0].strip() or None) if valuelist else None

    def _value(self) -> str:
        return self.data or ""


class CodeField(TextField):
    """A code or serial number: written from left to right, its digits Latin."""

    ltr = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.data = to_latin_digits(self.data) if self.data else None


class LongTextField(TextField):
    """Several lines of text; empty is None."""


class SourceField(LongTextField):
    """A text for machines, line by line as it was written; one of blanks alone is None."""

    ltr = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0].replace("\r\n", "\n") if valuelist else ""
        self.data = text if text.strip() else None


class LinesField(Field):
    """A list, one value on each line."""

    data: Sequence[str] | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        lines = valuelist[0].splitlines() if valuelist else ()
        self.data = tuple(line.strip() for line in lines if line.strip())

    def _value(self) -> str:
        return "\n".join(self.data or ())
