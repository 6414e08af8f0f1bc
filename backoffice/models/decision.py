"""Coverage decisions as they were taken, with everything needed to take them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.decision import Outcome
from backoffice.models.base import Base, Id, Json, at_least, one_of, rial_range


class CoverageDecision(Base):
    """A decision with its amounts in rials, its reasons and its inputs (the document of the facts).

    ``plan_hash`` and ``book_hash`` name the frozen documents it was taken by, ``engine`` the rules. ``exhausted`` is
    the key of the allowance it would have drawn on, had a slot been free; ``override_reason`` a supervisor's words,
    exactly where they decided instead. Append-only: the database refuses change and removal.
    """

    __tablename__ = "coverage_decision"
    __table_args__ = (
        rial_range("amount"),
        rial_range("shadow_amount"),
        at_least("billed_minutes", 0),
        CheckConstraint("vat BETWEEN 0 AND amount", name="vat"),
        CheckConstraint("(amount IS NULL) = (vat IS NULL)", name="vat_with_amount"),
        CheckConstraint("outcome <> 'free' OR (amount IS NOT NULL AND amount = 0)", name="free"),
        CheckConstraint("outcome NOT IN ('allowance', 'tariff') OR amount IS NOT NULL", name="priced"),
        CheckConstraint(
            "overridden OR COALESCE(amount, 0) = 0 OR (edition_id IS NOT NULL AND tax_rate_id IS NOT NULL)",
            name="price_source",
        ),
        CheckConstraint("overridden OR outcome NOT IN ('free', 'allowance') OR term IS NOT NULL", name="free_term"),
        CheckConstraint(
            "overridden OR outcome <> 'allowance' OR (period_id IS NOT NULL AND allowance_key IS NOT NULL"
            " AND allowance_limit IS NOT NULL AND allowance_used IS NOT NULL)",
            name="allowance_named",
        ),
        CheckConstraint("allowance_used BETWEEN 1 AND allowance_limit", name="allowance_used"),
        CheckConstraint("overridden = (override_reason IS NOT NULL)", name="override_reason"),
        CheckConstraint("exhausted IS NULL OR period_id IS NOT NULL", name="exhausted"),
        Index(
            "ix_coverage_decision_provisional",
            "id",
            sqlite_where=text("provisional = 1"),
            postgresql_where=text("provisional"),
        ),
    )

    id: Mapped[Id]
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome, "outcome"))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    vat: Mapped[int | None] = mapped_column(BigInteger)
    shadow_amount: Mapped[int | None] = mapped_column(BigInteger)
    billed_minutes: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    overridden: Mapped[bool] = mapped_column(default=False)
    fingerprint: Mapped[str]
    plan_code: Mapped[str]
    plan_version: Mapped[int]
    plan_hash: Mapped[str] = mapped_column(ForeignKey("frozen_document.hash"))
    book_hash: Mapped[str] = mapped_column(ForeignKey("frozen_document.hash"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("tariff_edition.id"))
    tax_rate_id: Mapped[int | None] = mapped_column(ForeignKey("tax_rate.id"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("support_period.id"))
    term: Mapped[str | None]
    allowance_key: Mapped[str | None]
    allowance_limit: Mapped[int | None]
    allowance_used: Mapped[int | None]
    exhausted: Mapped[str | None]
    override_reason: Mapped[str | None]
    lines: Mapped[Sequence[Mapping[str, object]]] = mapped_column(Json)
    reasons: Mapped[Sequence[Mapping[str, object]]] = mapped_column(Json)
    missing_inputs: Mapped[Sequence[str]] = mapped_column(Json)
    inputs: Mapped[Mapping[str, object]] = mapped_column(Json)
    engine: Mapped[str]
    decided_at: Mapped[datetime]
