"""The migration that lets a freed slot suggest: down and up again on a desk that has suggestions of both kinds."""

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from backoffice.migrations import downgrade, upgrade
from backoffice.models import RatingSuggestion, SuggestionStatus
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import MakeDatabase
from tests.operations.reratable import accept, late_edition, provisional, trained, void

BEFORE = "0005"


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    """A desk with four suggestions: two of an edition and two of freed slots, one of each accepted."""
    kit = kit_on(make_database(prepare_desk))
    provisional(kit), provisional(kit)
    late_edition(kit)
    for _ in range(2):
        holder, paid = trained(kit, kit.purchase(), 2)
        void(kit, holder)
    accept(kit, paid)
    first = AcceptReratings(ids=(kit.rows(RatingSuggestion)[0].id,))
    assert accept_reratings(kit.desk, kit.supervisor, first).problems == ()
    return kit


def there(engine: Engine) -> list[tuple[Any, ...]]:
    """The suggestions as the database has them, whatever form it has."""
    statement = "SELECT id, record_id, against_id, edition_id, status, settled_by_id FROM rating_suggestion ORDER BY id"
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def refused(engine: Engine, statement: str) -> str:
    with engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(text(statement))
    return str(caught.value)


def test_down_keeps_what_editions_led_to_and_leaves_out_what_slots_led_to(kit: Kit):
    engine = kit.desk.database.engine
    of_editions = [row for row in there(engine) if row[3] is not None]
    downgrade(engine, BEFORE)
    assert there(engine) == of_editions
    assert [row[4] for row in of_editions] == [SuggestionStatus.ACCEPTED, SuggestionStatus.SUGGESTED]


def test_up_again_the_desk_goes_on(kit: Kit):
    engine = kit.desk.database.engine
    downgrade(engine, BEFORE)
    upgrade(engine)
    (waiting,) = (one.id for one in kit.rows(RatingSuggestion) if one.status is SuggestionStatus.SUGGESTED)
    assert accept_reratings(kit.desk, kit.supervisor, AcceptReratings(ids=(waiting,))).problems == ()
    holder, paid = trained(kit, kit.purchase(), 2)
    void(kit, holder)
    assert accept(kit, paid).problems == ()
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()


@pytest.mark.parametrize("revision", [BEFORE, "head"])
def test_suggestions_are_kept_and_final_before_and_after(kit: Kit, revision: str):
    engine = kit.desk.database.engine
    downgrade(engine, BEFORE)
    if revision == "head":
        upgrade(engine)
    assert "rows of rating_suggestion are kept" in refused(engine, "DELETE FROM rating_suggestion")
    settled = "UPDATE rating_suggestion SET status = 'dismissed' WHERE status = 'accepted'"
    assert "a settled suggestion is final" in refused(engine, settled)
