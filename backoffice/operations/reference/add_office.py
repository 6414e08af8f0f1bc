"""Add an office, and say from which one distances count."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select, update

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Office, OfficeKind
from backoffice.models.base import is_possible_id
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import UNSET, Result, Unset, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_CODE = 32


@dataclass(frozen=True, kw_only=True)
class AddOffice(Command):
    """``is_origin`` makes it the office that distances count from, instead of the one that was."""

    operation: ClassVar[str] = "add_office"

    code: str
    name: str
    kind: OfficeKind
    is_origin: bool = False


@dataclass(frozen=True, kw_only=True)
class ChangeOffice(Command):
    """Fields left out stay as they are. ``is_origin`` can only be given to an office, by which the other loses it."""

    operation: ClassVar[str] = "change_office"

    id: int
    name: str | Unset = UNSET
    kind: OfficeKind | Unset = UNSET
    is_origin: bool | Unset = UNSET


def add_office(desk: Premises, viewer: Viewer, command: AddOffice) -> Result:
    """``id`` is the office's. DUPLICATE for a taken code. Distances measured from another office stay stored."""
    return perform(desk, viewer, "office.manage", command, lambda work: _add(work, command))


def change_office(desk: Premises, viewer: Viewer, command: ChangeOffice) -> Result:
    """``id`` is the office's; its code never changes. CONFLICT when no office would be the origin of distances."""
    return perform(desk, viewer, "office.manage", command, lambda work: _change(work, command))


def _add(work: Work, command: AddOffice) -> Done:
    office = Office(
        code=texts.required(command.code, "code", longest=LONGEST_CODE),
        name=texts.required(command.name, "name"),
        kind=command.kind,
        is_origin=False,
    )
    insert_unless_taken(work.session, office, lambda: _taken(work, office.code))
    moved_from = _make_origin(work, office) if command.is_origin else None
    after = document_of(office, origin_moved_from=moved_from)
    return Done(entity="Office", entity_id=office.id, events=(Event.OFFICE_ADDED,), after=after)


def _change(work: Work, command: ChangeOffice) -> Done:
    office = work.session.get(Office, command.id) if is_possible_id(command.id) else None
    if office is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("id",))
    lookups.lock(work, office)
    before = document_of(office)
    if command.name is not UNSET:
        office.name = texts.required(command.name, "name")
    if command.kind is not UNSET:
        office.kind = command.kind
    moved_from = _moved(work, office, command)
    work.session.flush()
    after = document_of(office, origin_moved_from=moved_from)
    return Done(entity="Office", entity_id=office.id, events=(Event.OFFICE_CHANGED,), before=before, after=after)


def _moved(work: Work, office: Office, command: ChangeOffice) -> str | None:
    if command.is_origin is UNSET or command.is_origin == office.is_origin:
        return None
    if not command.is_origin:
        raise refuse(ErrorCode.CONFLICT, "last_origin", path=("is_origin",))
    return _make_origin(work, office)


def _make_origin(work: Work, office: Office) -> str | None:
    """Take the origin from the office that had it, whose code is returned: the database allows one at any time."""
    moved_from = work.session.scalar(select(Office.code).where(Office.is_origin).with_for_update())
    work.session.execute(update(Office).where(Office.is_origin).values(is_origin=False))
    office.is_origin = True
    work.session.flush()
    return moved_from


def _taken(work: Work, code: str) -> Problem | None:
    if work.session.scalar(select(Office.id).where(Office.code == code)) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="office_code", path=("code",), params={"code": code})
