"""Stored requests and results as values again, without judging them by rules made since."""

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal

from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.fields import FieldKind, FieldSpec, describe


def restore(service_type: ServiceType, part: Part, data: Mapping[str, object], *, version: int) -> dict[str, object]:
    """What ``dump`` stored under ``version``, as the values that ``load`` gave then.

    An older version goes through the type's ``upgrade_`` methods, and whatever they raise is raised. Raises ValueError
    where a value is not of its field's kind. What is stored but no longer declared is left out.
    """
    return _values(describe(service_type.schema(part)), _upgraded(service_type, part, data, version=version))


def show(service_type: ServiceType, part: Part, values: Mapping[str, object]) -> dict[str, object]:
    """Values as the faces answer them: every declared field, None where there is none; enum members by their names."""
    return _shown(describe(service_type.schema(part)), values)


def _upgraded(
    service_type: ServiceType, part: Part, data: Mapping[str, object], *, version: int
) -> Mapping[str, object]:
    if version == service_type.version:
        return data
    if version > service_type.version:
        raise ValueError(f"stored by version {version} of {service_type.code}, installed is {service_type.version}")
    upgrade = service_type.upgrade_request if part is Part.REQUEST else service_type.upgrade_result
    return upgrade(dict(data), version)


def _values(specs: tuple[FieldSpec, ...], data: Mapping[str, object]) -> dict[str, object]:
    return {spec.name: _value(spec, data[spec.name]) for spec in specs if data.get(spec.name) is not None}


def _value(spec: FieldSpec, stored: object) -> object:
    match spec.kind, stored:
        case FieldKind.STRING | FieldKind.TEXT, str():
            return stored
        case FieldKind.BOOLEAN, bool():
            return stored
        case FieldKind.INTEGER, int() if not isinstance(stored, bool):
            return stored
        case FieldKind.DECIMAL, str():
            return _decimal(stored)
        case FieldKind.DATE, str():
            return dt.date.fromisoformat(stored)
        case FieldKind.DATETIME, str():
            return dt.datetime.fromisoformat(stored)
        case FieldKind.ENUM, str() if spec.members and stored in spec.members.__members__:
            return spec.members[stored]
        case FieldKind.LIST, list() if spec.item:
            return [_value(spec.item, item) for item in stored]
        case FieldKind.NESTED, dict():
            return _values(spec.fields, stored)
    raise ValueError(f"{spec.name}: what is stored ({type(stored).__name__}) is no {spec.kind}")


def _decimal(stored: str) -> Decimal:
    try:
        return Decimal(stored)
    except ArithmeticError as error:
        raise ValueError("what is stored is no decimal") from error


def _shown(specs: tuple[FieldSpec, ...], values: Mapping[str, object]) -> dict[str, object]:
    return {spec.name: _face(spec, values.get(spec.name)) for spec in specs}


def _face(spec: FieldSpec, value: object) -> object:
    match value:
        case enum.Enum():
            return value.name
        case list() if spec.item:
            return [_face(spec.item, item) for item in value]
        case Mapping():
            return _shown(spec.fields, value)
    return value
