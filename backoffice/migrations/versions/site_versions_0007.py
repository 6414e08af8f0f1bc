"""The version of a site, which counts its changes, and when it was last changed.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "site"


def upgrade() -> None:
    """No site could be changed before: each is in its first version, of the instant at which it was entered."""
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("updated_at", INSTANT))
        table.create_check_constraint(op.f("ck_site_version"), "version >= 1")
    op.execute(sa.text("UPDATE site SET updated_at = created_at"))
    with op.batch_alter_table(TABLE) as table:
        table.alter_column("version", existing_type=sa.Integer(), server_default=None)
        table.alter_column("updated_at", existing_type=INSTANT, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f("ck_site_version"), type_="check")
        table.drop_column("updated_at")
        table.drop_column("version")
