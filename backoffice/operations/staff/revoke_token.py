"""Revoke an API token: the program that holds it is refused from now on."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import ApiToken
from backoffice.models.base import is_possible_id
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RevokeToken(Command):
    """The token's id."""

    operation: ClassVar[str] = "revoke_token"

    id: int


def revoke_token(desk: Premises, viewer: Viewer, command: RevokeToken) -> Result:
    """``id`` is the token's. NOT_FOUND for an unknown one, CONFLICT for one revoked already."""
    return perform(desk, viewer, "token.manage", command, lambda work: _revoke(work, command.id))


def _revoke(work: Work, token_id: int) -> Done:
    token = work.session.get(ApiToken, token_id) if is_possible_id(token_id) else None
    if token is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("id",))
    lookups.lock(work, token)
    if token.revoked_at is not None:
        raise refuse(ErrorCode.CONFLICT, "token_revoked", path=("id",))
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
