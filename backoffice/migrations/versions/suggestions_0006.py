"""Suggestions to decide again because a slot was given back; charges in the books are not taken back.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

from backoffice.migrations.triggers import RefusingTrigger, lift, on_sqlite, refuse

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLE = "rating_suggestion"

KEPT = RefusingTrigger(TABLE, "DELETE", f"rows of {TABLE} are kept")
FINAL = RefusingTrigger(TABLE, "UPDATE", "a settled suggestion is final", "OLD.status <> 'suggested'")
IN_THE_BOOKS = RefusingTrigger(
    "charge",
    "UPDATE",
    "a charge in the books is not taken back",
    "OLD.status IN ('exported', 'paid') AND NEW.status NOT IN ('exported', 'paid')",
)


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.alter_column("edition_id", existing_type=IDENTIFIER, nullable=True)
        table.add_column(sa.Column("freed_slot_id", IDENTIFIER))
        table.create_foreign_key(
            op.f("fk_rating_suggestion_freed_slot_id"), "allowance_slot", ["freed_slot_id"], ["id"]
        )
        table.create_unique_constraint(
            op.f("uq_rating_suggestion_against_id_freed_slot_id"), ["against_id", "freed_slot_id"]
        )
        table.create_check_constraint(
            op.f("ck_rating_suggestion_cause"), "(edition_id IS NULL) <> (freed_slot_id IS NULL)"
        )
        table.create_index("ix_rating_suggestion_freed_slot_id", ["freed_slot_id"])
    make_anew()
    refuse([IN_THE_BOOKS])


def downgrade() -> None:
    """What a freed slot led to has no place in the table as it was, and is left out."""
    lift([IN_THE_BOOKS, KEPT])
    op.execute(sa.text("DELETE FROM rating_suggestion WHERE edition_id IS NULL"))
    with op.batch_alter_table(TABLE) as table:
        table.drop_index("ix_rating_suggestion_freed_slot_id")
        table.drop_constraint(op.f("ck_rating_suggestion_cause"), type_="check")
        table.drop_constraint(op.f("uq_rating_suggestion_against_id_freed_slot_id"), type_="unique")
        table.drop_constraint(op.f("fk_rating_suggestion_freed_slot_id"), type_="foreignkey")
        table.drop_column("freed_slot_id")
        table.alter_column("edition_id", existing_type=IDENTIFIER, nullable=False)
    make_anew()
    if not on_sqlite():
        refuse([KEPT])


def make_anew() -> None:
    """The triggers that SQLite's rebuilding lost."""
    if on_sqlite():
        refuse([KEPT, FINAL])
