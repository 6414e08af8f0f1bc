"""Real processes that do things at the same moment, round after round."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Engine

from backoffice.access.viewer import Viewer
from backoffice.models.database import Database, engine_for
from backoffice.operations.command import Command
from backoffice.operations.customers.set_opening_balances import SetOpeningBalances, set_opening_balances
from backoffice.operations.desk import Desk
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.result import Result
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import StillClock, installed_plugins

PROCESSES = 2
PATIENCE = 60
OPERATIONS: Mapping[type[Command], Callable[[Desk, Viewer, Any], Result]] = {
    AcceptReratings: accept_reratings,
    RecordService: record_service,
    SetOpeningBalances: set_opening_balances,
    VoidService: void_service,
}


@dataclass(frozen=True)
class Answer:
    """What one process got in one round."""

    record_id: int | None
    outcome: str | None
    problems: tuple[str, ...]


def race(engine: Engine, viewer: Viewer, rounds: Sequence[Command]) -> list[list[Answer]]:
    """Per round, the answers that ``PROCESSES`` processes got to the same command at the same moment."""
    return race_apart(engine, viewer, [[command] * PROCESSES for command in rounds])


def race_apart(engine: Engine, viewer: Viewer, rounds: Sequence[Sequence[Command]]) -> list[list[Answer]]:
    """Per round, the answers that the processes got, each to its own command at the same moment."""
    spawn = get_context("spawn")
    barrier, answers = spawn.Barrier(PROCESSES), spawn.Queue()
    url = engine.url.render_as_string(hide_password=False)
    runners = [
        spawn.Process(target=_run, args=(number, url, viewer, commands, barrier, answers))
        for number, commands in enumerate(zip(*rounds, strict=True))
    ]
    for runner in runners:
        runner.start()
    try:
        found = dict(answers.get(timeout=PATIENCE) for _ in runners)
    finally:
        for runner in runners:
            runner.join(timeout=PATIENCE)
            runner.kill()
    return [list(each) for each in zip(*(found[number] for number in range(PROCESSES)), strict=True)]


def _run(
    number: int,
    url: str,
    viewer: Viewer,
    commands: Sequence[Command],
    barrier: Barrier,
    answers: "Queue[Mapping[int, list[Answer]]]",
) -> None:
    engine = engine_for(url)
    desk = Desk(Database(engine), installed_plugins(), StillClock())
    found = []
    for command in commands:
        barrier.wait(PATIENCE)
        result = OPERATIONS[type(command)](desk, viewer, command)
        outcome = None if result.decision is None else result.decision.decision.outcome.value
        found.append(Answer(result.id, outcome, tuple(problem.code.value for problem in result.problems)))
    answers.put((number, found))
    engine.dispose()
