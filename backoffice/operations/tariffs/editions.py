"""Tariff editions as rows: found, held for a change, read with their lines, and who imported them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.tariff import TariffEdition, TariffLine
from backoffice.models import AuditEntry
from backoffice.models import TariffEdition as EditionRow
from backoffice.models import TariffLine as LineRow

IMPORT = "import_tariff"
ENTITY = "TariffEdition"


def find(session: Session, jalali_year: int, version: int) -> EditionRow | None:
    """The edition of that year and version, draft or approved."""
    chosen = select(EditionRow).where(EditionRow.jalali_year == jalali_year, EditionRow.version == version)
    return session.scalar(chosen)


def with_lines(session: Session, row: EditionRow) -> TariffEdition:
    """The edition with its lines, in the order they were entered."""
    lines = session.scalars(select(LineRow).where(LineRow.edition_id == row.id).order_by(LineRow.id))
    return TariffEdition(
        row.id,
        row.jalali_year,
        row.version,
        row.effective_from,
        tuple(TariffLine(line.code, line.unit, line.rate) for line in lines),
        approved=row.approved_at is not None,
    )


def importer(session: Session, edition_id: int) -> AuditEntry | None:
    """The audit row of the edition's last import: who stands behind its lines. None when it was never imported."""
    chosen = select(AuditEntry).where(
        AuditEntry.entity == ENTITY, AuditEntry.entity_id == edition_id, AuditEntry.operation == IMPORT
    )
    return session.scalar(chosen.order_by(AuditEntry.id.desc()).limit(1))
