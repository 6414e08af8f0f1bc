"""Consumers of events, and the delivery of each event to each of them.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

from backoffice.migrations.triggers import RefusingTrigger, drop_functions, refuse

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)

FINAL = RefusingTrigger("delivery", "UPDATE", "a settled delivery is final", "OLD.status IN ('delivered', 'discarded')")


def upgrade() -> None:
    dispatch_events()
    create_consumer()
    create_delivery()
    refuse([FINAL])


def dispatch_events() -> None:
    """Events that wait were made for nobody: they are dispatched as the next ones are, and reach nobody."""
    op.add_column("outbox", sa.Column("dispatched_at", INSTANT))
    op.execute("UPDATE outbox SET dispatched_at = delivered_at WHERE delivered_at IS NOT NULL")
    with op.batch_alter_table("outbox") as table:
        table.create_check_constraint(
            op.f("ck_outbox_dispatched_at"), "delivered_at IS NULL OR dispatched_at IS NOT NULL"
        )
    op.create_index(
        "ix_outbox_new",
        "outbox",
        ["id"],
        sqlite_where=sa.text("dispatched_at IS NULL"),
        postgresql_where=sa.text("dispatched_at IS NULL"),
    )


def create_consumer() -> None:
    op.create_table(
        "consumer",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("begins_after", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_consumer"),
        sa.CheckConstraint("code <> ''", name=op.f("ck_consumer_code")),
        sa.CheckConstraint("begins_after >= 0", name=op.f("ck_consumer_begins_after")),
    )


def create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("outbox_id", IDENTIFIER, nullable=False),
        sa.Column("consumer_code", WORDS, nullable=False),
        sa.Column("entity", WORDS, nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT),
        sa.Column("parked_at", INSTANT),
        sa.Column("settled_at", INSTANT),
        sa.Column("last_error", WORDS),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_delivery_outbox_id"),
        sa.ForeignKeyConstraint(["consumer_code"], ["consumer.code"], name="fk_delivery_consumer_code"),
        sa.UniqueConstraint("outbox_id", "consumer_code", name="uq_delivery_outbox_id_consumer_code"),
        sa.CheckConstraint(
            "status IN ('waiting', 'delivered', 'parked', 'discarded')", name=op.f("ck_delivery_status")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_delivery_attempts")),
        sa.CheckConstraint("status <> 'delivered' OR attempts >= 1", name=op.f("ck_delivery_delivered")),
        sa.CheckConstraint("(status = 'waiting') = (next_try_at IS NOT NULL)", name=op.f("ck_delivery_next_try_at")),
        sa.CheckConstraint("(status = 'parked') = (parked_at IS NOT NULL)", name=op.f("ck_delivery_parked_at")),
        sa.CheckConstraint(
            "(status IN ('delivered', 'discarded')) = (settled_at IS NOT NULL)", name=op.f("ck_delivery_settled_at")
        ),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["next_try_at", "id"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        "ix_delivery_undone",
        "delivery",
        ["consumer_code", "entity", "entity_id", "outbox_id"],
        sqlite_where=sa.text("status IN ('waiting', 'parked')"),
        postgresql_where=sa.text("status IN ('waiting', 'parked')"),
    )


def downgrade() -> None:
    op.drop_table("delivery")
    drop_functions([FINAL])
    op.drop_table("consumer")
    op.drop_index("ix_outbox_new", table_name="outbox")
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint(op.f("ck_outbox_dispatched_at"), type_="check")
        table.drop_column("dispatched_at")
