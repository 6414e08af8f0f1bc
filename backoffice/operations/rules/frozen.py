"""Frozen documents by their hash, which never change: what a process has read once it need not read again."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.models import FrozenDocument
from backoffice.operations.rules.remembered import Remembered

Value = TypeVar("Value")


def frozen(
    session: Session,
    hashes: AbstractSet[str],
    *,
    remembered: Remembered[Value],
    parse: Callable[[Mapping[str, Any]], Value],
) -> Mapping[str, Value]:
    """What was frozen under these hashes, as ``parse`` reads it; in one statement, or none where all is remembered."""
    values = {document_hash: value for document_hash in hashes if (value := remembered.get(document_hash)) is not None}
    missing = hashes - values.keys()
    if missing:
        for document in session.scalars(select(FrozenDocument).where(FrozenDocument.hash.in_(missing))):
            values[document.hash] = remembered.keep(document.hash, parse(document.body))
    return values
