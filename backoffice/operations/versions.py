"""Optimistic locking: who changes an object must have read its present version."""

from typing import Protocol

from backoffice.domain.problem import ErrorCode
from backoffice.operations.result import refuse


class Versioned(Protocol):
    """An object that counts its changes."""

    id: int
    version: int


def refuse_stale(row: Versioned, version: int) -> None:
    """STALE, with the object's id, unless it still has this ``version``. The row is held and was read afresh."""
    if row.version != version:
        raise refuse(ErrorCode.STALE, path=("version",), entity_id=row.id, version=version, current=row.version)
