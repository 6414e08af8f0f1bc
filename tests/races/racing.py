"""Real processes that do the same thing at the same moment, round after round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from sqlalchemy import Engine

from backoffice.access.viewer import Viewer
from backoffice.models.database import Database, engine_for
from backoffice.operations.desk import Desk
from backoffice.operations.record_service import RecordService, record_service
from tests.builders import StillClock, installed_plugins

PROCESSES = 2
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What one process got in one round."""

    record_id: int | None
    outcome: str | None
    problems: tuple[str, ...]


def race(engine: Engine, viewer: Viewer, rounds: Sequence[RecordService]) -> list[list[Answer]]:
    """Per round, the answers that ``PROCESSES`` processes got to the same command at the same moment."""
    spawn = get_context("spawn")
    barrier, answers = spawn.Barrier(PROCESSES), spawn.Queue()
    url = engine.url.render_as_string(hide_password=False)
    runners = [
        spawn.Process(target=_run, args=(number, url, viewer, rounds, barrier, answers)) for number in range(PROCESSES)
    ]
    for runner in runners:
        runner.start()
    try:
        found = dict(answers.get(timeout=PATIENCE) for _ in runners)
    finally:
        for runner in runners:
            runner.join(timeout=PATIENCE)
            runner.kill()
    return [list(each) for each in zip(*found.values(), strict=True)]


def _run(
    number: int,
    url: str,
    viewer: Viewer,
    rounds: Sequence[RecordService],
    barrier: Barrier,
    answers: "Queue[Mapping[int, list[Answer]]]",
) -> None:
    engine = engine_for(url)
    desk = Desk(Database(engine), installed_plugins(), StillClock())
    found = []
    for command in rounds:
        barrier.wait(PATIENCE)
        result = record_service(desk, viewer, command)
        outcome = None if result.decision is None else result.decision.decision.outcome.value
        found.append(Answer(result.id, outcome, tuple(problem.code.value for problem in result.problems)))
    answers.put((number, found))
    engine.dispose()
