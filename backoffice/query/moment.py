"""The moment at which a plan is run: who looks, on which day, in which language, and the values that were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backoffice.access.access_class import viewer_binds
from backoffice.access.viewer import Viewer
from backoffice.query.field_kinds import TODAY
from backoffice.query.outline import Outlined, Values


@dataclass(frozen=True)
class Moment:
    """``today`` is the business day; ``binds`` are the values of every bind that is no argument."""

    viewer: Viewer
    today: date
    binds: Mapping[str, object]
    values: Values

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
