"""The maintained summary of service records: its tables, the triggers that keep it, and its rows for what is there.

Revision ID: 0002
"""
# ruff: noqa: S608 - the statements are put together from this module's own names

from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")

BITS = {
    "product_id": 1,
    "status": 2,
    "outcome": 4,
    "mode": 8,
    "channel_code": 16,
    "service_type": 32,
    "jalali_month": 64,
}
NUMBERS = ("product_id", "jalali_month")
PRODUCT_ALONE = tuple(1 + bit for bit in (2, 4, 8, 16, 32, 64))
PAIRS = (2 + 4, 2 + 8, 2 + 16, 4 + 8, 4 + 16, 8 + 16)
GRAINS = (
    32 + 4 + 8 + 16,
    2 + 4 + 8 + 16,
    32 + 64,
    *(32 + 2 + other for other in (4, 8, 16)),
    *(32 + 64 + other for other in (2, 4, 8, 16)),
    *(64 + pair for pair in PAIRS),
    *PRODUCT_ALONE,
)

FINE_GRAINS = tuple(sum(bits) for bits in combinations((2, 4, 8, 16, 32, 64), 4) if sum(bits) not in GRAINS)
"""Kept for all offices together only."""

AT_ONCE = 128
"""How many changes wait before one of them folds them all."""

AT_MOST = 256
"""How many are folded at once where more wait, because a long transaction had kept others from folding."""

FOLDERS = 8_261_406
"""The key of the lock by which one transaction folds at a time on PostgreSQL."""

KEY = ("grain", "office_id", *BITS)
SUMS = ("records", "amount", "shadow_amount")
SUMMED = ("office_id", *BITS, "amount", "shadow_amount")
COUNTED = "status NOT IN ('cancelled', 'voided')"


def upgrade() -> None:
    create_tables()
    create_triggers()  # first: on PostgreSQL they keep writers out until the summary is filled
    for grain in GRAINS:
        op.execute(filling(grain, "office_id"))
    op.execute(filling_all_offices())
    for grain in FINE_GRAINS:
        op.execute(filling(grain, "0"))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("note_service_record_insert", "note_service_record_update"):
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else " ON service_record"))
    op.drop_index("ix_service_record_summed", table_name="service_record")
    op.drop_table("record_change")
    op.drop_table("record_summary")
    if not on_sqlite:
        for name in ("note_service_record_insert", "note_service_record_update", "fold_record_changes"):
            op.execute(f"DROP FUNCTION {name}()")


def create_tables() -> None:
    op.create_table(
        "record_summary",
        sa.Column("grain", sa.SmallInteger(), autoincrement=False, nullable=False),
        *summed_columns(),
        sa.Column("records", sa.BigInteger(), nullable=False),
        *sum_columns(),
        sa.PrimaryKeyConstraint(*KEY, name="pk_record_summary"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "record_change",
        sa.Column("id", IDENTIFIER, nullable=False),
        *summed_columns(),
        sa.Column("records", sa.SmallInteger(), nullable=False),
        *sum_columns(),
        sa.PrimaryKeyConstraint("id", name="pk_record_change"),
        postgresql_with={"autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 2_000},
    )
    op.create_index(
        "ix_service_record_summed",
        "service_record",
        [
            "product_id",
            "jalali_month",
            "status",
            "service_type",
            "mode",
            "channel_code",
            "outcome",
            "office_id",
            "amount",
            "shadow_amount",
        ],
    )


def summed_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("office_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("product_id", IDENTIFIER, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(32), nullable=False) for name in ("status", "outcome", "mode")),
        *(sa.Column(name, WORDS, nullable=False) for name in ("channel_code", "service_type")),
        sa.Column("jalali_month", sa.Integer(), autoincrement=False, nullable=False),
    ]


def sum_columns() -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in ("amount", "shadow_amount")]


def create_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(on_sqlite("note_service_record_insert", "INSERT ON service_record", noting("NEW", 1)))
        changed = f"UPDATE ON service_record WHEN ({summed_of('OLD')}) IS NOT ({summed_of('NEW')})"
        op.execute(on_sqlite("note_service_record_update", changed, noting("OLD", -1), noting("NEW", 1)))
        due = f"INSERT ON record_change WHEN NEW.id % {AT_ONCE} = 0"
        op.execute(on_sqlite("fold_record_changes", due, folding("record_change"), "DELETE FROM record_change"))
        return
    on_postgresql("note_service_record_insert", "INSERT ON service_record", f"{noting('NEW', 1)};")
    changed = f"({summed_of('OLD')}) IS DISTINCT FROM ({summed_of('NEW')})"
    noted = f"{noting('OLD', -1)}; {noting('NEW', 1)};"
    on_postgresql("note_service_record_update", "UPDATE ON service_record", noted, f"WHEN ({changed})")
    on_postgresql("fold_record_changes", "INSERT ON record_change", folded_by_one(), f"WHEN (NEW.id % {AT_ONCE} = 0)")


def on_sqlite(name: str, event: str, *statements: str) -> str:
    """The statement that makes a trigger on SQLite."""
    return f"CREATE TRIGGER {name} AFTER {event} BEGIN {'; '.join(statements)}; END"


def on_postgresql(name: str, event: str, body: str, when: str = "") -> None:
    """Make a trigger and its function on PostgreSQL."""
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {when} EXECUTE FUNCTION {name}()")


def summed_of(row: str) -> str:
    """All that the summary knows of a record."""
    return ", ".join(f"{row}.{name}" for name in SUMMED)


def noting(row: str, sign: int) -> str:
    """The statement that notes what a row, OLD or NEW, adds (1) or takes away (-1)."""
    plain = ", ".join(f"{row}.{name}" for name in ("office_id", *BITS) if name != "product_id")
    names = ", ".join(("product_id", "office_id", *(name for name in BITS if name != "product_id"), *SUMS))
    sums = ", ".join(f"{sign} * coalesce({row}.{name}, 0)" for name in ("amount", "shadow_amount"))
    return f"INSERT INTO record_change ({names}) VALUES (coalesce({row}.product_id, 0), {plain}, {sign}, {sums})"


def folding(changes: str) -> str:
    """The statement that adds changes to the summary: to every grain of all offices, and to some of their office."""
    cells = [(grain, of_one) for grain in GRAINS for of_one in (0, 1)] + [(grain, 0) for grain in FINE_GRAINS]
    grains = " UNION ALL ".join(f"SELECT {grain} AS grain, {of_one} AS of_one" for grain, of_one in cells)
    kept = ", ".join(
        f"CASE WHEN grains.grain & {bit} <> 0 THEN changes.{name} ELSE {0 if name in NUMBERS else repr('')} END"
        for name, bit in BITS.items()
    )
    sums = ", ".join(f"sum(changes.{name})" for name in SUMS)
    added = ", ".join(f"{name} = record_summary.{name} + excluded.{name}" for name in SUMS)
    return (
        f"INSERT INTO record_summary ({', '.join((*KEY, *SUMS))})"
        f" SELECT grains.grain, grains.of_one * changes.office_id, {kept}, {sums} FROM {changes} AS changes"
        f" JOIN ({grains}) AS grains ON grains.grain & {BITS['status']} <> 0 OR changes.{COUNTED}"
        f" GROUP BY {', '.join(str(place + 1) for place in range(len(KEY)))}"
        f" HAVING {' OR '.join(f'sum(changes.{name}) <> 0' for name in SUMS)}"
        f" ORDER BY {', '.join(str(place + 1) for place in range(len(KEY)))}"
        f" ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {added}"
    )


def folded_by_one() -> str:
    """PostgreSQL: whoever finds the lock taken leaves its changes to the next one, and waits for nobody."""
    oldest = f"IN (SELECT id FROM record_change ORDER BY id LIMIT {AT_MOST})"
    return (
        f"IF pg_try_advisory_xact_lock({FOLDERS}) THEN"
        f" WITH taken AS (DELETE FROM record_change WHERE id {oldest} RETURNING *) {folding('taken')};"
        " END IF;"
    )


def filling(grain: int, office: str) -> str:
    """The statement that sums all records up by one grain and ``office``, an expression."""
    names = [name for name, bit in BITS.items() if grain & bit]
    values = ["coalesce(product_id, 0)" if name == "product_id" else name for name in names]
    sums = "count(*), sum(coalesce(amount, 0)), sum(coalesce(shadow_amount, 0))"
    absent = [name for name in BITS if name not in names]
    nothing = ["0" if name in NUMBERS else "''" for name in absent]
    where = "" if "status" in names else f" WHERE {COUNTED}"
    places = ", ".join(str(place + 2) for place in range(1 + len(names)))
    return (
        f"INSERT INTO record_summary ({', '.join(('grain', 'office_id', *names, *absent, *SUMS))})"
        f" SELECT {', '.join((str(grain), office, *values, *nothing, sums))} FROM service_record{where}"
        f" GROUP BY {places} ORDER BY {places}"
    )


def filling_all_offices() -> str:
    """The statement that sums the offices up."""
    return (
        f"INSERT INTO record_summary ({', '.join((*KEY, *SUMS))})"
        f" SELECT grain, 0, {', '.join((*BITS, *(f'sum({name})' for name in SUMS)))} FROM record_summary"
        f" GROUP BY {', '.join(('grain', *BITS))} ORDER BY {', '.join(('grain', *BITS))}"
    )
