"""Create an API token with which a program acts for a member of staff."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.credentials import username_key
from backoffice.access.permissions import PERMISSIONS
from backoffice.access.tokens import SHOWN_LENGTH, new_token, token_hash
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import ApiToken, Staff
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class CreateToken(Command):
    """A token of ``username`` for ``days`` days, at most 365; ``scopes`` are the permissions kept: all when empty."""

    operation: ClassVar[str] = "create_token"

    username: str
    name: str = ""
    scopes: tuple[str, ...] = ()
    days: int = LONGEST_DAYS


@dataclass(frozen=True)
class NewToken:
    """``token`` is told this once; the database has its hash. Empty beside problems, and for a command sent again."""

    result: Result
    token: str


def create_token(desk: Premises, viewer: Viewer, command: CreateToken) -> NewToken:
    """NOT_FOUND for an unknown user; INVALID for an unknown scope or a number of days outside 1 to 365."""
    token = new_token()
    result = perform(desk, viewer, "token.manage", command, lambda work: _create(work, command, token))
    return NewToken(result, token if result.changed else "")


def _create(work: Work, command: CreateToken, token: str) -> Done:
    _check(command)
    row = ApiToken(
        staff_id=_staff_id(work, command.username),
        name=texts.optional(command.name, "name") or "",
        prefix=token[:SHOWN_LENGTH],
        token_hash=token_hash(token),
        scopes=sorted(set(command.scopes)),
        expires_at=work.now + timedelta(days=command.days),
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    after = {"username": command.username, "name": row.name, "prefix": row.prefix, "scopes": row.scopes}
    return Done(entity="ApiToken", entity_id=row.id, events=(Event.TOKEN_CREATED,), after=after)


def _check(command: CreateToken) -> None:
    unknown = sorted(set(command.scopes) - PERMISSIONS.keys())
    if unknown:
        raise refuse(ErrorCode.INVALID, "unknown_scope", path=("scopes",), scope=unknown[0])
    if not 1 <= command.days <= LONGEST_DAYS:
        raise refuse(ErrorCode.INVALID, "token_days", path=("days",), most=LONGEST_DAYS)


def _staff_id(work: Work, username: str) -> int:
    staff_id = work.session.scalar(select(Staff.id).where(Staff.username == username_key(username)))
    if staff_id is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_user", path=("username",), username=username)
    return staff_id
