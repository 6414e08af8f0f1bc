"""Two processes at once want a slot that was given back, or one gives it back while the other is charged."""

from collections.abc import Sequence

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.models import AllowanceSlot, RatingSuggestion, ServiceRecord, SuggestionStatus
from backoffice.operations.command import Command
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.reratings.accept_reratings import AcceptReratings
from backoffice.operations.services.void_service import VoidService
from tests.builders import Kit, recording
from tests.operations.reratable import TRAINING, ids_of, trained, void
from tests.races.racing import PROCESSES, Answer, race_apart

pytestmark = pytest.mark.races

ROUNDS = 10
GONE = (("CONFLICT",), ())
"""What whoever comes too late is told: that an older one waits, or nothing, where the suggestion became obsolete."""


def run(kit: Kit, rounds: Sequence[Sequence[Command]]) -> list[list[Answer]]:
    """Every round by an administrator; whatever came of it, the books agree."""
    answers = race_apart(kit.desk.database.engine, kit.staff("admin"), rounds)
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()
    return answers


def assets(kit: Kit) -> list[int]:
    customer_id, product_id = kit.customer(), kit.product()
    return [kit.purchase(customer_id=customer_id, product_id=product_id) for _ in range(ROUNDS)]


def waiting(kit: Kit, asset_id: int, count: int) -> list[int]:
    """So many records of an asset that wait for the slot of one that was voided."""
    holder, *paid = trained(kit, asset_id, count + 1)
    assert void(kit, holder).problems == ()
    return paid


def accepting(kit: Kit, record_id: int) -> AcceptReratings:
    return AcceptReratings(ids=ids_of(kit, record_id))


def outcome(kit: Kit, record_id: int) -> Outcome:
    return kit.row(ServiceRecord, record_id).outcome


def test_of_two_accepted_for_one_slot_the_older_wins(kit: Kit):
    pairs = [waiting(kit, asset_id, 2) for asset_id in assets(kit)]
    rounds = [[accepting(kit, record_id) for record_id in pair] for pair in pairs]
    answers = run(kit, rounds)
    assert [older.problems for older, _ in answers] == [()] * ROUNDS
    assert [younger.problems in GONE for _, younger in answers] == [True] * ROUNDS
    outcomes = [[outcome(kit, record_id) for record_id in pair] for pair in pairs]
    assert outcomes == [[Outcome.ALLOWANCE, Outcome.TARIFF]] * ROUNDS


def test_a_suggestion_is_accepted_once(kit: Kit):
    records = [waiting(kit, asset_id, 1)[0] for asset_id in assets(kit)]
    answers = run(kit, [[accepting(kit, record_id)] * PROCESSES for record_id in records])
    assert [sorted(answer.problems for answer in pair) for pair in answers] == [[(), ("CONFLICT",)]] * ROUNDS
    assert len(kit.rows(AllowanceSlot, released_at=None)) == ROUNDS


def test_a_new_record_and_an_accepted_one_share_no_slot(kit: Kit):
    places = [(asset_id, waiting(kit, asset_id, 1)[0]) for asset_id in assets(kit)]
    answers = run(
        kit,
        [
            [
                accepting(kit, record_id),
                recording(asset_id, **TRAINING, performed_at=kit.clock.now),
            ]
            for asset_id, record_id in places
        ],
    )
    assert [(waited.problems, new.problems) for waited, new in answers] == [((), ())] * ROUNDS
    both = [{outcome(kit, waited), Outcome(new.outcome)} for (_, waited), (_, new) in zip(places, answers, strict=True)]
    assert both == [{Outcome.ALLOWANCE, Outcome.TARIFF}] * ROUNDS


def test_whoever_is_charged_while_the_slot_is_given_back_is_suggested(kit: Kit):
    rounds = []
    for asset_id in assets(kit):
        (holder,) = trained(kit, asset_id)
        giving_back = VoidService(id=holder, version=1, reason="اشتباه")
        rounds.append([giving_back, recording(asset_id, **TRAINING, performed_at=kit.clock.now)])
    answers = run(kit, rounds)
    assert [(gone.problems, new.problems) for gone, new in answers] == [((), ())] * ROUNDS
    assert {new.outcome for _, new in answers} <= {Outcome.ALLOWANCE, Outcome.TARIFF}
    charged = [new.record_id for _, new in answers if new.outcome == Outcome.TARIFF]
    suggested = [one.record_id for one in kit.rows(RatingSuggestion, status=SuggestionStatus.SUGGESTED)]
    assert sorted(suggested) == sorted(charged)
