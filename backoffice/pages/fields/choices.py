"""Choices: one of a few, one of many, any of a few."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from wtforms import BooleanField, Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from backoffice.pages.fields.required import CHOOSE

Choice: TypeAlias = tuple[str, str]
"""A value and the words for it."""

Validators: TypeAlias = list[Any] | None


class OneOfField(Field):
    """One of a few choices, all to be seen; ``data`` is its value, or None where none is made.

    ``choices`` are pairs of value and words. What is not among them is refused.
    """

    data: str | None

    def __init__(
        self, label: str = "", validators: Validators = None, *, choices: Iterable[Choice] = (), **arguments: Any
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = (valuelist[0] or None) if valuelist else None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is not None and self.data not in {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice: its value, its words, whether it is made."""
        return [(value, words, value == str(self.data or "")) for value, words in self.choices]


class SelectOneField(OneOfField):
    """One of many choices."""


class ChecksField(Field):
    """Any of a few choices; ``data`` is the list of their values."""

    data: list[str] | None

    def __init__(
        self, label: str = "", validators: Validators = None, *, choices: Iterable[Choice], **more: Any
    ) -> None:
        super().__init__(label, validators, **more)
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [text for text in valuelist if text]

    def pre_validate(self, form: BaseForm) -> None:
        if not set(self.data or ()) <= {value for value, _ in self.choices}:
            raise ValidationError(CHOOSE)

    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice: its value, its words, whether it is made."""
        return [(value, words, value in (self.data or ())) for value, words in self.choices]


class CheckField(BooleanField):
    """A box to tick."""
