"""Add, rename, put elsewhere and switch off the channels by which requests arrive."""

import re
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, select

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Channel
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import NO_NUMBER, document_of
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import UNSET, Result, Unset, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
LAST_POSITION = 1000


@dataclass(frozen=True, kw_only=True)
class AddChannel(Command):
    """A channel with its names; it comes last in lists."""

    operation: ClassVar[str] = "add_channel"

    code: str
    label_fa: str
    label_en: str


@dataclass(frozen=True, kw_only=True)
class ChangeChannel(Command):
    """Fields left out stay as they are; an inactive channel takes no new records and keeps its old ones."""

    operation: ClassVar[str] = "change_channel"

    code: str
    label_fa: str | Unset = UNSET
    label_en: str | Unset = UNSET
    active: bool | Unset = UNSET
    position: int | Unset = UNSET


def add_channel(desk: Premises, viewer: Viewer, command: AddChannel) -> Result:
    """INVALID unless the code is lower_snake_case, DUPLICATE for a taken one. Channels have no number: ``id`` is 0."""
    return perform(desk, viewer, "channel.manage", command, lambda work: _add(work, command))


def change_channel(desk: Premises, viewer: Viewer, command: ChangeChannel) -> Result:
    """NOT_FOUND for an unknown code, CONFLICT when no channel would be left active. ``id`` is 0."""
    return perform(desk, viewer, "channel.manage", command, lambda work: _change(work, command))


def _add(work: Work, command: AddChannel) -> Done:
    if not CODE.fullmatch(command.code):
        raise refuse(ErrorCode.INVALID, "channel_code", path=("code",), code=command.code)
    last = work.session.scalar(select(func.max(Channel.position)))
    channel = Channel(
        code=command.code,
        labels={
            "fa": texts.required(command.label_fa, "label_fa"),
            "en": texts.required(command.label_en, "label_en"),
        },
        active=True,
        position=0 if last is None else last + 1,
    )
    insert_unless_taken(work.session, channel, lambda: _taken(work, command.code))
    return Done(entity="Channel", entity_id=NO_NUMBER, events=(Event.CHANNEL_ADDED,), after=document_of(channel))


def _change(work: Work, command: ChangeChannel) -> Done:
    channel = work.session.get(Channel, command.code)
    if channel is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("code",))
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
    named = {
        language: texts.required(text, f"label_{language}") for language, text in labels.items() if text is not UNSET
    }
    channel.labels = {**channel.labels, **named}
    if command.active is not UNSET:
        channel.active = command.active
    if command.position is not UNSET:
        channel.position = _position(command.position)


def _position(position: int) -> int:
    if not 0 <= position <= LAST_POSITION:
        raise refuse(ErrorCode.INVALID, "out_of_range", path=("position",), least=0, most=LAST_POSITION)
    return position


def _taken(work: Work, code: str) -> Problem | None:
    if work.session.get(Channel, code) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="channel_taken", path=("code",), params={"code": code})
