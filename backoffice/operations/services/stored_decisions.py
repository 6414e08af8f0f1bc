"""Decisions on their way into the database, with everything to make them again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backoffice.domain.coverage import RULES_VERSION
from backoffice.domain.tariff import TariffBook
from backoffice.models import CoverageDecision, DocumentKind, FrozenDocument
from backoffice.models.decision_columns import columns_of
from backoffice.operations.result import Decided
from backoffice.operations.work import Work


def store_decision(work: Work, decided: Decided) -> CoverageDecision:
    """The decision as a row with its inputs, the tariff book they name frozen beside it."""
    return store_decisions(work, (decided,))[0]


def store_decisions(work: Work, taken: Sequence[Decided]) -> Sequence[CoverageDecision]:
    """The same for several, in their order; as many statements for many as for one, where they name one book."""
    for book in {decided.facts.book.content_hash: decided.facts.book for decided in taken}.values():
        freeze_book(work.session, book)
    rows = [CoverageDecision(**decision_values(decided, work.now)) for decided in taken]
    work.session.add_all(rows)
    work.session.flush()
    return rows


def decision_values(decided: Decided, at: datetime) -> dict[str, object]:
    """What the row of a decision taken ``at`` holds, by its columns."""
    return {
        **columns_of(decided.decision),
        "book_hash": decided.facts.book.content_hash,
        "inputs": decided.facts.to_document(),
        "engine": RULES_VERSION,
        "decided_at": at,
    }


def freeze_book(session: Session, book: TariffBook) -> None:
    """Keep the book once. Somebody else may keep the very same one at the same moment."""
    kept = select(FrozenDocument.hash).where(FrozenDocument.hash == book.content_hash)
    if session.scalar(kept) is not None:
        return
    try:
        with session.begin_nested():
            session.add(FrozenDocument(hash=book.content_hash, kind=DocumentKind.TARIFF_BOOK, body=book.to_document()))
    except IntegrityError:
        if session.scalar(kept) is None:
            raise
