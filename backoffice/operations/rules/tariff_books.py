"""The tariff book and the tax table, as the database has them now; tariff books as they were frozen."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.domain.tariff import BillingRule, TariffBook, TariffEdition, TariffLine, TariffMapping
from backoffice.domain.tax import TaxRate, TaxTable
from backoffice.models import BillingRule as BillingRow
from backoffice.models import TariffEdition as EditionRow
from backoffice.models import TariffLine as LineRow
from backoffice.models import TariffMapping as MappingRow
from backoffice.models import TaxRate as TaxRow
from backoffice.operations.rules.frozen import frozen
from backoffice.operations.rules.remembered import Remembered

BASIS_POINTS = 10_000

_BOOK = 0x7A21FF
"""PostgreSQL's advisory lock on the approved editions."""

_remembered = Remembered[TariffBook](most=16)
"""Books by the hash of their document."""


def hold_editions(session: Session, *, to_approve: bool = False) -> None:
    """Until the transaction ends no edition is approved; who is ``to_approve`` one waits for all who rely on that.

    SQLite's transactions that write hold the whole database already.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if to_approve else func.pg_advisory_xact_lock_shared
        session.execute(select(lock(_BOOK)))


def tariff_book(session: Session) -> TariffBook:
    """All approved editions, with the billing rules and mappings."""
    rules = select(BillingRow.mode, BillingRow.minimum_minutes, BillingRow.step_minutes).order_by(BillingRow.mode)
    mappings = select(MappingRow.service_type, MappingRow.labour, MappingRow.call_out, MappingRow.kilometre)
    return _met_before(
        TariffBook(
            editions=_approved_editions(session),
            billing=tuple(BillingRule(*row) for row in session.execute(rules)),
            mappings=tuple(TariffMapping(*row) for row in session.execute(mappings.order_by(MappingRow.service_type))),
        )
    )


@lru_cache(maxsize=16)
def _met_before(book: TariffBook) -> TariffBook:
    """The first of all equal books, which has worked out its content hash already."""
    return book


def frozen_books(session: Session, hashes: AbstractSet[str]) -> Mapping[str, TariffBook]:
    """The books as they were frozen under these hashes, each read once by this process while it is remembered."""
    return frozen(session, hashes, remembered=_remembered, parse=TariffBook.from_document)


def tax_table(session: Session) -> TaxTable:
    """All dated rates of VAT, by their first day."""
    return TaxTable(
        tuple(
            TaxRate(row.id, row.starts_on, row.ends_before, Decimal(row.basis_points) / BASIS_POINTS)
            for row in session.scalars(select(TaxRow).order_by(TaxRow.starts_on))
        )
    )


def _approved_editions(session: Session) -> tuple[TariffEdition, ...]:
    """In one statement: its rows are the lines, beside their edition; an edition without lines is one row."""
    rows = session.execute(
        select(
            EditionRow.id,
            EditionRow.jalali_year,
            EditionRow.version,
            EditionRow.effective_from,
            LineRow.code,
            LineRow.unit,
            LineRow.rate,
        )
        .outerjoin(LineRow, LineRow.edition_id == EditionRow.id)
        .where(EditionRow.approved_at.is_not(None))
        .order_by(EditionRow.jalali_year, EditionRow.version, LineRow.code)
    )
    lines: defaultdict[tuple[int, int, int, date], list[TariffLine]] = defaultdict(list)
    for edition_id, jalali_year, version, effective_from, code, unit, rate in rows:
        of_edition = lines[edition_id, jalali_year, version, effective_from]
        if code is not None:
            of_edition.append(TariffLine(code, unit, rate))
    return tuple(TariffEdition(*edition, lines=tuple(found)) for edition, found in lines.items())
