"""Objects of the answer that are no rows: price lines, reasons, service types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from backoffice.domain.label import Label
from backoffice.plugins import Registry
from backoffice.query.moment import Moment
from backoffice.query.outline import Outline, Outlined
from backoffice.query.selection import TYPENAME

T = TypeVar("T")
Answer: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Plain(Generic[T]):
    """A type over values of ``T``; each field is a function of the value, what was asked and the moment, or plain."""

    name: str
    fields: Mapping[str, "Callable[[T, Outlined, Moment], object] | Each[T] | Perhaps[T]"]

    def shaper(self, outline: Outline) -> Callable[[T, Moment], Answer]:
        """The function that makes the dict of a value by response keys."""
        parts = [(one.key, self._part(one)) for one in outline.of(self.name)]
        return lambda value, moment: {key: part(value, moment) for key, part in parts}

    def _part(self, field: Outlined) -> Callable[[T, Moment], object]:
        if field.name == TYPENAME:
            return lambda value, moment: self.name
        kind = self.fields[field.name]
        if isinstance(kind, Each | Perhaps):
            return kind.part(field)
        return lambda value, moment: kind(value, field, moment)

    def one(self, field: Outlined, plugins: Registry) -> Callable[[Moment, T], object]:
        """For ``Computed``: the dict of one value."""
        shape = self.shaper(field.outline)
        return lambda moment, value: shape(value, moment)

    def many(self, field: Outlined, plugins: Registry) -> Callable[[Moment, Sequence[T]], object]:
        """For ``Computed``: the dicts of a list of values."""
        shape = self.shaper(field.outline)
        return lambda moment, values: [shape(value, moment) for value in values]


@dataclass(frozen=True)
class Each(Generic[T]):
    """A field whose value is a list of plain objects."""

    plain: Plain[Any]
    of: Callable[[T], Sequence[Any]]

    def part(self, field: Outlined) -> Callable[[T, Moment], object]:
        """The function that makes the dicts of a value's list."""
        shape = self.plain.shaper(field.outline)
        return lambda value, moment: [shape(one, moment) for one in self.of(value)]


@dataclass(frozen=True)
class Perhaps(Generic[T]):
    """A field whose value is a plain object, or None."""

    plain: Plain[Any]
    of: Callable[[T], Any]

    def part(self, field: Outlined) -> Callable[[T, Moment], object]:
        """The function that makes the dict of a value's object."""
        shape = self.plain.shaper(field.outline)

        def part(value: T, moment: Moment) -> object:
            one = self.of(value)
            return None if one is None else shape(one, moment)

        return part


def label(field: Outlined, plugins: Registry) -> Callable[[Moment, Mapping[str, str]], object]:
    """For ``Computed``: the text of stored labels {"fa", "en"} in the asked language."""
    return lambda moment, labels: Label(**labels).in_language(moment.language_of(field))
