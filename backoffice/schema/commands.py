"""From the input of a root field to the command of its operation: ids decoded, the plugin's part unwrapped."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from backoffice.domain.canonical import canonical_json
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.command import Command, CommandField, fields_of, is_left_out
from backoffice.operations.kinds import Id, Ids
from backoffice.plugins import Part
from backoffice.query.global_id import key_of
from backoffice.schema.plugin_types import EMPTY
from backoffice.schema.user_errors import Refused

CommandType = TypeVar("CommandType", bound=Command)
Values = Mapping[str, Any]

NO_SUCH_ID = 0
"""No row has it: the operation answers NOT_FOUND, one fault among the others, as for an object that is not there."""


def command_of(kind: type[CommandType], values: Values) -> CommandType:
    """The command that ``values``, an input by Python's names, asks for.

    A null stands for a field left out, unless the command tells the two apart. Raises ``Refused`` when two parts are
    of different service types.
    """
    given = {**values, **_parts(values)}
    fields = [field for field in fields_of(kind) if field.name in given]
    decoded: dict[str, Any] = {field.name: _decoded(field, given[field.name]) for field in fields}
    left_out = {field.name for field in fields if is_left_out(field) and decoded[field.name] is None}
    return kind(**{name: value for name, value in decoded.items() if name not in left_out})


def _decoded(field: CommandField, value: Any) -> object:
    match field.given.kind:
        case Id(entity=entity) if value is not None:
            return key_of(entity, value) or NO_SUCH_ID
        case Ids(entity=entity) if value is not None:
            return tuple(key_of(entity, one) or NO_SUCH_ID for one in value)
        case _:
            return value


def _parts(values: Values) -> dict[str, object]:
    """The service type that the plugins' parts name, if any is given, and the data of each part.

    A part is ``@oneOf``, the member being the code of the service type.
    """
    found: dict[str, object] = {part.value: None for part in Part if part.value in values}
    if values.get("service_type") is not None:
        found["service_type"] = values["service_type"]
    for part in Part:
        for code, data in (values.get(part.value) or {}).items():
            if found.setdefault("service_type", code) != code:
                raise Refused([Problem(code=ErrorCode.INVALID, detail="other_service_type", path=(part.value, code))])
            found[part.value] = _document(data)
    return found


def _document(data: Values) -> object:
    """A plugin's part as the JSON that its schema loads."""
    return json.loads(canonical_json({name: value for name, value in data.items() if name != EMPTY}))
