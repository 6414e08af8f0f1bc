"""The moment at which a plan is run: who looks, on which day, in which language, and the values that were asked for."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from backoffice.access.access_class import viewer_binds
from backoffice.access.viewer import Viewer
from backoffice.query.field_kinds import TODAY
from backoffice.query.outline import Outlined, Values

T = TypeVar("T")


@dataclass(frozen=True)
class Moment:
    """``today`` is the business day; ``binds`` are the values of every bind that is no argument."""

    viewer: Viewer
    today: date
    binds: Mapping[str, object]
    values: Values

    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What ``work_out`` gives for this key, worked out the first time: rows of a list are often alike."""
        if key not in self.worked_out:
            self.worked_out[key] = work_out()
        found: T = self.worked_out[key]
        return found

    @property
    def language(self) -> str:
        """The language that the viewer reads."""
        return self.viewer.language

    def arguments(self, field: Outlined) -> Mapping[str, object]:
        """The arguments that a field was given, with their values."""
        return {} if field.slot is None else self.values[field.slot]

    def language_of(self, field: Outlined) -> str:
        """The language of a label or a message: the argument's, else the viewer's."""
        return str(self.arguments(field).get("language") or self.language).lower()


def moment_of(viewer: Viewer, today: date, values: Values) -> Moment:
    """The moment of one reading."""
    return Moment(viewer, today, {**viewer_binds(viewer), TODAY.key: today}, values)
