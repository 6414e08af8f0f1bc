"""A record's request and result, as its service type reads them today."""

import re
from collections.abc import Callable, Mapping

from backoffice.domain.problem import Problem
from backoffice.plugins import Part, calls
from backoffice.query.context import Context
from backoffice.query.fields import Computed
from backoffice.query.interfaces import Unreadable
from backoffice.query.selection import TYPENAME, Field, Selection


def details(part: Part) -> Computed:
    """The request or the result: by the selection, or as the mapping of all values by snake_case name without one."""

    def prepare(field: Field, context: Context) -> Callable[..., object]:
        def value(code: str, version: int | None, data: Mapping[str, object] | None) -> object:
            if data is None or version is None:
                return None
            return _selected(_read(context, part, code, version, data), field.selection)

        return value

    return Computed(("service_type", f"{part}_version", f"{part}_data"), prepare)


def _read(context: Context, part: Part, code: str, version: int, data: Mapping[str, object]) -> Mapping[str, object]:
    """The values that the plugin reads from stored JSON. Raises ``Unreadable`` where it cannot."""
    service_type = context.plugins.get(code)
    if service_type is None:
        raise Unreadable(code)
    values = calls.read(service_type, part, data, version=version)
    if isinstance(values, Problem):
        raise Unreadable(code)
    return values


def _selected(value: object, selection: Selection | None) -> object:
    if selection is None or value is None:
        return value
    if isinstance(value, list):
        return [_selected(item, selection) for item in value]
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} has no fields to select")
    ((type_name, fields),) = selection.fields.items()
    return {
        field.key: type_name if field.name == TYPENAME else _selected(value[_snake(field.name)], field.selection)
        for field in fields
    }


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
