"""Values of entities that are computed in Python from columns."""

from backoffice.query.field_kinds import Computed
from backoffice.query.global_id import to_global_id


def identity(type_name: str) -> Computed:
    """The global id."""
    return Computed(("id",), lambda field, plugins: lambda moment, key: to_global_id(type_name, key))


def is_set(column: str) -> Computed:
    """Whether a column holds anything."""
    return Computed((column,), lambda field, plugins: lambda moment, value: value is not None)
