"""Stored decisions as they were taken, beside the facts they were taken from."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.coverage import EditionRef, Facts
from backoffice.domain.facts import plans_named
from backoffice.models import CoverageDecision, TariffEdition
from backoffice.models.decision_columns import decision_in
from backoffice.operations.result import Decided
from backoffice.operations.rules.published_plans import frozen_plans
from backoffice.operations.rules.tariff_books import frozen_books


def restored_decision(session: Session, row: CoverageDecision) -> Decided:
    """The decision that was stored in ``row``, with its facts."""
    return restored_decisions(session, (row,))[0]


def restored_decisions(session: Session, rows: Sequence[CoverageDecision]) -> Sequence[Decided]:
    """The same for several, in their order; in as many statements for many as for one."""
    plans = frozen_plans(session, {name for row in rows for name in plans_named(row.inputs)})
    books = frozen_books(session, {row.book_hash for row in rows})
    editions = _editions(session, {row.edition_id for row in rows} - {None})
    return [
        Decided(decision_in(row, editions.get(row.edition_id)), Facts.from_document(row.inputs, plans, books))
        for row in rows
    ]


def _editions(session: Session, ids: set[int | None]) -> Mapping[int | None, EditionRef]:
    chosen = select(TariffEdition.id, TariffEdition.jalali_year, TariffEdition.version)
    found = session.execute(chosen.where(TariffEdition.id.in_(ids))) if ids else ()
    return {edition_id: EditionRef(edition_id, year, version) for edition_id, year, version in found}
