"""What must be true after every crash: the acknowledged is there once, nothing half-written, a repetition is safe."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.record import RecordStatus
from backoffice.models import Customer, IdempotencyKey, ServiceRecord
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.query.global_id import from_global_id
from tests.crash.conftest import Crash
from tests.crash.in_step import out_of_step
from tests.crash.writers import Sent
from tests.races.client import Payload

REPEATED = 10
"""How many acknowledged writes are repeated after each crash."""


def check_what_is_there(crash: Crash) -> None:
    """Every acknowledged write once, every other at most once, everything in step."""
    with crash.kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        assert out_of_step(session) == []
        found = Effects(session)
    acknowledged = [found.of(sent, payload) for sent, payload in crash.notebook.acknowledged.values()]
    unknown = [found.of(sent, None) for sent in crash.notebook.open.values()]
    crash.tally.add("acknowledged and lost", acknowledged.count(0))
    crash.tally.add("done twice", sum(times > 1 for times in (*acknowledged, *unknown)))
    assert set(acknowledged) <= {1}
    assert set(unknown) <= {0, 1}


def check_repetitions(crash: Crash) -> None:
    """Repeat what nobody answered, by two clients at once, and some of the acknowledged: one effect, one answer."""
    unanswered, acknowledged = list(crash.notebook.open.values()), list(crash.notebook.acknowledged.values())
    crash.tally.add("unanswered", len(unanswered))
    crash.tally.add("unanswered and yet done", _remembered(crash, unanswered))
    known = crash.chance.sample(acknowledged, min(REPEATED, len(acknowledged)))
    with ThreadPoolExecutor(2) as two:
        for sent in unanswered:
            first, second = two.map(lambda _, sent=sent: crash.notebook.send(crash.client, sent), range(2))
            assert first is not None
            assert first == second
    for sent, payload in known:
        again = crash.client.change(sent.mutation, sent.given).done
        assert lasting(again) == lasting(payload)
    assert crash.notebook.open == {}


def lasting(payload: Payload) -> object:
    """Of a payload, what later changes of the object leave as it was: which object it is, and what was decided."""
    made = payload.get("serviceRecord") or payload.get("customer")
    return made["id"], payload.get("coverage")


class Effects:
    """What the writes left behind, told by what each of them alone had in it."""

    def __init__(self, session: Session) -> None:
        records = session.scalars(select(ServiceRecord)).all()
        self.topics = Counter(str(record.request_data["topic"]) for record in records)
        self.names = Counter(session.scalars(select(Customer.name)))
        self.done = {record.id for record in records if record.status is RecordStatus.DONE}
        self.ids = {str(record.request_data["topic"]): record.id for record in records}

    def of(self, sent: Sent, payload: Payload | None) -> int:
        """How often it was done; what was acknowledged also counts as not done where it is not what the payload says.

        A completion twice is told by ``out_of_step``: each adds to the record's version and to its decisions.
        """
        if sent.mutation == "createCustomer":
            return self.names[str(sent.given["name"])]
        if sent.mutation == "completeService":
            return int(_record_id(str(sent.given["id"])) in self.done)
        topic = str(sent.given["request"]["training"]["topic"])
        if payload is not None and self.ids.get(topic) != _record_id(payload["serviceRecord"]["id"]):
            return 0
        return self.topics[topic]


def _record_id(global_id: str) -> int:
    named = from_global_id(global_id)
    assert named is not None
    return int(named[1])


def _remembered(crash: Crash, unanswered: list[Sent]) -> int:
    """How many of them the desk had done before the crash, by their keys."""
    with crash.kit.desk.database.reading() as session:
        keys = set(session.scalars(select(IdempotencyKey.key)))
    return sum(sent.key in keys for sent in unanswered)
