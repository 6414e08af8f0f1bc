"""Revoke an API token: the program that holds it is refused from now on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import ApiToken
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Id
from backoffice.operations.operation import Operation
from backoffice.operations.subject import Subject
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RevokeToken(Command):
    """The token's id."""

    id: Annotated[int, Given(Id("ApiToken"), Label(fa="توکن", en="Token"), about="Which token.")]


TOKEN = Subject(entity="ApiToken", state=lambda work, token: token.revoked_at)
"""A token; the state is since when it is revoked."""


def _works(revoked_at: datetime | None, viewer: object) -> Problem | None:
    if revoked_at is None:
        return None
    return Problem(code=ErrorCode.CONFLICT, detail="token_revoked", path=("id",))


def _revoke(work: Work, command: RevokeToken) -> Done:
    token = lookups.found(work, ApiToken, command.id, "id")
    token.revoked_at = work.now
    work.session.flush()
    named = {"staff_id": token.staff_id, "name": token.name, "prefix": token.prefix}
    return Done(
        entity="ApiToken",
        entity_id=token.id,
        events=(Event.TOKEN_REVOKED,),
        before=named | {"revoked_at": None},
        after=named | {"revoked_at": token.revoked_at},
    )


revoke_token = Operation(
    name="revoke_token",
    label=Label(fa="باطل کردن توکن", en="Revoke the token"),
    description="Revoke an API token: the program that holds it is refused from now on.",
    permission="token.manage",
    command=RevokeToken,
    entity="ApiToken",
    events=(Event.TOKEN_REVOKED,),
    about=TOKEN,
    possible=_works,
    body=_revoke,
    danger=True,
)
"""``id`` is the token's. NOT_FOUND for an unknown one, CONFLICT for one revoked already."""
