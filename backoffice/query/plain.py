"""Objects of the answer that are no rows: price lines, reasons, service types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from backoffice.domain.label import Label
from backoffice.query.context import Context
from backoffice.query.selection import TYPENAME, Field, Selection

T = TypeVar("T")


@dataclass(frozen=True)
class Plain(Generic[T]):
    """A GraphQL type over values of ``T``; each field is a function of the value, what was asked and the context."""

    name: str
    fields: Mapping[str, Callable[[T, Field, Context], object]]

    def shape(self, value: T, selection: Selection | None, context: Context) -> dict[str, object]:
        """The value's dict by response keys."""
        asked = (selection or Selection({})).of(self.name)
        return {one.key: self._value(value, one, context) for one in asked}

    def _value(self, value: T, field: Field, context: Context) -> object:
        return self.name if field.name == TYPENAME else self.fields[field.name](value, field, context)

    def one(self, field: Field, context: Context) -> Callable[[T], object]:
        """For ``Computed``: the dict of one value."""
        return lambda value: self.shape(value, field.selection, context)

    def many(self, field: Field, context: Context) -> Callable[[Sequence[T]], object]:
        """For ``Computed``: the dicts of a list of values."""
        return lambda values: [self.shape(value, field.selection, context) for value in values]


def language(field: Field, context: Context) -> str:
    """The language of a label or message: the argument's, else the viewer's."""
    return str(field.arguments.get("language") or context.viewer.language).lower()


def label(field: Field, context: Context) -> Callable[[Mapping[str, str]], object]:
    """For ``Computed``: the text of stored labels {"fa", "en"} in the asked language."""
    wanted = language(field, context)
    return lambda labels: Label(**labels).in_language(wanted)
