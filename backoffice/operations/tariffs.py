"""The tariff book and the tax table, as the database has them now."""

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.tariff import (
    BillingRule,
    TariffBook,
    TariffEdition,
    TariffLine,
    TariffMapping,
    TaxRate,
    TaxTable,
)
from backoffice.models import BillingRule as BillingRow
from backoffice.models import TariffEdition as EditionRow
from backoffice.models import TariffLine as LineRow
from backoffice.models import TariffMapping as MappingRow
from backoffice.models import TaxRate as TaxRow

BASIS_POINTS = 10_000


def tariff_book(session: Session) -> TariffBook:
    """All approved editions, with the billing rules and mappings."""
    return TariffBook(
        editions=_approved_editions(session),
        billing=tuple(
            BillingRule(row.mode, row.minimum_minutes, row.step_minutes) for row in session.scalars(select(BillingRow))
        ),
        mappings=tuple(
            TariffMapping(row.service_type, row.labour, row.call_out, row.kilometre)
            for row in session.scalars(select(MappingRow))
        ),
    )


def tax_table(session: Session) -> TaxTable:
    """All dated rates of VAT, by their first day."""
    return TaxTable(
        tuple(
            TaxRate(row.id, row.starts_on, row.ends_before, Decimal(row.basis_points) / BASIS_POINTS)
            for row in session.scalars(select(TaxRow).order_by(TaxRow.starts_on))
        )
    )


def _approved_editions(session: Session) -> tuple[TariffEdition, ...]:
    lines: defaultdict[int, list[TariffLine]] = defaultdict(list)
    approved = select(EditionRow).where(EditionRow.approved_at.is_not(None))
    editions = session.scalars(approved.order_by(EditionRow.jalali_year, EditionRow.version)).all()
    for line in session.scalars(select(LineRow).where(LineRow.edition_id.in_([edition.id for edition in editions]))):
        lines[line.edition_id].append(TariffLine(line.code, line.unit, line.rate))
    return tuple(
        TariffEdition(row.id, row.jalali_year, row.version, row.effective_from, tuple(lines[row.id]))
        for row in editions
    )
