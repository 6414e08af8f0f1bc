"""The validator of fields that must be filled in."""

from dataclasses import dataclass

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

REQUIRED = "این را بنویسید."
CHOOSE = "یکی را برگزینید."
NOTHING: tuple[object, ...] = (None, "", [], ())
"""What says that nothing was filled in; the number 0 was."""


@dataclass(frozen=True)
class Required:
    """The validator of a field that must be filled in. What could not be read has its own error already."""

    message: str

    @property
    def field_flags(self) -> dict[str, bool]:
        """What WTForms notes on the field, for its label."""
        return {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop the other validators where nothing was filled in."""
        if field.data in NOTHING:
            raise StopValidation("" if field.process_errors else self.message)


def required() -> Required:
    """For what is written."""
    return Required(REQUIRED)


def chosen() -> Required:
    """For what is chosen."""
    return Required(CHOOSE)
