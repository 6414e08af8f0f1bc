"""Released versions of products, and the products they can be upgraded to.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from backoffice.migrations.triggers import RefusingTrigger, drop_functions, refuse, refuse_truncation

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)

CHANGED = (
    "OLD.withdrawn_on IS NOT NULL OR NEW.product_id <> OLD.product_id OR NEW.label <> OLD.label"
    " OR NEW.label_folded <> OLD.label_folded OR NEW.released_on <> OLD.released_on"
    " OR COALESCE(NEW.notes, '') <> COALESCE(OLD.notes, '')"
)
REFUSALS = (
    RefusingTrigger("product_version", "DELETE", "rows of product_version are kept"),
    RefusingTrigger("product_version", "UPDATE", "a released version can only be withdrawn, once", CHANGED),
)


def upgrade() -> None:
    create_product_version()
    create_product_upgrade()
    refuse(REFUSALS)
    refuse_truncation(("product_version",))


def downgrade() -> None:
    op.drop_table("product_upgrade")
    op.drop_table("product_version")
    drop_functions(REFUSALS)


def create_product_version() -> None:
    op.create_table(
        "product_version",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("product_id", IDENTIFIER, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("label_folded", WORDS, nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("notes", WORDS),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("withdrawal_reason", WORDS),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_product_version"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_version_product_id"),
        sa.ForeignKeyConstraint(["created_by_id"], ["staff.id"], name="fk_product_version_created_by_id"),
        sa.CheckConstraint("label <> ''", name=op.f("ck_product_version_label")),
        sa.CheckConstraint("withdrawn_on >= released_on", name=op.f("ck_product_version_withdrawn_on")),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawal_reason IS NULL)", name=op.f("ck_product_version_withdrawal_reason")
        ),
    )
    op.create_index(
        "uq_product_version_label",
        "product_version",
        ["product_id", "label_folded"],
        unique=True,
        sqlite_where=sa.text("withdrawn_on IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    op.create_index(
        "ix_product_version_product_id_released_on_id", "product_version", ["product_id", "released_on", "id"]
    )


def create_product_upgrade() -> None:
    op.create_table(
        "product_upgrade",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("product_id", IDENTIFIER, nullable=False),
        sa.Column("target_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_product_upgrade"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_upgrade_product_id"),
        sa.ForeignKeyConstraint(["target_id"], ["product.id"], name="fk_product_upgrade_target_id"),
        sa.UniqueConstraint("product_id", "target_id", name="uq_product_upgrade_product_id_target_id"),
        sa.CheckConstraint("product_id <> target_id", name=op.f("ck_product_upgrade_target_id")),
    )
    op.create_index("ix_product_upgrade_target_id", "product_upgrade", ["target_id"])
