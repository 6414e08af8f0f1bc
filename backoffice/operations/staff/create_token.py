"""Create an API token with which a program acts for a member of staff."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from sqlalchemy import select

from backoffice.access.credentials import username_key
from backoffice.access.permissions import PERMISSIONS
from backoffice.access.tokens import SHOWN_LENGTH, new_token, token_hash
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.models import ApiToken, Staff
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Called, Known, Quantity, Text, Unit
from backoffice.operations.operation import Operation
from backoffice.operations.result import refuse
from backoffice.operations.work import Done, Work

LONGEST_DAYS = 365


def _staff_called(work: Work, username: str, path: str = "username") -> int:
    """The id of whoever signs in by this name; NOT_FOUND for an unknown one."""
    staff_id = work.session.scalar(select(Staff.id).where(Staff.username == username_key(username)))
    if staff_id is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_user", path=(path,), username=username)
    return staff_id


@dataclass(frozen=True, kw_only=True)
class CreateToken(Command):
    """A token of ``username`` for ``days`` days, at most 365; ``scopes`` are the permissions kept: all when empty."""

    username: Annotated[
        str,
        Given(
            Called(entity="Staff", find=_staff_called),
            Label(fa="نام کاربری", en="User name"),
            about="Whose token: the user name of a member of staff.",
        ),
    ]
    name: Annotated[str | None, Given(Text(), Label(fa="نام", en="Name"), about="What the token is for.")] = None
    scopes: Annotated[
        tuple[str, ...],
        Given(
            Known(PERMISSIONS, "unknown_scope", "scope"),
            Label(fa="دسترسی‌ها", en="Scopes"),
            about="The permissions that the token keeps of its owner's; all when empty.",
        ),
    ] = ()
    days: Annotated[
        int,
        Given(
            Quantity(Unit.DAYS, 1, LONGEST_DAYS, "token_days"),
            Label(fa="روزهای اعتبار", en="Days"),
            about="For how many days it works.",
        ),
    ] = LONGEST_DAYS


def _create(work: Work, command: CreateToken) -> Done[str]:
    token = new_token()
    row = ApiToken(
        staff_id=_staff_called(work, command.username),
        name=command.name or "",
        prefix=token[:SHOWN_LENGTH],
        token_hash=token_hash(token),
        scopes=sorted(set(command.scopes)),
        expires_at=work.now + timedelta(days=command.days),
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    after = {"username": command.username, "name": row.name, "prefix": row.prefix, "scopes": row.scopes}
    return Done(entity="ApiToken", entity_id=row.id, events=(Event.TOKEN_CREATED,), after=after, told=token)


create_token = Operation(
    name="create_token",
    label=Label(fa="ساخت توکن", en="Create a token"),
    description="Create an API token with which a program acts for a member of staff.",
    permission="token.manage",
    command=CreateToken,
    entity="ApiToken",
    events=(Event.TOKEN_CREATED,),
    body=_create,
)
"""``told`` is the token, this once: the database has its hash. None beside problems, and for a command sent again.

NOT_FOUND for an unknown user; INVALID for an unknown scope or a number of days outside 1 to 365.
"""
