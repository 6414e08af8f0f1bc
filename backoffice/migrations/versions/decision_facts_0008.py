"""Why a supervisor decided, and which allowance was used up, as columns of a decision; before, only its reasons told.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

from backoffice.migrations.triggers import RefusingTrigger, lift, on_sqlite, refuse

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORDS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TABLE = "coverage_decision"
APPEND_ONLY = [RefusingTrigger(TABLE, event, f"{TABLE} is append-only") for event in ("UPDATE", "DELETE")]

CHECKS = {
    "override_reason": "overridden = (override_reason IS NOT NULL)",
    "exhausted": "exhausted IS NULL OR period_id IS NOT NULL",
}

TOLD = {
    "override_reason": ("overridden", "reason", "overridden"),
    "exhausted": ("allowance_exhausted", "allowance", "CAST(reasons AS TEXT) LIKE '%allowance_exhausted%'"),
}
"""By column: the code of the reason that tells it, first in order, the parameter that holds it, and which rows tell."""

TOLD_ON_SQLITE = (
    "(SELECT json_extract(value, '$.params.{param}') FROM json_each({table}.reasons)"
    " WHERE json_extract(value, '$.code') = '{code}' ORDER BY key LIMIT 1)"
)
TOLD_ON_POSTGRESQL = (
    "(SELECT told.reason -> 'params' ->> '{param}' FROM jsonb_array_elements({table}.reasons)"
    " WITH ORDINALITY AS told(reason, place) WHERE told.reason ->> 'code' = '{code}' ORDER BY place LIMIT 1)"
)


def upgrade() -> None:
    """Every decision that is stored tells both in its reasons, and replays to them."""
    lift(APPEND_ONLY)
    for column in CHECKS:
        op.add_column(TABLE, sa.Column(column, WORDS))
    told = TOLD_ON_SQLITE if on_sqlite() else TOLD_ON_POSTGRESQL
    for column, (code, param, where) in TOLD.items():
        value = told.format(table=TABLE, code=code, param=param)
        decision = sa.table(TABLE, sa.column(column))
        op.execute(decision.update().where(sa.text(where)).values({column: sa.text(value)}))
    with op.batch_alter_table(TABLE) as table:
        for column, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_{TABLE}_{column}"), rule)
    refuse(APPEND_ONLY)


def downgrade() -> None:
    lift(APPEND_ONLY)
    with op.batch_alter_table(TABLE) as table:
        for column in CHECKS:
            table.drop_constraint(op.f(f"ck_{TABLE}_{column}"), type_="check")
            table.drop_column(column)
    refuse(APPEND_ONLY)
