"""Service types, which come from the plugins and not from a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from backoffice.domain.label import Label
from backoffice.domain.service import Mode, Subject
from backoffice.domain.spelling import pascal
from backoffice.plugins import Registry, ServiceType, json_schema
from backoffice.query.field_kinds import Sources
from backoffice.query.moment import Moment
from backoffice.query.outline import Outlined
from backoffice.query.plain import Plain

RETIRED_RECORD = "RetiredServiceRecord"


@dataclass(frozen=True)
class Named:
    """The service type of a code, None when no loaded plugin brings it."""

    code: str
    type: ServiceType | None

    @property
    def label(self) -> Label:
        """Its label; of a type that is gone only the code is known."""
        return self.type.label if self.type else Label(fa=self.code, en=self.code)


def named(code: str, plugins: Registry) -> Named:
    """The service type of a code."""
    return Named(code, plugins.get(code))


def record_types(plugins: Registry) -> Mapping[str, str]:
    """The GraphQL type of the records of each loaded service type: ``LockRemovalRecord`` for lock_removal."""
    return {code: f"{pascal(code)}Record" for code in plugins.service_types}


def types_in_use(sources: Sources) -> Select[Any]:
    """The codes that the viewer's records have, and one NULL, each found by one step in the index."""
    codes = select(_least(sources, None).label("code")).cte("codes", recursive=True)
    return select(codes.union_all(select(_least(sources, codes.c.code)).where(codes.c.code.is_not(None))).c.code)


def _least(sources: Sources, above: ColumnElement[str] | None) -> ColumnElement[str]:
    record = sources.of("ServiceRecord")
    least = select(func.min(record.rows.service_type)).where(record.rule)
    if above is not None:
        least = least.where(record.rows.service_type > above).correlate(above.table)
    return least.scalar_subquery()


SERVICE_TYPE: Plain[Named] = Plain(
    "ServiceType",
    {
        "code": lambda found, field, moment: found.code,
        "label": lambda found, field, moment: found.label.in_language(moment.language_of(field)),
        "modes": lambda found, field, moment: [mode for mode in Mode if found.type and mode in found.type.modes],
        "subjects": lambda found, field, moment: [
            subject for subject in Subject if found.type and subject in found.type.subjects
        ],
        "needs_asset": lambda found, field, moment: found.type is not None and found.type.needs_asset,
        "installed": lambda found, field, moment: found.type is not None,
        "request_json_schema": lambda found, field, moment: found.type and json_schema(found.type.request),
        "result_json_schema": lambda found, field, moment: found.type and json_schema(found.type.result),
    },
)


def of_record(field: Outlined, plugins: Registry) -> Callable[[Moment, str], object]:
    """For ``Computed``: the service type behind a record's code."""
    shape = SERVICE_TYPE.shaper(field.outline)
    return lambda moment, code: shape(named(code, plugins), moment)
