"""The keys by which customers, products and staff are in the order of their names.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from backoffice.domain.text import sort_key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NAMED = ("customer", "product", "staff")
PAGED = ("customer", "product")
AT_ONCE = 5000


def upgrade() -> None:
    for table in NAMED:
        op.add_column(table, sa.Column("sort_key", WORDS, nullable=False, server_default=""))
        fill(sa.table(table, sa.column("id"), sa.column("name"), sa.column("sort_key")))
    for table in PAGED:
        op.drop_index(f"ix_{table}_name_id", table_name=table)
        op.create_index(f"ix_{table}_sort_key_id", table, ["sort_key", "id"])


def downgrade() -> None:
    for table in PAGED:
        op.drop_index(f"ix_{table}_sort_key_id", table_name=table)
        op.create_index(f"ix_{table}_name_id", table, ["name", "id"])
    for table in NAMED:
        op.drop_column(table, "sort_key")


def fill(table: sa.TableClause) -> None:
    """Give each row the key of its name. The rule is the present one: the operations go on from there."""
    connection, last = op.get_bind(), 0
    write = table.update().where(table.c.id == sa.bindparam("row")).values(sort_key=sa.bindparam("key"))
    read = sa.select(table.c.id, table.c.name).order_by(table.c.id).limit(AT_ONCE)
    while rows := connection.execute(read.where(table.c.id > last)).all():
        connection.execute(write, [{"row": row.id, "key": sort_key(row.name)} for row in rows])
        last = rows[-1].id
