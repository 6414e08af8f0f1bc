"""Clients that write until the desk stops answering, and the notebook of what they sent and what was acknowledged."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Lock, Thread
from uuid import uuid4

from tests.races.client import AWAY, Client, Payload, Unanswered
from tests.races.places import Input, now, training


@dataclass(frozen=True)
class Sent:
    """A mutation with the key that makes it repeatable."""

    mutation: str
    given: Input

    @property
    def key(self) -> str:
        return str(self.given["idempotencyKey"])


@dataclass
class Notebook:
    """What became of every key: ``acknowledged`` has the payload, ``open`` is what nobody knows about yet."""

    acknowledged: dict[str, tuple[Sent, Payload]] = field(default_factory=dict)
    open: dict[str, Sent] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def send(self, client: Client, sent: Sent) -> Payload | None:
        """Send and note the outcome; None when the desk said that it was away. Raises ``Unanswered``."""
        with self._lock:
            self.open[sent.key] = sent
        answer = client.change(sent.mutation, sent.given)
        if answer.status == AWAY:
            return None
        payload = answer.done
        with self._lock:
            self.acknowledged[sent.key] = (sent, payload)
            self.open.pop(sent.key, None)
        return payload


def keyed(mutation: str, given: Input) -> Sent:
    return Sent(mutation, given | {"idempotencyKey": uuid4().hex})


@dataclass(frozen=True)
class Writer:
    """One client: it enters customers, records work done, and opens and completes services of its own assets."""

    client: Client
    notebook: Notebook
    assets: Sequence[int]

    def write(self, enough: Event) -> None:
        """Write until told that it is enough or the server is gone; anything else is noted as a failure."""
        try:
            for turn in count():
                if enough.is_set():
                    return
                self._turn(self.assets[turn % len(self.assets)])
        except Unanswered:
            return
        except BaseException as failure:
            self.notebook.failures.append(failure)
            raise

    def _turn(self, asset_id: int) -> None:
        self._send("createCustomer", {"name": f"Workshop {uuid4().hex}", "kind": "COMPANY"})
        self._send("recordService", training(asset_id, performedAt=now()))
        opened = self._send("recordService", training(asset_id))
        if opened is not None:
            record = opened["serviceRecord"]
            self._send("completeService", {"id": record["id"], "version": record["version"], "minutes": 45})

    def _send(self, mutation: str, given: Input) -> Payload | None:
        return self.notebook.send(self.client, keyed(mutation, given))


@contextmanager
def writing(writers: Sequence[Writer]) -> Iterator[None]:
    """All of them write meanwhile; at the end none does."""
    enough = Event()
    threads = [Thread(target=writer.write, args=(enough,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()
