"""The migration that makes columns of what only reasons told: down and up again on a desk that has such decisions."""

from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from backoffice.domain.coverage import Outcome
from backoffice.migrations import downgrade, upgrade
from backoffice.models import CoverageDecision
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.proofs.replay import replay
from tests.builders import Kit, kit_on, prepare_desk
from tests.conftest import MakeDatabase

BEFORE = "0007"
REASON = "«خوش‌حساب» 'است' \\ \"و\" 😀"
STORED = "SELECT id, outcome, amount, overridden, fingerprint, reasons, inputs FROM coverage_decision ORDER BY id"


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    """A desk with decisions of every kind: from an allowance, for want of one, free, and overridden."""
    kit = kit_on(make_database(prepare_desk))
    asset_id = kit.purchase()
    for _ in range(3):
        kit.done(asset_id)
    charged = kit.done(asset_id)
    command = OverrideCoverage(id=charged, version=1, outcome=Outcome.FREE, reason=REASON)
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()
    return kit


def there(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(STORED))]


def facts(kit: Kit) -> list[tuple[str | None, str | None]]:
    return [(row.exhausted, row.override_reason) for row in kit.rows(CoverageDecision)]


def test_up_again_every_decision_has_the_facts_it_was_stored_with(kit: Kit):
    stored = facts(kit)
    downgrade(kit.desk.database.engine, BEFORE)
    upgrade(kit.desk.database.engine)
    assert facts(kit) == stored
    assert stored[-2:] == [("installation.remote", None), (None, REASON)]
    assert stored[0] == (None, None)


def test_up_again_every_decision_replays_to_itself(kit: Kit):
    downgrade(kit.desk.database.engine, BEFORE)
    upgrade(kit.desk.database.engine)
    ids = [row.id for row in kit.rows(CoverageDecision)]
    with kit.desk.database.reading() as session:
        assert [one for one in ids if not replay(session, one).same] == []


def test_down_and_up_nothing_else_is_changed(kit: Kit):
    engine = kit.desk.database.engine
    before = there(engine)
    downgrade(engine, BEFORE)
    assert there(engine) == before
    assert not {"exhausted", "override_reason"} & {
        one["name"] for one in inspect(engine).get_columns("coverage_decision")
    }
    upgrade(engine)
    assert there(engine) == before


@pytest.mark.parametrize("revision", [BEFORE, "head"])
@pytest.mark.parametrize("statement", ["UPDATE coverage_decision SET term = 'x'", "DELETE FROM coverage_decision"])
def test_decisions_are_append_only_before_and_after(kit: Kit, revision: str, statement: str):
    engine = kit.desk.database.engine
    downgrade(engine, BEFORE)
    if revision == "head":
        upgrade(engine)
    with engine.connect() as connection, pytest.raises(IntegrityError, match="coverage_decision is append-only"):
        connection.execute(text(statement))
