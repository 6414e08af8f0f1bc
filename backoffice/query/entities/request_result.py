"""A record's request and result, as its service type reads them today."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from backoffice.domain.record import record_number
from backoffice.plugins import Part, Registry, calls
from backoffice.plugins.calls import Failure
from backoffice.query.field_kinds import Computed
from backoffice.query.moment import Moment
from backoffice.query.outline import Outline, Outlined
from backoffice.query.selection import TYPENAME

Stored: TypeAlias = Mapping[str, object]
"""A request or a result as it is stored."""


log = logging.getLogger(__name__)


def details(part: Part) -> Computed:
    """The request or the result: by the selection, or as the mapping of all values by snake_case name without one.

    Asked only of records that are ``READABLE``.
    """

    def prepare(field: Outlined, plugins: Registry) -> Callable[..., object]:
        def value(moment: Moment, code: str, version: int | None, data: Stored | None) -> object:
            values = _read(plugins, part, code, version, data)
            if isinstance(values, Failure):
                raise RuntimeError(f"{part} was readable a moment ago") from values.error
            return _selected(values, field.outline)

        return value

    return Computed(("service_type", *_columns(part)), prepare)


def _columns(part: Part) -> tuple[str, str]:
    return f"{part}_version", f"{part}_data"


def _readable(field: Outlined, plugins: Registry) -> Callable[..., bool]:
    """Says in the log which record is not, and why: one line for each of its parts."""

    def readable(moment: Moment, key: int, code: str, *stored: Any) -> bool:
        found = [
            (part, version, _read(plugins, part, code, version, data))
            for part, version, data in zip(Part, stored[::2], stored[1::2], strict=True)
        ]
        failed = [(part, version, values) for part, version, values in found if isinstance(values, Failure)]
        for part, version, failure in failed:
            log.warning(_UNREADABLE, record_number(key), code, part, version, failure.told)
        return not failed

    return readable


_UNREADABLE = "record %s is shown as retired: plugin %s cannot read its %s, stored by version %s: %s"

READABLE = Computed(("id", "service_type", *(column for part in Part for column in _columns(part))), _readable)
"""Whether the service type of a record, as it is installed, can read what is stored with it."""


def _read(
    plugins: Registry, part: Part, code: str, version: int | None, data: Stored | None
) -> Mapping[str, object] | Failure | None:
    """The values that the plugin, which is loaded, reads from stored JSON; None where nothing is stored."""
    if data is None or version is None:
        return None
    return calls.read(plugins.service_types[code], part, data, version=version)


def _selected(value: object, outline: Outline) -> object:
    if not outline.types or value is None:
        return value
    if isinstance(value, list):
        return [_selected(item, outline) for item in value]
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} has no fields to select")
    ((type_name, fields),) = outline.types
    return {
        field.key: type_name if field.name == TYPENAME else _selected(value[field.name], field.outline)
        for field in fields
    }
