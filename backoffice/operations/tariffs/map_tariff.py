"""Say which lines of the tariff price a service type, or every one that has no lines of its own (``*``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.tariff_fit import UNITS
from backoffice.domain.term import ANY_SERVICE
from backoffice.models import TariffEdition, TariffLine, TariffMapping
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import NO_NUMBER, document_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_CODE = 64


@dataclass(frozen=True, kw_only=True)
class MapTariff(Command):
    """The codes of the lines that price ``service_type``; without a travel line, that part of it costs nothing."""

    operation: ClassVar[str] = "map_tariff"

    service_type: str
    labour: str
    call_out: str | None = None
    kilometre: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnmapTariff(Command):
    """From then on ``service_type`` is priced like any other."""

    operation: ClassVar[str] = "unmap_tariff"

    service_type: str


def map_tariff(desk: Premises, viewer: Viewer, command: MapTariff) -> Result:
    """NOT_FOUND for a service type that is not there; INVALID for a line that no edition has, or none in a fit unit.

    A mapping has no number: ``id`` is 0. What was decided stays as it was.
    """
    return perform(desk, viewer, "tariff.write", command, lambda work: _map(work, command))


def unmap_tariff(desk: Premises, viewer: Viewer, command: UnmapTariff) -> Result:
    """NOT_FOUND without a mapping of its own; CONFLICT for ``*``, which the others fall back on. ``id`` is 0."""
    return perform(desk, viewer, "tariff.write", command, lambda work: _unmap(work, command.service_type))


def _map(work: Work, command: MapTariff) -> Done:
    if command.service_type != ANY_SERVICE and work.desk.registry.get(command.service_type) is None:
        raise refuse(ErrorCode.NOT_FOUND, "service_type", path=("service_type",), service_type=command.service_type)
    lines = {
        "labour": texts.required(command.labour, "labour", longest=LONGEST_CODE),
        "call_out": texts.optional(command.call_out, "call_out", longest=LONGEST_CODE),
        "kilometre": texts.optional(command.kilometre, "kilometre", longest=LONGEST_CODE),
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


def _unmap(work: Work, service_type: str) -> Done:
    if service_type == ANY_SERVICE:
        raise refuse(ErrorCode.CONFLICT, "last_mapping", path=("service_type",))
    row = work.session.get(TariffMapping, service_type)
    if row is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("service_type",))
    lookups.lock(work, row)
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
