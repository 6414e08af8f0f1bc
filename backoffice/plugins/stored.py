"""Stored requests and results as Python values again, without judging them by rules made since."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from backoffice.plugins.contract import Part, ServiceType
from backoffice.plugins.fields import FieldKind, FieldSpec, describe


def revive(service_type: ServiceType, part: Part, data: Mapping[str, object], *, version: int) -> dict[str, object]:
    """What ``dump`` stored under ``version``, as values: dates, aware datetimes, decimals, enum members as their names.

    Every declared field is there, None where nothing was stored. An older version goes through the type's ``upgrade_``
    methods, and whatever they raise is raised. Raises ValueError where a value is not of its field's kind.
    """
    return _values(describe(service_type.schema(part)), upgraded(service_type, part, data, version=version))


def upgraded(
    service_type: ServiceType, part: Part, data: Mapping[str, object], *, version: int
) -> Mapping[str, object]:
    """Stored JSON in the form of the type's present version."""
    if version == service_type.version:
        return data
    if version > service_type.version:
        raise ValueError(f"stored by version {version} of {service_type.code}, installed is {service_type.version}")
    upgrade = service_type.upgrade_request if part is Part.REQUEST else service_type.upgrade_result
    return upgrade(dict(data), version)


def _values(specs: tuple[FieldSpec, ...], data: Mapping[str, object]) -> dict[str, object]:
    return {spec.name: _value(spec, data.get(spec.name)) for spec in specs}


def _value(spec: FieldSpec, stored: object) -> object:
    match spec.kind, stored:
        case _, None:
            return None
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
        case FieldKind.ENUM, str() if stored in {choice.value for choice in spec.choices}:
            return stored
        case FieldKind.LIST, list():
            return [_value(cast(FieldSpec, spec.item), item) for item in stored]
        case FieldKind.NESTED, dict():
            return _values(spec.fields, stored)
    raise ValueError(f"{spec.name}: stored is {stored!r}, which is no {spec.kind}")


def _decimal(stored: str) -> Decimal:
    try:
        return Decimal(stored)
    except ArithmeticError as error:
        raise ValueError(f"{stored!r} is no decimal") from error
