"""Add an office, and say from which one distances count."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select, update

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Office, OfficeKind
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Choice, Flag, Id, Text
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset, refuse
from backoffice.operations.subject import stateless
from backoffice.operations.work import Done, Work

LONGEST_CODE = 32


@dataclass(frozen=True, kw_only=True)
class AddOffice(Command):
    """``is_origin`` makes it the office that distances count from, instead of the one that was."""

    code: Annotated[str, Given(Text(LONGEST_CODE), Label(fa="کد", en="Code"), about="Its code, which never changes.")]
    name: Annotated[str, Given(Text(), Label(fa="نام", en="Name"), about="What people call it.")]
    kind: Annotated[
        OfficeKind, Given(Choice(), Label(fa="نوع", en="Kind"), about="Head office, agency or another kind.")
    ]
    is_origin: Annotated[
        bool,
        Given(Flag(), Label(fa="مبدأ فاصله‌ها", en="Origin of distances"), about="Whether distances count from it."),
    ] = False


@dataclass(frozen=True, kw_only=True)
class ChangeOffice(Command):
    """Fields left out stay as they are. ``is_origin`` can only be given to an office, by which the other loses it."""

    id: Annotated[int, Given(Id("Office"), Label(fa="دفتر", en="Office"), about="Which office.")]
    name: Annotated[str | Unset, Given(Text(), Label(fa="نام", en="Name"), about="The new name.")] = UNSET
    kind: Annotated[OfficeKind | Unset, Given(Choice(), Label(fa="نوع", en="Kind"), about="The new kind.")] = UNSET
    is_origin: Annotated[
        bool | Unset,
        Given(
            Flag(),
            Label(fa="مبدأ فاصله‌ها", en="Origin of distances"),
            about="Yes to make it the office that distances count from.",
        ),
    ] = UNSET


OFFICE = stateless("Office")


def _add(work: Work, command: AddOffice) -> Done:
    office = Office(
        code=command.code,
        name=command.name,
        kind=command.kind,
        is_origin=False,
    )
    insert_unless_taken(work.session, office, lambda: _taken(work, office.code))
    moved_from = _make_origin(work, office) if command.is_origin else None
    after = document_of(office, origin_moved_from=moved_from)
    return Done(entity="Office", entity_id=office.id, events=(Event.OFFICE_ADDED,), after=after)


def _change(work: Work, command: ChangeOffice) -> Done:
    office = lookups.found(work, Office, command.id, "id")
    lookups.lock(work, office)
    before = document_of(office)
    if command.name is not UNSET:
        office.name = command.name
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


add_office = Operation(
    name="add_office",
    label=Label(fa="افزودن دفتر", en="Add an office"),
    description="Add an office.",
    permission="office.manage",
    command=AddOffice,
    entity="Office",
    events=(Event.OFFICE_ADDED,),
    body=_add,
)
"""``id`` is the office's. DUPLICATE for a taken code. Distances measured from another office stay stored."""


change_office = Operation(
    name="change_office",
    label=Label(fa="ویرایش دفتر", en="Change the office"),
    description="Change an office; its code never changes.",
    permission="office.manage",
    command=ChangeOffice,
    entity="Office",
    events=(Event.OFFICE_CHANGED,),
    about=OFFICE,
    body=_change,
)
"""``id`` is the office's; its code never changes. CONFLICT when no office would be the origin of distances."""
