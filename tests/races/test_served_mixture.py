"""Places taken, used and given back at the same moment by 24 clients: never more live than there are, all agrees."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from backoffice.models import Allowance, AllowanceSlot, AuditEntry, SlotLedger, SlotStep
from backoffice.models.database import Database
from backoffice.operations.proofs.reconcile import reconcile
from tests.races.client import Client, Payload
from tests.races.conftest import Race
from tests.races.crowd import CLIENTS
from tests.races.places import assets_of, now, training
from tests.races.tally import Tally, asked_for

pytestmark = [pytest.mark.races, pytest.mark.heavy]

ROUNDS = asked_for("ROUNDS", 200)
DUEL_EVERY = 4
GLANCE = 0.05
"""Seconds between two looks at the live slots."""

OUTCOMES = {"ALLOWANCE", "TARIFF"}


def test_recording_completing_and_voiding_together_never_leave_more_places_taken_than_there_are(race: Race) -> None:
    agent, supervisor, database = race.client("agent"), race.client("supervisor"), race.kit.desk.database
    with watching(database, race.tally):
        for number, asset_id in enumerate(assets_of(race.kit, ROUNDS)):
            race.tally.add("rounds")
            payloads = race.crowd.together(lambda n, a=asset_id: ACTS[n % len(ACTS)](agent, supervisor, a))
            assert {payload["coverage"]["outcome"] for payload in payloads if payload["coverage"]} <= OUTCOMES
            if number % DUEL_EVERY == 0:
                duel(race, supervisor, payloads[-1]["serviceRecord"])
    walk_ledger(database, race.tally)
    assert (race.tally["5xx"], race.tally["top-level errors"], race.tally["double grants"]) == (0, 0, 0)
    with database.reading() as session:
        assert reconcile(session) == ()
        assert audited(race) == {
            "record_service": ROUNDS * CLIENTS,
            "complete_service": ROUNDS * CLIENTS // 3,
            "void_service": ROUNDS * CLIENTS // 3 + ceil(ROUNDS / DUEL_EVERY),
        }


def void_at_once(agent: Client, supervisor: Client, asset_id: int) -> Payload:
    record = stay_done(agent, supervisor, asset_id)["serviceRecord"]
    return supervisor.change("voidService", ending(record)).done


def complete_later(agent: Client, _: Client, asset_id: int) -> Payload:
    record = agent.change("recordService", training(asset_id)).done["serviceRecord"]
    return agent.change("completeService", {"id": record["id"], "version": record["version"], "minutes": 30}).done


def stay_done(agent: Client, _: Client, asset_id: int) -> Payload:
    return agent.change("recordService", training(asset_id, performedAt=now())).done


ACTS = (void_at_once, complete_later, stay_done)


def duel(race: Race, supervisor: Client, record: Payload) -> None:
    """All clients void the same record: one does, the others are told that they came too late."""
    answers = race.crowd.together(lambda _: supervisor.change("voidService", ending(record)))
    told = Counter(tuple(answer.codes) for answer in answers)
    assert told[()] == 1
    assert set(told) <= {(), ("STALE",), ("CONFLICT",)}


def ending(record: Payload) -> dict[str, object]:
    return {"id": record["id"], "version": record["version"], "reason": "entered twice"}


@contextmanager
def watching(database: Database, tally: Tally) -> Iterator[None]:
    """Look again and again, meanwhile, for an allowance with more live slots than places."""
    enough = Event()

    def watch() -> None:
        while not enough.wait(GLANCE):
            tally.add("glances")
            tally.add("double grants", overdrawn(database))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        enough.set()
        watcher.join()


def overdrawn(database: Database) -> int:
    """How many allowances have more live slots at this moment than their quantity."""
    live = select(AllowanceSlot.allowance_id, func.count().label("slots")).where(AllowanceSlot.released_at.is_(None))
    live = live.group_by(AllowanceSlot.allowance_id).subquery()
    chosen = select(func.count()).select_from(live).join(Allowance, Allowance.id == live.c.allowance_id)
    with database.reading() as session:
        return session.scalars(chosen.where(live.c.slots > Allowance.quantity)).one()


def walk_ledger(database: Database, tally: Tally) -> None:
    """Follow the ledger from step to step: after none of them are more slots live than there are places."""
    live: Counter[int] = Counter()
    with database.reading() as session:
        places = {allowance.id: allowance.quantity for allowance in session.scalars(select(Allowance))}
        for entry in session.scalars(select(SlotLedger).order_by(SlotLedger.id)):
            tally.add("ledger steps")
            live[entry.allowance_id] += {SlotStep.RESERVED: 1, SlotStep.COMMITTED: 0, SlotStep.RELEASED: -1}[entry.step]
            tally.add("double grants", live[entry.allowance_id] > places[entry.allowance_id])


def audited(race: Race) -> dict[str, int]:
    """How often each operation changed a service record, by the audit trail."""
    counted = select(AuditEntry.operation, func.count().label("times")).where(AuditEntry.entity == "ServiceRecord")
    with race.kit.desk.database.reading() as session:
        found = session.execute(counted.group_by(AuditEntry.operation))
        return {row.operation: row.times for row in found}
