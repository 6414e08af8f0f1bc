"""Twenty-four clients of the production server want three places: three get one, all others pay, nobody an error."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from backoffice.models import AllowanceSlot, Charge, ServiceRecord
from backoffice.operations.proofs.reconcile import reconcile
from tests.races.conftest import Race
from tests.races.crowd import CLIENTS
from tests.races.places import PLACES, assets_of, now, training
from tests.races.tally import asked_for

pytestmark = [pytest.mark.races, pytest.mark.heavy]

ROUNDS = asked_for("ROUNDS", 200)


def test_of_24_clients_exactly_as_many_as_there_are_places_get_one_and_the_others_pay(race: Race) -> None:
    client = race.client("agent")
    for number, asset_id in enumerate(assets_of(race.kit, ROUNDS)):
        race.tally.add("rounds")
        done_at_once = {"performedAt": now()} if number % 2 else {}
        wanted = training(asset_id, **done_at_once)
        payloads = [
            answer.done for answer in race.crowd.together(lambda _, w=wanted: client.change("recordService", w))
        ]
        outcomes = Counter(payload["coverage"]["outcome"] for payload in payloads)
        race.tally.add("winners", outcomes["ALLOWANCE"])
        race.tally.add("double grants", max(0, outcomes["ALLOWANCE"] - PLACES))
        assert outcomes == {"ALLOWANCE": PLACES, "TARIFF": CLIENTS - PLACES}
        assert places_told(payloads) == list(range(1, PLACES + 1))
        assert {payload["serviceRecord"]["status"] for payload in payloads} == {"DONE" if done_at_once else "REQUESTED"}
    assert (race.tally["5xx"], race.tally["top-level errors"]) == (0, 0)
    assert rows_of(race) == {
        ServiceRecord: ROUNDS * CLIENTS,
        AllowanceSlot: ROUNDS * PLACES,
        Charge: (ROUNDS // 2) * (CLIENTS - PLACES),
    }
    with race.kit.desk.database.reading() as session:
        assert reconcile(session) == ()


def places_told(payloads: list) -> list[int]:
    """Which place each winner was told that it has."""
    told = (payload["coverage"]["allowance"] for payload in payloads if payload["coverage"]["outcome"] == "ALLOWANCE")
    return sorted(use["used"] for use in told)


def rows_of(race: Race) -> dict[type, int]:
    with race.kit.desk.database.reading() as session:
        return {
            model: session.scalars(select(func.count()).select_from(model)).one()
            for model in (ServiceRecord, AllowanceSlot, Charge)
        }
