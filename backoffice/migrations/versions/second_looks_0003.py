"""Transfers of assets, overrides that wait for a second person, addenda to plans, suggestions to price again.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backoffice.migrations.triggers import RefusingTrigger, drop_functions, refuse, refuse_truncation

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

OUTCOMES = "'free', 'allowance', 'tariff', 'quote', 'not_offered', 'needs_input', 'no_tariff'"
APPEND_ONLY = ("asset_transfer", "plan_addendum")
NEVER_DELETED = ("override_request", "rating_suggestion")

REFUSALS = (
    *(
        RefusingTrigger(table, event, f"{table} is append-only")
        for table in APPEND_ONLY
        for event in ("UPDATE", "DELETE")
    ),
    *(RefusingTrigger(table, "DELETE", f"rows of {table} are kept") for table in NEVER_DELETED),
    RefusingTrigger("override_request", "UPDATE", "a settled request is final", "OLD.status <> 'waiting'"),
    RefusingTrigger("rating_suggestion", "UPDATE", "a settled suggestion is final", "OLD.status <> 'suggested'"),
)


def upgrade() -> None:
    create_asset_transfer()
    create_override_request()
    create_plan_addendum()
    create_rating_suggestion()
    op.create_index(
        "ix_coverage_decision_provisional",
        "coverage_decision",
        ["id"],
        sqlite_where=sa.text("provisional = 1"),
        postgresql_where=sa.text("provisional"),
    )
    refuse(REFUSALS)
    refuse_truncation((*APPEND_ONLY, *NEVER_DELETED))


def downgrade() -> None:
    op.drop_index("ix_coverage_decision_provisional", table_name="coverage_decision")
    for table in (*NEVER_DELETED, *APPEND_ONLY):
        op.drop_table(table)
    drop_functions(REFUSALS)


def create_asset_transfer() -> None:
    op.create_table(
        "asset_transfer",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("asset_id", IDENTIFIER, nullable=False),
        sa.Column("from_customer_id", IDENTIFIER, nullable=False),
        sa.Column("to_customer_id", IDENTIFIER, nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_asset_transfer"),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name="fk_asset_transfer_asset_id"),
        sa.ForeignKeyConstraint(["from_customer_id"], ["customer.id"], name="fk_asset_transfer_from_customer_id"),
        sa.ForeignKeyConstraint(["to_customer_id"], ["customer.id"], name="fk_asset_transfer_to_customer_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_asset_transfer_staff_id"),
        sa.CheckConstraint("from_customer_id <> to_customer_id", name=op.f("ck_asset_transfer_owners")),
    )
    op.create_index("ix_asset_transfer_asset_id", "asset_transfer", ["asset_id"])


def create_override_request() -> None:
    op.create_table(
        "override_request",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("record_id", IDENTIFIER, nullable=False),
        sa.Column("against_id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("requested_by_id", IDENTIFIER, nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("settled_by_id", IDENTIFIER),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_override_request"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_override_request_record_id"),
        sa.ForeignKeyConstraint(["against_id"], ["coverage_decision.id"], name="fk_override_request_against_id"),
        sa.ForeignKeyConstraint(["requested_by_id"], ["staff.id"], name="fk_override_request_requested_by_id"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["staff.id"], name="fk_override_request_settled_by_id"),
        sa.CheckConstraint("amount BETWEEN 1 AND 9007199254740991", name=op.f("ck_override_request_amount")),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_override_request_outcome")),
        sa.CheckConstraint("(outcome = 'tariff') = (amount IS NOT NULL)", name=op.f("ck_override_request_priced")),
        sa.CheckConstraint("status IN ('waiting', 'approved', 'declined')", name=op.f("ck_override_request_status")),
        sa.CheckConstraint("(status = 'waiting') = (settled_at IS NULL)", name=op.f("ck_override_request_settled_at")),
        sa.CheckConstraint(
            "status <> 'approved' OR (settled_by_id IS NOT NULL AND settled_by_id <> requested_by_id)",
            name=op.f("ck_override_request_approver"),
        ),
    )
    op.create_index("ix_override_request_record_id", "override_request", ["record_id"])
    op.create_index(
        "uq_override_request_waiting",
        "override_request",
        ["record_id"],
        unique=True,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )


def create_plan_addendum() -> None:
    op.create_table(
        "plan_addendum",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("document_hash", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_plan_addendum"),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name="fk_plan_addendum_plan_id"),
        sa.ForeignKeyConstraint(["document_hash"], ["frozen_document.hash"], name="fk_plan_addendum_document_hash"),
        sa.ForeignKeyConstraint(["created_by_id"], ["staff.id"], name="fk_plan_addendum_created_by_id"),
    )
    op.create_index("ix_plan_addendum_plan_id_effective_from_id", "plan_addendum", ["plan_id", "effective_from", "id"])


def create_rating_suggestion() -> None:
    op.create_table(
        "rating_suggestion",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("record_id", IDENTIFIER, nullable=False),
        sa.Column("against_id", IDENTIFIER, nullable=False),
        sa.Column("edition_id", IDENTIFIER, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("suggested_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("settled_by_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_rating_suggestion"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_rating_suggestion_record_id"),
        sa.ForeignKeyConstraint(["against_id"], ["coverage_decision.id"], name="fk_rating_suggestion_against_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["tariff_edition.id"], name="fk_rating_suggestion_edition_id"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["staff.id"], name="fk_rating_suggestion_settled_by_id"),
        sa.UniqueConstraint("against_id", "edition_id", name="uq_rating_suggestion_against_id_edition_id"),
        sa.CheckConstraint(
            "status IN ('suggested', 'accepted', 'dismissed', 'obsolete')", name=op.f("ck_rating_suggestion_status")
        ),
        sa.CheckConstraint(
            "(status = 'suggested') = (settled_at IS NULL)", name=op.f("ck_rating_suggestion_settled_at")
        ),
    )
    op.create_index("ix_rating_suggestion_record_id", "rating_suggestion", ["record_id"])
    op.create_index("ix_rating_suggestion_edition_id_status_id", "rating_suggestion", ["edition_id", "status", "id"])
