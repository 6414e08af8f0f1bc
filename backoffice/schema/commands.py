"""From the input of a root field to the command of its operation: ids decoded, the plugin's part unwrapped."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

from backoffice.domain.canonical import canonical_json
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.command import Command
from backoffice.operations.result import UNSET
from backoffice.query.global_id import key_of
from backoffice.schema.plugin_types import EMPTY
from backoffice.schema.user_errors import Refused

CommandType = TypeVar("CommandType", bound=Command)
Values = Mapping[str, Any]

TYPE_OF_ID = {
    "asset_id": "Asset",
    "assignee_id": "Staff",
    "customer_id": "Customer",
    "product_id": "Product",
    "product_version_id": "ProductVersion",
    "site_id": "Site",
    "target_ids": "Product",
}
"""The type that a global id, or each of a list, must be of, by the field it stands in."""

NO_SUCH_ID = 0
"""No row has it: the operation answers NOT_FOUND, and a wrong id looks like one of an object that is not there."""

PARTS = ("request", "result")
"""The fields of an input that are a plugin's: ``@oneOf``, the member being the code of the service type."""


def command_of(kind: type[CommandType], values: Values, *, id_of: str | None = None) -> CommandType:
    """The command that ``values``, an input by Python's names, asks for.

    ``id_of`` is the type of the field ``id``. A null stands for a field left out, unless the command tells the two
    apart. Raises ``Refused`` when two parts are of different service types.
    """
    types = TYPE_OF_ID if id_of is None else {**TYPE_OF_ID, "id": id_of}
    decoded = {name: _decoded(value, types.get(name)) for name, value in values.items() if name not in PARTS}
    wanted: dict[str, Any] = {**decoded, **_parts(values)}
    optional = {field.name for field in fields(kind) if _is_null_left_out(field)}
    return kind(**{name: value for name, value in wanted.items() if value is not None or name not in optional})


def _decoded(value: object, kind: str | None) -> object:
    if kind is None or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(_decoded(one, kind) for one in value)
    return key_of(kind, value) or NO_SUCH_ID


def _is_null_left_out(field: "Field[Any]") -> bool:
    return field.default is not UNSET and field.default is not MISSING


def _parts(values: Values) -> dict[str, object]:
    """The service type that the parts name, if any is given, and the data of each part."""
    found: dict[str, object] = {}
    if values.get("service_type") is not None:
        found["service_type"] = values["service_type"]
    for part in PARTS:
        for code, data in (values.get(part) or {}).items():
            if found.setdefault("service_type", code) != code:
                raise Refused([Problem(code=ErrorCode.INVALID, detail="other_service_type", path=(part, code))])
            found[part] = _document(data)
    return found


def _document(data: Values) -> object:
    """A plugin's part as the JSON that its schema loads."""
    return json.loads(canonical_json({name: value for name, value in data.items() if name != EMPTY}))
