"""Who acts: a member of staff, a customer, a program or the system, in what named members of staff alone.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from backoffice.migrations.triggers import RefusingTrigger, lift, rebuilt, refuse

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
KIND = sa.String(32)
KINDS = "IN ('staff', 'customer', 'program', 'system')"

APPEND_ONLY = [RefusingTrigger("audit_entry", event, "audit_entry is append-only") for event in ("UPDATE", "DELETE")]
OF_AN_ACTOR = (
    "(actor_kind = 'staff') = (staff_id IS NOT NULL) AND (staff_id IS NULL OR staff_id = actor_id)"
    " AND (actor_kind = 'system') = (actor_id = 0)"
)


def upgrade() -> None:
    """Until now whoever was no member of staff was the system; whatever was recorded, a member of staff recorded."""
    upgrade_audit()
    upgrade_keys()
    upgrade_sessions()
    upgrade_records()


def upgrade_audit() -> None:
    lift(APPEND_ONLY)
    add_actor("audit_entry")
    with op.batch_alter_table("audit_entry") as table:
        require_actor(table, "audit_entry")
        table.create_check_constraint(op.f("ck_audit_entry_actor_id"), OF_AN_ACTOR)
    refuse(APPEND_ONLY)


def upgrade_keys() -> None:
    add_actor("idempotency_key")
    with op.batch_alter_table("idempotency_key") as table:
        require_actor(table, "idempotency_key")
        table.alter_column("staff_id", existing_type=IDENTIFIER, nullable=True)
        table.create_check_constraint(op.f("ck_idempotency_key_actor_id"), OF_AN_ACTOR)
        table.drop_constraint("uq_idempotency_key_staff_id_key", type_="unique")
        table.create_unique_constraint(
            op.f("uq_idempotency_key_actor_kind_actor_id_key"), ["actor_kind", "actor_id", "key"]
        )


def upgrade_sessions() -> None:
    op.add_column("staff_session", sa.Column("actor_kind", KIND))
    op.add_column("staff_session", sa.Column("actor_id", sa.BigInteger()))
    op.execute("UPDATE staff_session SET actor_kind = 'staff', actor_id = staff_id WHERE staff_id IS NOT NULL")
    with op.batch_alter_table("staff_session") as table:
        table.create_check_constraint(op.f("ck_staff_session_actor_kind"), f"actor_kind {KINDS}")
        table.create_check_constraint(op.f("ck_staff_session_actor"), "(actor_kind IS NULL) = (actor_id IS NULL)")
        table.create_check_constraint(
            op.f("ck_staff_session_actor_id"), "staff_id IS NULL OR (actor_kind = 'staff' AND actor_id = staff_id)"
        )


def upgrade_records() -> None:
    op.add_column("service_record", sa.Column("recorded_by_kind", KIND))
    op.add_column("service_record", sa.Column("recorded_by_id", sa.BigInteger()))
    op.add_column("service_record", sa.Column("recorded_by_name", WORDS))
    op.execute(
        "UPDATE service_record SET recorded_by_kind = 'staff', recorded_by_id = author_id,"
        " recorded_by_name = (SELECT staff.name FROM staff WHERE staff.id = service_record.author_id)"
    )
    with rebuilt("service_record") as table:
        for name, kind in (("kind", KIND), ("id", sa.BigInteger()), ("name", WORDS)):
            table.alter_column(f"recorded_by_{name}", existing_type=kind, nullable=False)
        table.create_check_constraint(op.f("ck_service_record_recorded_by_kind"), f"recorded_by_kind {KINDS}")
        table.create_check_constraint(
            op.f("ck_service_record_recorded_by_id"),
            "(recorded_by_kind <> 'staff' OR recorded_by_id = author_id)"
            " AND (recorded_by_kind = 'system') = (recorded_by_id = 0)",
        )


def downgrade() -> None:
    """What no member of staff did has no place in the tables as they were, but for the system's acts in the trail."""
    with rebuilt("service_record") as table:
        table.drop_constraint(op.f("ck_service_record_recorded_by_kind"), type_="check")
        table.drop_constraint(op.f("ck_service_record_recorded_by_id"), type_="check")
        for name in ("kind", "id", "name"):
            table.drop_column(f"recorded_by_{name}")
    op.execute("DELETE FROM staff_session WHERE actor_kind <> 'staff'")
    with op.batch_alter_table("staff_session") as table:
        for name in ("actor_kind", "actor", "actor_id"):
            table.drop_constraint(op.f(f"ck_staff_session_{name}"), type_="check")
        drop_actor(table)
    op.execute("DELETE FROM idempotency_key WHERE staff_id IS NULL")
    with op.batch_alter_table("idempotency_key") as table:
        table.drop_constraint(op.f("uq_idempotency_key_actor_kind_actor_id_key"), type_="unique")
        for name in ("actor_kind", "actor_id"):
            table.drop_constraint(op.f(f"ck_idempotency_key_{name}"), type_="check")
        drop_actor(table)
        table.alter_column("staff_id", existing_type=IDENTIFIER, nullable=False)
        table.create_unique_constraint("uq_idempotency_key_staff_id_key", ["staff_id", "key"])
    lift(APPEND_ONLY)
    with op.batch_alter_table("audit_entry") as table:
        for name in ("actor_kind", "actor_id"):
            table.drop_constraint(op.f(f"ck_audit_entry_{name}"), type_="check")
        drop_actor(table)
    refuse(APPEND_ONLY)


def add_actor(table: str) -> None:
    """The columns of a table whose ``staff_id`` said who; empty was the system."""
    op.add_column(table, sa.Column("actor_kind", KIND))
    op.add_column(table, sa.Column("actor_id", sa.BigInteger()))
    rows = sa.table(table, sa.column("actor_kind"), sa.column("actor_id"), sa.column("staff_id"))
    kind = sa.case((rows.c.staff_id.is_(None), "system"), else_="staff")
    op.execute(rows.update().values(actor_kind=kind, actor_id=sa.func.coalesce(rows.c.staff_id, 0)))


def require_actor(table: BatchOperations, name: str) -> None:
    table.alter_column("actor_kind", existing_type=KIND, nullable=False)
    table.alter_column("actor_id", existing_type=sa.BigInteger(), nullable=False)
    table.create_check_constraint(op.f(f"ck_{name}_actor_kind"), f"actor_kind {KINDS}")


def drop_actor(table: BatchOperations) -> None:
    table.drop_column("actor_id")
    table.drop_column("actor_kind")
