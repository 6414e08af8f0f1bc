"""One key from 24 clients of the production server at once: one effect, one answer, also after a restart."""

from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from backoffice.models import AuditEntry, IdempotencyKey
from backoffice.operations.proofs.reconcile import reconcile
from tests.races.client import WHOLE, Client, Payload
from tests.races.conftest import Race
from tests.races.crowd import CLIENTS
from tests.races.places import Input, assets_of, now, training
from tests.races.tally import asked_for

pytestmark = [pytest.mark.races, pytest.mark.heavy]

ROUNDS = asked_for("ROUNDS", 200)

CONFLICT = ["CONFLICT"]


@dataclass(frozen=True)
class Sent:
    """A mutation with a key, and another input under the same key."""

    mutation: str
    given: Input
    other: Input

    def under_one_key(self) -> "Sent":
        key = {"idempotencyKey": uuid4().hex}
        return Sent(self.mutation, self.given | key, self.other | key)


@dataclass(frozen=True)
class Kept:
    """What was done under a key, and how it was answered."""

    mutation: str
    given: Input
    payload: Payload


def test_one_key_at_one_moment_has_one_effect_and_one_answer_which_outlives_a_restart(race: Race) -> None:
    client = replace(race.client("agent"), of_a_record=WHOLE)
    sendings = sendings_of(race, client)
    before = changes(race)
    kept = [one_round(race, client, number, sent) for number, sent in enumerate(sendings)]
    race.served.stop()
    race.served.start()
    race.tally.add("restarts")
    again = race.crowd.each(lambda number: repeated(client, kept[number]), ROUNDS)
    effects = changes(race) - before
    race.tally.add("same answers after the restart", sum(again))
    race.tally.add("double effects", effects - ROUNDS)
    assert again == [True] * ROUNDS
    assert effects == ROUNDS
    assert (race.tally["5xx"], race.tally["top-level errors"]) == (0, 0)
    with race.kit.desk.database.reading() as session:
        assert len(session.scalars(select(IdempotencyKey)).all()) == ROUNDS
        assert reconcile(session) == ()


def sendings_of(race: Race, client: Client) -> list[Sent]:
    """For each round a mutation of its kind, in turn, with a key of its own."""
    kinds = (a_recording, a_completion, a_customer)
    assets = assets_of(race.kit, ROUNDS)
    return [kinds[number % len(kinds)](client, asset_id).under_one_key() for number, asset_id in enumerate(assets)]


def a_recording(_: Client, asset_id: int) -> Sent:
    wanted = training(asset_id, performedAt=now())
    return Sent("recordService", wanted, wanted | {"minutes": 90})


def a_completion(client: Client, asset_id: int) -> Sent:
    record = client.change("recordService", training(asset_id)).done["serviceRecord"]
    wanted: Input = {"id": record["id"], "version": record["version"], "minutes": 45}
    return Sent("completeService", wanted, wanted | {"minutes": 50})


def a_customer(_: Client, __: int) -> Sent:
    wanted: Input = {"name": f"Workshop {uuid4().hex}", "kind": "COMPANY", "phones": ["021 8888 1234"]}
    return Sent("createCustomer", wanted, wanted | {"city": "Tabriz"})


def one_round(race: Race, client: Client, number: int, sent: Sent) -> Kept:
    race.tally.add("rounds")
    return rivals(race, client, sent) if number % 4 == 3 else alike(race, client, sent)


def alike(race: Race, client: Client, sent: Sent) -> Kept:
    """All send the same and get the same; another input is refused."""
    answers = race.crowd.together(lambda _: client.change(sent.mutation, sent.given))
    payload = answers[0].done
    assert [answer.payload for answer in answers] == [payload] * CLIENTS
    assert client.change(sent.mutation, sent.other).codes == CONFLICT
    return Kept(sent.mutation, sent.given, payload)


def rivals(race: Race, client: Client, sent: Sent) -> Kept:
    """Half send another input under the key: who comes first is done, and the others of that half repeat it."""
    inputs = [sent.other if number % 2 else sent.given for number in range(CLIENTS)]
    answers = race.crowd.together(lambda number: client.change(sent.mutation, inputs[number]))
    first = next(number for number, answer in enumerate(answers) if not answer.codes)
    for given, answer in zip(inputs, answers, strict=True):
        if given == inputs[first]:
            assert answer.payload == answers[first].done
        else:
            assert answer.codes == CONFLICT
    return Kept(sent.mutation, inputs[first], answers[first].done)


def repeated(client: Client, kept: Kept) -> bool:
    """Whether the key still gives the same payload."""
    return client.change(kept.mutation, kept.given).payload == kept.payload


def changes(race: Race) -> int:
    """How many changes the audit trail tells of."""
    with race.kit.desk.database.reading() as session:
        return session.scalars(select(func.count()).select_from(AuditEntry)).one()
