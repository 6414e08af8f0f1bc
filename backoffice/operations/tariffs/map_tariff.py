"""Say which lines of the tariff price a service type, or every one that has no lines of its own (``*``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.tariff_fit import UNITS
from backoffice.domain.term import ANY_SERVICE
from backoffice.models import TariffEdition, TariffLine, TariffMapping
from backoffice.operations.audit_documents import NO_NUMBER, document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Called, Text
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal, refuse
from backoffice.operations.subject import Subject
from backoffice.operations.work import Done, Work


def _priced(work: Work, code: str, path: str) -> None:
    """A service type that is there, or all of them; NOT_FOUND for another."""
    if code != ANY_SERVICE and work.desk.registry.get(code) is None:
        raise refuse(ErrorCode.NOT_FOUND, "service_type", path=(path,), service_type=code)


def _mapping(work: Work, service_type: str) -> TariffMapping:
    row = work.session.get(TariffMapping, service_type)
    if row is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("service_type",))
    return row


def _mappings(work: Work, command: "UnmapTariff", entity: str) -> Sequence[TariffMapping]:
    return [_mapping(work, command.service_type)]


def _removable(service_type: str, viewer: object) -> Problem | None:
    """The others fall back on the mapping of all: CONFLICT for it."""
    if service_type != ANY_SERVICE:
        return None
    return Problem(code=ErrorCode.CONFLICT, detail="last_mapping", path=("service_type",))


MAPPING = Subject(
    entity="TariffMapping",
    state=lambda work, row: row.service_type,
    find=_mappings,
    named_by=("service_type",),
)


@dataclass(frozen=True, kw_only=True)
class MapTariff(Command):
    """The codes of the lines that price ``service_type``; without a travel line, that part of it costs nothing."""

    service_type: Annotated[
        str,
        Given(
            Called(entity="ServiceType", find=_priced),
            Label(fa="خدمت", en="Service type"),
            about="The code of the service type; `*` for all that have no lines of their own.",
        ),
    ]
    labour: Annotated[
        str,
        Given(Text(64), Label(fa="ردیف دستمزد", en="Labour line"), about="The code of the line that prices the work."),
    ]
    call_out: Annotated[
        str | None,
        Given(
            Text(64),
            Label(fa="ردیف اعزام", en="Call-out line"),
            about="The code of the line that prices the way there.",
        ),
    ] = None
    kilometre: Annotated[
        str | None,
        Given(
            Text(64),
            Label(fa="ردیف کیلومتر", en="Kilometre line"),
            about="The code of the line that prices the kilometres.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class UnmapTariff(Command):
    """From then on ``service_type`` is priced like any other."""

    service_type: Annotated[
        str, Given(Text(), Label(fa="خدمت", en="Service type"), about="The code of the service type.")
    ]


def _map(work: Work, command: MapTariff) -> Done:
    lines = {
        "labour": command.labour,
        "call_out": command.call_out,
        "kilometre": command.kilometre,
    }
    _refuse_unfit(work.session, lines)
    before = work.session.get(TariffMapping, command.service_type)
    was = None if before is None else document_of(before)
    row = work.session.merge(TariffMapping(service_type=command.service_type, **lines))
    work.session.flush()
    return Done(
        entity="TariffMapping",
        entity_id=NO_NUMBER,
        events=(Event.TARIFF_MAPPED,),
        before=was,
        after=document_of(row),
    )


def _unmap(work: Work, command: UnmapTariff) -> Done:
    row = _mapping(work, command.service_type)
    before = document_of(row)
    work.session.delete(row)
    return Done(entity="TariffMapping", entity_id=NO_NUMBER, events=(Event.TARIFF_UNMAPPED,), before=before)


def _refuse_unfit(session: Session, lines: Mapping[str, str | None]) -> None:
    """Refuse codes that no edition has in a unit of use, once there are editions to tell by."""
    if session.scalar(select(TariffEdition.id).limit(1)) is None:
        return
    problems = [
        problem
        for purpose, code in lines.items()
        if code is not None and (problem := _unfit(session, purpose, code)) is not None
    ]
    if problems:
        raise Refusal(*problems)


def _unfit(session: Session, purpose: str, code: str) -> Problem | None:
    units = set(session.scalars(select(TariffLine.unit).where(TariffLine.code == code).distinct()))
    if units & UNITS[purpose]:
        return None
    detail = "mapped_line_unusable" if units else "mapped_line_unknown"
    return Problem(code=ErrorCode.INVALID, detail=detail, path=(purpose,), params={"line": code})


map_tariff = Operation(
    name="map_tariff",
    label=Label(fa="تعیین ردیف‌های خدمت", en="Set the lines of a service"),
    description="Say which lines of an edition price a service type.",
    permission="tariff.write",
    command=MapTariff,
    entity="TariffMapping",
    events=(Event.TARIFF_MAPPED,),
    body=_map,
)
"""NOT_FOUND for a service type that is not there; INVALID for a line that no edition has, or none in a fit unit.

A mapping has no number: ``id`` is 0. What was decided stays as it was.
"""


unmap_tariff = Operation(
    name="unmap_tariff",
    label=Label(fa="حذف ردیف‌های خدمت", en="Remove the lines of a service"),
    description="Let a service type be priced like any other.",
    permission="tariff.write",
    command=UnmapTariff,
    entity="TariffMapping",
    events=(Event.TARIFF_UNMAPPED,),
    about=MAPPING,
    possible=_removable,
    body=_unmap,
)
"""NOT_FOUND without a mapping of its own; CONFLICT for ``*``, which the others fall back on. ``id`` is 0."""
