"""The first tables, with every constraint and trigger.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backoffice.migrations.triggers import RefusingTrigger, allow_truncation, drop_functions, refuse, refuse_truncation

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

TABLES = (
    "billing_rule",
    "channel",
    "frozen_document",
    "office",
    "outbox",
    "product",
    "role",
    "tariff_mapping",
    "tax_rate",
    "staff",
    "support_plan",
    "api_token",
    "audit_entry",
    "customer",
    "idempotency_key",
    "staff_role",
    "staff_session",
    "tariff_edition",
    "customer_phone",
    "site",
    "tariff_line",
    "asset",
    "site_distance",
    "support_period",
    "allowance",
    "coverage_decision",
    "service_record",
    "allowance_slot",
    "charge",
    "record_decision",
    "slot_ledger",
)
"""In the order in which they are made: each after what it points at."""

APPEND_ONLY = ("frozen_document", "coverage_decision", "record_decision", "slot_ledger", "audit_entry", "allowance")
NEVER_DELETED = ("service_record", "support_period", "allowance_slot", "charge")
FINAL_ONCE_AGREED = ("support_plan", "tariff_edition", "tariff_line")

LINE_AGREED = (
    "EXISTS (SELECT 1 FROM tariff_edition WHERE tariff_edition.id = {row}.edition_id"
    " AND tariff_edition.approved_at IS NOT NULL)"
)
EDITION_HELD = "tariff_edition WHERE tariff_edition.id = {row}.edition_id FOR SHARE"
SLOT_BEYOND = "NEW.slot_no > (SELECT allowance.quantity FROM allowance WHERE allowance.id = NEW.allowance_id)"

REFUSALS = (
    *(
        RefusingTrigger(table, event, f"{table} is append-only")
        for table in APPEND_ONLY
        for event in ("UPDATE", "DELETE")
    ),
    *(RefusingTrigger(table, "DELETE", f"rows of {table} are kept") for table in NEVER_DELETED),
    *(
        RefusingTrigger("support_plan", event, "a published support plan is immutable", "OLD.published_at IS NOT NULL")
        for event in ("UPDATE", "DELETE")
    ),
    *(
        RefusingTrigger(
            "tariff_edition", event, "an approved tariff edition is immutable", "OLD.approved_at IS NOT NULL"
        )
        for event in ("UPDATE", "DELETE")
    ),
    RefusingTrigger(
        "tariff_line",
        "INSERT",
        "an approved tariff edition is immutable",
        LINE_AGREED.format(row="NEW"),
        EDITION_HELD.format(row="NEW"),
    ),
    RefusingTrigger(
        "tariff_line",
        "UPDATE",
        "an approved tariff edition is immutable",
        f"{LINE_AGREED.format(row='OLD')} OR {LINE_AGREED.format(row='NEW')}",
        "tariff_edition WHERE tariff_edition.id IN (OLD.edition_id, NEW.edition_id) FOR SHARE",
    ),
    RefusingTrigger(
        "tariff_line",
        "DELETE",
        "an approved tariff edition is immutable",
        LINE_AGREED.format(row="OLD"),
        EDITION_HELD.format(row="OLD"),
    ),
    RefusingTrigger("allowance_slot", "INSERT", "a slot number is above the quantity of its allowance", SLOT_BEYOND),
    RefusingTrigger("allowance_slot", "UPDATE", "a slot number is above the quantity of its allowance", SLOT_BEYOND),
)

PLAN_CHANGED = RefusingTrigger(
    "support_period",
    "UPDATE",
    "the plan of a support period is frozen",
    "NEW.plan_id <> OLD.plan_id OR NEW.plan_hash <> OLD.plan_hash",
)

SHARED_DAY = (
    "NEW.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM support_period AS other"
    " WHERE other.asset_id = NEW.asset_id AND other.track = NEW.track AND other.cancelled_at IS NULL"
    " AND other.starts_on < NEW.ends_before AND NEW.starts_on < other.ends_before{besides})"
)
OVERLAP = "two support periods of one asset and track share a day"


def upgrade() -> None:
    create_tables()
    refuse((*REFUSALS, PLAN_CHANGED))
    refuse_truncation((*APPEND_ONLY, *NEVER_DELETED, *FINAL_ONCE_AGREED))
    refuse_overlaps()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    drop_functions((*REFUSALS, PLAN_CHANGED))
    allow_truncation()


def refuse_overlaps() -> None:
    """By triggers on SQLite; on PostgreSQL by constraints that need no extension, an id being a range of itself."""
    if op.get_bind().dialect.name == "sqlite":
        for event, besides in (("INSERT", ""), ("UPDATE", " AND other.id <> NEW.id")):
            op.execute(
                f"CREATE TRIGGER refuse_support_period_overlap_{event.lower()} BEFORE {event} ON support_period"
                f" WHEN {SHARED_DAY.format(besides=besides)} BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END"
            )
        return
    for track in ("support", "warranty"):
        op.execute(
            f"ALTER TABLE support_period ADD CONSTRAINT ex_support_period_{track} EXCLUDE USING gist"
            " (int8range(asset_id, asset_id, '[]') WITH &&, daterange(starts_on, ends_before) WITH &&)"
            f" WHERE (track = '{track}' AND cancelled_at IS NULL)"
        )


def create_tables() -> None:
    op.create_table(
        "billing_rule",
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("minimum_minutes", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mode", name="pk_billing_rule"),
        sa.CheckConstraint("minimum_minutes >= 0", name=op.f("ck_billing_rule_minimum_minutes")),
        sa.CheckConstraint(
            "mode IN ('remote', 'phone', 'on_site', 'at_company', 'at_agency')", name=op.f("ck_billing_rule_mode")
        ),
        sa.CheckConstraint("step_minutes >= 1", name=op.f("ck_billing_rule_step_minutes")),
    )

    op.create_table(
        "channel",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("labels", JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_channel"),
    )

    op.create_table(
        "frozen_document",
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_frozen_document"),
        sa.CheckConstraint("kind IN ('plan', 'tariff_book')", name=op.f("ck_frozen_document_kind")),
    )

    op.create_table(
        "office",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("is_origin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("code", name="uq_office_code"),
        sa.CheckConstraint("kind IN ('head_office', 'branch', 'agency')", name=op.f("ck_office_kind")),
    )
    op.create_index(
        "uq_office_origin",
        "office",
        ["is_origin"],
        unique=True,
        sqlite_where=sa.text("is_origin = 1"),
        postgresql_where=sa.text("is_origin"),
    )

    op.create_table(
        "outbox",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("event", WORDS, nullable=False),
        sa.Column("entity", WORDS, nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("delivered_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["id"],
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )

    op.create_table(
        "product",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("sku", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("family", WORDS),
        sa.Column("support_plan_code", WORDS, nullable=False),
        sa.Column("search_text", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sa.UniqueConstraint("sku", name="uq_product_sku"),
        sa.CheckConstraint("name <> ''", name=op.f("ck_product_name")),
        sa.CheckConstraint("sku <> ''", name=op.f("ck_product_sku")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_product_version")),
    )
    op.create_index("ix_product_name_id", "product", ["name", "id"])

    op.create_table(
        "role",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("description", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )

    op.create_table(
        "tariff_mapping",
        sa.Column("service_type", WORDS, nullable=False),
        sa.Column("labour", WORDS, nullable=False),
        sa.Column("call_out", WORDS),
        sa.Column("kilometre", WORDS),
        sa.PrimaryKeyConstraint("service_type", name="pk_tariff_mapping"),
    )

    op.create_table(
        "tax_rate",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date()),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tax_rate"),
        sa.UniqueConstraint("starts_on", name="uq_tax_rate_starts_on"),
        sa.CheckConstraint("basis_points BETWEEN 0 AND 10000", name=op.f("ck_tax_rate_basis_points")),
        sa.CheckConstraint("ends_before IS NULL OR starts_on < ends_before", name=op.f("ck_tax_rate_days")),
    )

    op.create_table(
        "staff",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("username", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("password", WORDS, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", WORDS, nullable=False),
        sa.Column("office_id", IDENTIFIER, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_staff_office_id"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_staff_fs_uniquifier"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
        sa.CheckConstraint("failed_sign_ins >= 0", name=op.f("ck_staff_failed_sign_ins")),
        sa.CheckConstraint("language IN ('fa', 'en')", name=op.f("ck_staff_language")),
    )

    op.create_table(
        "support_plan",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("document_hash", WORDS, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_support_plan"),
        sa.ForeignKeyConstraint(["document_hash"], ["frozen_document.hash"], name="fk_support_plan_document_hash"),
        sa.UniqueConstraint("code", "version", name="uq_support_plan_code_version"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_support_plan_version")),
    )

    op.create_table(
        "api_token",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("prefix", WORDS, nullable=False),
        sa.Column("token_hash", WORDS, nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_api_token_staff_id"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    op.create_index("ix_api_token_staff_id", "api_token", ["staff_id"])

    op.create_table(
        "audit_entry",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("address", WORDS),
        sa.Column("request_id", WORDS),
        sa.Column("operation", WORDS, nullable=False),
        sa.Column("entity", WORDS, nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("before", JSON),
        sa.Column("after", JSON),
        sa.Column("reason", WORDS),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("previous_hash", WORDS),
        sa.Column("chain_hash", WORDS),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_audit_entry_staff_id"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_index("ix_audit_entry_entity_entity_id", "audit_entry", ["entity", "entity_id"])

    op.create_table(
        "customer",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("city", WORDS),
        sa.Column("search_text", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("created_by_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
        sa.ForeignKeyConstraint(["created_by_id"], ["staff.id"], name="fk_customer_created_by_id"),
        sa.UniqueConstraint("code", name="uq_customer_code"),
        sa.CheckConstraint("code <> ''", name=op.f("ck_customer_code")),
        sa.CheckConstraint("kind IN ('person', 'company')", name=op.f("ck_customer_kind")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_customer_name")),
        sa.CheckConstraint("stage IN ('prospect', 'customer')", name=op.f("ck_customer_stage")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_customer_version")),
    )
    op.create_index("ix_customer_created_at_id", "customer", ["created_at", "id"])
    op.create_index("ix_customer_name_id", "customer", ["name", "id"])

    op.create_table(
        "idempotency_key",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("operation", WORDS, nullable=False),
        sa.Column("input_hash", WORDS, nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency_key"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_idempotency_key_staff_id"),
        sa.UniqueConstraint("staff_id", "key", name="uq_idempotency_key_staff_id_key"),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"])

    op.create_table(
        "staff_role",
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("role_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "role_id", name="pk_staff_role"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_staff_role_role_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_role_staff_id"),
    )

    op.create_table(
        "staff_session",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.Column("data", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id"),
    )
    op.create_index("ix_staff_session_expires_at", "staff_session", ["expires_at"])
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])

    op.create_table(
        "tariff_edition",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("jalali_year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("approved_at", INSTANT),
        sa.Column("approved_by_id", IDENTIFIER),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tariff_edition"),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name="fk_tariff_edition_approved_by_id"),
        sa.UniqueConstraint("jalali_year", "version", name="uq_tariff_edition_jalali_year_version"),
        sa.CheckConstraint("jalali_year BETWEEN 1300 AND 1600", name=op.f("ck_tariff_edition_jalali_year")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_tariff_edition_version")),
    )

    op.create_table(
        "customer_phone",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("customer_id", IDENTIFIER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("raw", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer_phone"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_customer_phone_customer_id"),
        sa.UniqueConstraint("customer_id", "number", name="uq_customer_phone_customer_id_number"),
        sa.CheckConstraint("number LIKE '+%'", name=op.f("ck_customer_phone_number")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_customer_phone_position")),
    )
    op.create_index("ix_customer_phone_number", "customer_phone", ["number"])

    op.create_table(
        "site",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("customer_id", IDENTIFIER, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("address", WORDS),
        sa.Column("city", WORDS),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_site_customer_id"),
        sa.CheckConstraint("title <> ''", name=op.f("ck_site_title")),
    )
    op.create_index("ix_site_customer_id", "site", ["customer_id"])

    op.create_table(
        "tariff_line",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("edition_id", IDENTIFIER, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tariff_line"),
        sa.ForeignKeyConstraint(["edition_id"], ["tariff_edition.id"], name="fk_tariff_line_edition_id"),
        sa.UniqueConstraint("edition_id", "code", name="uq_tariff_line_edition_id_code"),
        sa.CheckConstraint("rate BETWEEN 0 AND 9007199254740991", name=op.f("ck_tariff_line_rate")),
        sa.CheckConstraint(
            "unit IN ('hour', 'session', 'day', 'kilometre', 'call_out', 'piece', 'percent')",
            name=op.f("ck_tariff_line_unit"),
        ),
    )

    op.create_table(
        "asset",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("serial_number", WORDS, nullable=False),
        sa.Column("serial_folded", WORDS, nullable=False),
        sa.Column("customer_id", IDENTIFIER, nullable=False),
        sa.Column("product_id", IDENTIFIER, nullable=False),
        sa.Column("site_id", IDENTIFIER),
        sa.Column("purchased_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_asset_customer_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_asset_product_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_asset_site_id"),
        sa.UniqueConstraint("serial_folded", name="uq_asset_serial_folded"),
        sa.UniqueConstraint("serial_number", name="uq_asset_serial_number"),
        sa.CheckConstraint("serial_number <> ''", name=op.f("ck_asset_serial_number")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_asset_version")),
    )
    op.create_index("ix_asset_customer_id_purchased_on_id", "asset", ["customer_id", "purchased_on", "id"])
    op.create_index("ix_asset_product_id_purchased_on_id", "asset", ["product_id", "purchased_on", "id"])
    op.create_index("ix_asset_purchased_on_id", "asset", ["purchased_on", "id"])
    op.create_index("ix_asset_site_id", "asset", ["site_id"])

    op.create_table(
        "site_distance",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("site_id", IDENTIFIER, nullable=False),
        sa.Column("office_id", IDENTIFIER, nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("source", WORDS),
        sa.Column("measured_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_site_distance"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_site_distance_office_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_distance_site_id"),
        sa.UniqueConstraint("site_id", "office_id", name="uq_site_distance_site_id_office_id"),
        sa.CheckConstraint("metres >= 0", name=op.f("ck_site_distance_metres")),
    )

    op.create_table(
        "support_period",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("asset_id", IDENTIFIER, nullable=False),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("cancelled_at", INSTANT),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("plan_hash", WORDS, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_support_period"),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name="fk_support_period_asset_id"),
        sa.ForeignKeyConstraint(["plan_hash"], ["frozen_document.hash"], name="fk_support_period_plan_hash"),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name="fk_support_period_plan_id"),
        sa.CheckConstraint("anchor_on <= starts_on", name=op.f("ck_support_period_anchor_on")),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_support_period_days")),
        sa.CheckConstraint(
            "kind IN ('initial', 'renewal', 'goodwill', 'transfer')", name=op.f("ck_support_period_kind")
        ),
        sa.CheckConstraint("track IN ('support', 'warranty')", name=op.f("ck_support_period_track")),
    )
    op.create_index("ix_support_period_asset_id_track_starts_on", "support_period", ["asset_id", "track", "starts_on"])
    op.create_index("ix_support_period_ends_before", "support_period", ["ends_before"])

    op.create_table(
        "allowance",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("period_id", IDENTIFIER, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("labels", JSON, nullable=False),
        sa.Column("modes", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_allowance"),
        sa.ForeignKeyConstraint(["period_id"], ["support_period.id"], name="fk_allowance_period_id"),
        sa.UniqueConstraint("period_id", "key", name="uq_allowance_period_id_key"),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_allowance_quantity")),
    )

    op.create_table(
        "coverage_decision",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("vat", sa.BigInteger()),
        sa.Column("shadow_amount", sa.BigInteger()),
        sa.Column("billed_minutes", sa.Integer()),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", WORDS, nullable=False),
        sa.Column("plan_code", WORDS, nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("plan_hash", WORDS, nullable=False),
        sa.Column("book_hash", WORDS, nullable=False),
        sa.Column("edition_id", IDENTIFIER),
        sa.Column("tax_rate_id", IDENTIFIER),
        sa.Column("period_id", IDENTIFIER),
        sa.Column("term", WORDS),
        sa.Column("allowance_key", WORDS),
        sa.Column("allowance_limit", sa.Integer()),
        sa.Column("allowance_used", sa.Integer()),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("missing_inputs", JSON, nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.Column("engine", WORDS, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coverage_decision"),
        sa.ForeignKeyConstraint(["book_hash"], ["frozen_document.hash"], name="fk_coverage_decision_book_hash"),
        sa.ForeignKeyConstraint(["edition_id"], ["tariff_edition.id"], name="fk_coverage_decision_edition_id"),
        sa.ForeignKeyConstraint(["period_id"], ["support_period.id"], name="fk_coverage_decision_period_id"),
        sa.ForeignKeyConstraint(["plan_hash"], ["frozen_document.hash"], name="fk_coverage_decision_plan_hash"),
        sa.ForeignKeyConstraint(["tax_rate_id"], ["tax_rate.id"], name="fk_coverage_decision_tax_rate_id"),
        sa.CheckConstraint(
            "overridden OR outcome <> 'allowance' OR (period_id IS NOT NULL AND allowance_key IS NOT NULL"
            " AND allowance_limit IS NOT NULL AND allowance_used IS NOT NULL)",
            name=op.f("ck_coverage_decision_allowance_named"),
        ),
        sa.CheckConstraint(
            "allowance_used BETWEEN 1 AND allowance_limit", name=op.f("ck_coverage_decision_allowance_used")
        ),
        sa.CheckConstraint("amount BETWEEN 0 AND 9007199254740991", name=op.f("ck_coverage_decision_amount")),
        sa.CheckConstraint("billed_minutes >= 0", name=op.f("ck_coverage_decision_billed_minutes")),
        sa.CheckConstraint(
            "outcome <> 'free' OR (amount IS NOT NULL AND amount = 0)",
            name=op.f("ck_coverage_decision_free"),
        ),
        sa.CheckConstraint(
            "overridden OR outcome NOT IN ('free', 'allowance') OR term IS NOT NULL",
            name=op.f("ck_coverage_decision_free_term"),
        ),
        sa.CheckConstraint(
            "outcome IN ('free', 'allowance', 'tariff', 'quote', 'not_offered', 'needs_input', 'no_tariff')",
            name=op.f("ck_coverage_decision_outcome"),
        ),
        sa.CheckConstraint(
            "shadow_amount BETWEEN 0 AND 9007199254740991", name=op.f("ck_coverage_decision_shadow_amount")
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('allowance', 'tariff') OR amount IS NOT NULL", name=op.f("ck_coverage_decision_priced")
        ),
        sa.CheckConstraint(
            "overridden OR COALESCE(amount, 0) = 0 OR (edition_id IS NOT NULL AND tax_rate_id IS NOT NULL)",
            name=op.f("ck_coverage_decision_price_source"),
        ),
        sa.CheckConstraint("vat BETWEEN 0 AND amount", name=op.f("ck_coverage_decision_vat")),
        sa.CheckConstraint("(amount IS NULL) = (vat IS NULL)", name=op.f("ck_coverage_decision_vat_with_amount")),
    )

    op.create_table(
        "service_record",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("service_type", WORDS, nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("channel_code", WORDS, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("customer_id", IDENTIFIER, nullable=False),
        sa.Column("asset_id", IDENTIFIER),
        sa.Column("product_id", IDENTIFIER),
        sa.Column("site_id", IDENTIFIER),
        sa.Column("office_id", IDENTIFIER, nullable=False),
        sa.Column("assignee_id", IDENTIFIER),
        sa.Column("author_id", IDENTIFIER, nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("scheduled_at", INSTANT),
        sa.Column("performed_at", INSTANT),
        sa.Column("minutes", sa.Integer()),
        sa.Column("distance_metres", sa.Integer()),
        sa.Column("request_version", sa.Integer(), nullable=False),
        sa.Column("request_data", JSON, nullable=False),
        sa.Column("result_version", sa.Integer()),
        sa.Column("result_data", JSON),
        sa.Column("estimate_id", IDENTIFIER, nullable=False),
        sa.Column("coverage_id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("shadow_amount", sa.BigInteger()),
        sa.Column("jalali_month", sa.Integer(), nullable=False),
        sa.Column("end_reason", WORDS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_record"),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name="fk_service_record_asset_id"),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name="fk_service_record_assignee_id"),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_service_record_author_id"),
        sa.ForeignKeyConstraint(["channel_code"], ["channel.code"], name="fk_service_record_channel_code"),
        sa.ForeignKeyConstraint(["coverage_id"], ["coverage_decision.id"], name="fk_service_record_coverage_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_service_record_customer_id"),
        sa.ForeignKeyConstraint(["estimate_id"], ["coverage_decision.id"], name="fk_service_record_estimate_id"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_service_record_office_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_service_record_product_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_service_record_site_id"),
        sa.CheckConstraint("amount BETWEEN 0 AND 9007199254740991", name=op.f("ck_service_record_amount")),
        sa.CheckConstraint("distance_metres >= 0", name=op.f("ck_service_record_distance_metres")),
        sa.CheckConstraint(
            "status NOT IN ('cancelled', 'voided') OR end_reason IS NOT NULL", name=op.f("ck_service_record_end_reason")
        ),
        sa.CheckConstraint(
            "status NOT IN ('cancelled', 'voided') OR (amount IS NOT NULL AND amount = 0)",
            name=op.f("ck_service_record_ended_amount"),
        ),
        sa.CheckConstraint(
            "jalali_month / 100 BETWEEN 1300 AND 1600 AND jalali_month % 100 BETWEEN 1 AND 12",
            name=op.f("ck_service_record_jalali_month"),
        ),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_service_record_minutes")),
        sa.CheckConstraint(
            "mode IN ('remote', 'phone', 'on_site', 'at_company', 'at_agency')", name=op.f("ck_service_record_mode")
        ),
        sa.CheckConstraint(
            "outcome IN ('free', 'allowance', 'tariff', 'quote', 'not_offered', 'needs_input', 'no_tariff')",
            name=op.f("ck_service_record_outcome"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('done', 'closed', 'voided') OR performed_at IS NOT NULL",
            name=op.f("ck_service_record_performed_at"),
        ),
        sa.CheckConstraint("(result_version IS NULL) = (result_data IS NULL)", name=op.f("ck_service_record_result")),
        sa.CheckConstraint(
            "shadow_amount BETWEEN 0 AND 9007199254740991", name=op.f("ck_service_record_shadow_amount")
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'scheduled', 'in_progress', 'done', 'closed', 'cancelled', 'voided')",
            name=op.f("ck_service_record_status"),
        ),
        sa.CheckConstraint("subject IN ('software', 'device')", name=op.f("ck_service_record_subject")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_service_record_version")),
    )
    op.create_index("ix_service_record_asset_id_requested_at_id", "service_record", ["asset_id", "requested_at", "id"])
    op.create_index(
        "ix_service_record_customer_id_requested_at_id", "service_record", ["customer_id", "requested_at", "id"]
    )
    op.create_index(
        "ix_service_record_office_id_requested_at_id", "service_record", ["office_id", "requested_at", "id"]
    )
    op.create_index("ix_service_record_requested_at_id", "service_record", ["requested_at", "id"])
    op.create_index(
        "ix_service_record_service_type_status_requested_at_id",
        "service_record",
        ["service_type", "status", "requested_at", "id"],
    )
    op.create_index("ix_service_record_status_requested_at_id", "service_record", ["status", "requested_at", "id"])

    op.create_table(
        "allowance_slot",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("allowance_id", IDENTIFIER, nullable=False),
        sa.Column("slot_no", sa.Integer(), nullable=False),
        sa.Column("record_id", IDENTIFIER),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reserved_at", INSTANT, nullable=False),
        sa.Column("committed_at", INSTANT),
        sa.Column("released_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_allowance_slot"),
        sa.ForeignKeyConstraint(["allowance_id"], ["allowance.id"], name="fk_allowance_slot_allowance_id"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_allowance_slot_record_id"),
        sa.CheckConstraint(
            "(state = 'committed') = (committed_at IS NOT NULL)", name=op.f("ck_allowance_slot_committed_at")
        ),
        sa.CheckConstraint("slot_no >= 1", name=op.f("ck_allowance_slot_slot_no")),
        sa.CheckConstraint("state IN ('reserved', 'committed')", name=op.f("ck_allowance_slot_state")),
    )
    op.create_index("ix_allowance_slot_allowance_id", "allowance_slot", ["allowance_id"])
    op.create_index(
        "uq_allowance_slot_live",
        "allowance_slot",
        ["allowance_id", "slot_no"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "uq_allowance_slot_record",
        "allowance_slot",
        ["record_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )

    op.create_table(
        "charge",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("record_id", IDENTIFIER, nullable=False),
        sa.Column("decision_id", IDENTIFIER, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", IDENTIFIER, nullable=False),
        sa.Column("tax_rate_id", IDENTIFIER, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("reversed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
        sa.ForeignKeyConstraint(["decision_id"], ["coverage_decision.id"], name="fk_charge_decision_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["tariff_edition.id"], name="fk_charge_edition_id"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_charge_record_id"),
        sa.ForeignKeyConstraint(["tax_rate_id"], ["tax_rate.id"], name="fk_charge_tax_rate_id"),
        sa.CheckConstraint("amount BETWEEN 1 AND 9007199254740991", name=op.f("ck_charge_amount")),
        sa.CheckConstraint("(status = 'reversed') = (reversed_at IS NOT NULL)", name=op.f("ck_charge_reversed_at")),
        sa.CheckConstraint(
            "status IN ('proposed', 'confirmed', 'exported', 'paid', 'reversed')", name=op.f("ck_charge_status")
        ),
    )
    op.create_index(
        "uq_charge_standing",
        "charge",
        ["record_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'reversed'"),
        postgresql_where=sa.text("status <> 'reversed'"),
    )

    op.create_table(
        "record_decision",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("record_id", IDENTIFIER, nullable=False),
        sa.Column("decision_id", IDENTIFIER, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_decision"),
        sa.ForeignKeyConstraint(["decision_id"], ["coverage_decision.id"], name="fk_record_decision_decision_id"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_record_decision_record_id"),
        sa.CheckConstraint(
            "role IN ('estimate', 'completion', 'override', 'rerating')", name=op.f("ck_record_decision_role")
        ),
    )
    op.create_index("ix_record_decision_decision_id", "record_decision", ["decision_id"])
    op.create_index("ix_record_decision_record_id", "record_decision", ["record_id"])

    op.create_table(
        "slot_ledger",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("slot_id", IDENTIFIER, nullable=False),
        sa.Column("allowance_id", IDENTIFIER, nullable=False),
        sa.Column("record_id", IDENTIFIER),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_slot_ledger"),
        sa.ForeignKeyConstraint(["allowance_id"], ["allowance.id"], name="fk_slot_ledger_allowance_id"),
        sa.ForeignKeyConstraint(["record_id"], ["service_record.id"], name="fk_slot_ledger_record_id"),
        sa.ForeignKeyConstraint(["slot_id"], ["allowance_slot.id"], name="fk_slot_ledger_slot_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_slot_ledger_staff_id"),
        sa.CheckConstraint("step IN ('reserved', 'committed', 'released')", name=op.f("ck_slot_ledger_step")),
    )
    op.create_index("ix_slot_ledger_record_id", "slot_ledger", ["record_id"])
    op.create_index("ix_slot_ledger_slot_id", "slot_ledger", ["slot_id"])
