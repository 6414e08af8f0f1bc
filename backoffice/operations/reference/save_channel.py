"""Add, rename, put elsewhere and switch off the channels by which requests arrive."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import func, select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Channel
from backoffice.operations import lookups
from backoffice.operations.audit_documents import NO_NUMBER, document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Called, Flag, Quantity, Spelled, Text, Unit
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset, refuse
from backoffice.operations.work import Done, Work

CODE = r"[a-z][a-z0-9_]{0,31}"
LAST_POSITION = 1000


def _existing(work: Work, code: str, path: str = "code") -> Channel:
    """The channel; NOT_FOUND for an unknown code."""
    channel = work.session.get(Channel, code)
    if channel is None:
        raise refuse(ErrorCode.NOT_FOUND, path=(path,))
    return channel


@dataclass(frozen=True, kw_only=True)
class AddChannel(Command):
    """A channel with its names; it comes last in lists."""

    code: Annotated[
        str,
        Given(
            Spelled(CODE, "channel_code", "code"),
            Label(fa="کد", en="Code"),
            about="Its code in lower_snake_case, which never changes.",
        ),
    ]
    label_fa: Annotated[
        str, Given(Text(), Label(fa="نام فارسی", en="Persian name"), about="What it is called in Persian.")
    ]
    label_en: Annotated[
        str, Given(Text(), Label(fa="نام انگلیسی", en="English name"), about="What it is called in English.")
    ]


@dataclass(frozen=True, kw_only=True)
class ChangeChannel(Command):
    """Fields left out stay as they are; an inactive channel takes no new records and keeps its old ones."""

    code: Annotated[
        str, Given(Called(entity="Channel", find=_existing), Label(fa="کد", en="Code"), about="Which channel.")
    ]
    label_fa: Annotated[
        str | Unset, Given(Text(), Label(fa="نام فارسی", en="Persian name"), about="The new Persian name.")
    ] = UNSET
    label_en: Annotated[
        str | Unset, Given(Text(), Label(fa="نام انگلیسی", en="English name"), about="The new English name.")
    ] = UNSET
    active: Annotated[
        bool | Unset, Given(Flag(), Label(fa="فعال", en="Active"), about="Whether it takes new records.")
    ] = UNSET
    position: Annotated[
        int | Unset,
        Given(Quantity(Unit.NUMBER, 0, LAST_POSITION), Label(fa="جایگاه", en="Position"), about="Its place in lists."),
    ] = UNSET


def _add(work: Work, command: AddChannel) -> Done:
    last = work.session.scalar(select(func.max(Channel.position)))
    channel = Channel(
        code=command.code,
        labels={
            "fa": command.label_fa,
            "en": command.label_en,
        },
        active=True,
        position=0 if last is None else last + 1,
    )
    insert_unless_taken(work.session, channel, lambda: _taken(work, command.code))
    return Done(entity="Channel", entity_id=NO_NUMBER, events=(Event.CHANNEL_ADDED,), after=document_of(channel))


def _change(work: Work, command: ChangeChannel) -> Done:
    channel = _existing(work, command.code)
    lookups.lock(work, channel)
    before = document_of(channel)
    _apply(channel, command)
    work.session.flush()
    if not work.session.scalar(select(func.count()).select_from(Channel).where(Channel.active)):
        raise refuse(ErrorCode.CONFLICT, "last_channel", path=("active",))
    after = document_of(channel)
    return Done(entity="Channel", entity_id=NO_NUMBER, events=(Event.CHANNEL_CHANGED,), before=before, after=after)


def _apply(channel: Channel, command: ChangeChannel) -> None:
    labels = {"fa": command.label_fa, "en": command.label_en}
    named = {language: text for language, text in labels.items() if text is not UNSET}
    channel.labels = {**channel.labels, **named}
    if command.active is not UNSET:
        channel.active = command.active
    if command.position is not UNSET:
        channel.position = command.position


def _taken(work: Work, code: str) -> Problem | None:
    if work.session.get(Channel, code) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="channel_taken", path=("code",), params={"code": code})


add_channel = Operation(
    name="add_channel",
    label=Label(fa="افزودن روش ارتباط", en="Add a channel"),
    description="Add a channel on which requests arrive.",
    permission="channel.manage",
    command=AddChannel,
    entity="Channel",
    events=(Event.CHANNEL_ADDED,),
    body=_add,
)
"""INVALID unless the code is lower_snake_case, DUPLICATE for a taken one. Channels have no number: ``id`` is 0."""


change_channel = Operation(
    name="change_channel",
    label=Label(fa="ویرایش روش ارتباط", en="Change the channel"),
    description="Change a channel; its code never changes.",
    permission="channel.manage",
    command=ChangeChannel,
    entity="Channel",
    events=(Event.CHANNEL_CHANGED,),
    body=_change,
)
"""NOT_FOUND for an unknown code, CONFLICT when no channel would be left active. ``id`` is 0."""
