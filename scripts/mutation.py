"""Mutation testing: which small wrong changes of a package the tests notice.

    python scripts/mutation.py backoffice/domain --tests tests/domain
    python scripts/mutation.py backoffice/operations backoffice/query --tests tests/operations tests/query --draw 200

The tests run once, so that it is known which of them run which line. Then each mutant meets the tests that run it, the
quickest first, in a process forked from the one that has collected them: the changed function's code takes the place of
the old. What survives that is imported anew with the mutant in it, for what was computed at import or is kept.
"""

import argparse
import gc
import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import coverage
import one_mutant
import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, mutants_of, mutated

OPTIONS = ("-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-x")
LEAST_CPU, TIMES_CPU = 5, 5
"""A mutant that uses so many seconds of CPU, and so many times what its tests use without it, counts as hung."""

TIMES_WALL = 20
"""A mutant that waits so many times as long as it may work counts as hung, too."""


class Fate(StrEnum):
    """What became of a mutant. One that hangs is noticed; one that no test runs is not."""

    KILLED = "killed"
    HUNG = "hung"
    SURVIVED = "survived"
    NEVER_RUN = "never run"


@dataclass(frozen=True)
class Tried:
    """A test as it is without mutants: its CPU seconds, and which lines of which files it runs."""

    item: pytest.Item
    seconds: float
    lines: Mapping[str, frozenset[int]]

    def runs(self, mutant: Mutant) -> bool:
        """Whether it runs the statement that the mutant changes."""
        lines = self.lines.get(str(mutant.path.absolute()), frozenset())
        return not lines.isdisjoint(range(mutant.first_line, mutant.last_line + 1))


Key: TypeAlias = tuple[str, str, int]
Live: TypeAlias = Mapping[Key, Sequence[FunctionType]]
"""The functions in memory, by file, qualified name and first line."""

Start: TypeAlias = Callable[[Mutant, Sequence[Tried]], int]
"""Starts a process in which tests meet a mutant, and tells its number."""


class Tests:
    """The pytest plugin that tries every test, then every mutant, instead of only running the tests."""

    def __init__(self, mutants: Sequence[Mutant], jobs: int) -> None:
        self.mutants, self.jobs = mutants, jobs
        self.fates: dict[Mutant, Fate] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        tried = _try_all(session, {mutant.path for mutant in self.mutants})
        _forget_what_is_kept({str(mutant.path.absolute()) for mutant in self.mutants})
        covering = {one: sorted(_covering(one, tried), key=lambda test: test.seconds) for one in self.mutants}
        live = _live_functions({str(mutant.path.absolute()) for mutant in self.mutants})
        in_functions = {one: tests for one, tests in covering.items() if one.function}
        self.fates.update(_fates(in_functions, _by_fork(live), self.jobs))
        left = {one: tests for one, tests in covering.items() if self.fates.get(one) in (None, Fate.SURVIVED)}
        self.fates.update(_fates(left, _by_import, self.jobs))
        return True


def _covering(mutant: Mutant, tried: Sequence[Tried]) -> list[Tried]:
    """The tests that run the mutant; what runs at import is known by those that run anything of the module."""
    if mutant.function is not None:
        return [test for test in tried if test.runs(mutant)]
    return [test for test in tried if str(mutant.path.absolute()) in test.lines]


class _SessionOnly:
    """The item after the last one of a series: it needs nothing but what the whole session shares."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[pytest.Session]:
        return [self.session]


def _try_all(session: pytest.Session, paths: Iterable[Path]) -> list[Tried]:
    measured = coverage.Coverage(data_file=None, config_file=False, include=[str(path.absolute()) for path in paths])
    measured.start()
    seconds = {}
    for item, following in _with_following(session, session.items):
        measured.switch_context(item.nodeid)
        started = time.process_time()
        if not _passes(item, following):
            raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
        seconds[item.nodeid] = time.process_time() - started
    measured.stop()
    lines = _lines_by_test(measured.get_data())
    return [Tried(item, seconds[item.nodeid], lines.get(item.nodeid, {})) for item in session.items]


def _lines_by_test(data: coverage.CoverageData) -> Mapping[str, Mapping[str, frozenset[int]]]:
    found: dict[str, dict[str, set[int]]] = {}
    for path in data.measured_files():
        for line, tests in data.contexts_by_lineno(path).items():
            for test in tests:
                found.setdefault(test, {}).setdefault(path, set()).add(line)
    return {test: {path: frozenset(lines) for path, lines in files.items()} for test, files in found.items()}


def _with_following(session: pytest.Session, items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, Any]]:
    return zip(items, (*items[1:], _SessionOnly(session)), strict=True)


def _passes(item: pytest.Item, following: Any) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _forget_what_is_kept(paths: set[str]) -> None:
    """Empty the caches of the product's functions: what they hold was computed without a mutant."""
    for one in gc.get_objects():
        wrapped = getattr(one, "__wrapped__", None) if hasattr(type(one), "cache_clear") else None
        if isinstance(wrapped, FunctionType) and wrapped.__code__.co_filename in paths:
            one.cache_clear()


def _fates(covering: Mapping[Mutant, Sequence[Tried]], start: Start, jobs: int) -> dict[Mutant, Fate]:
    fates: dict[Mutant, Fate] = {}
    running: dict[int, Mutant] = {}
    waiting = list(covering.items())[::-1]
    while waiting or running:
        if waiting and len(running) < jobs:
            mutant, tests = waiting.pop()
            if tests:
                running[start(mutant, tests)] = mutant
            else:
                fates[mutant] = Fate.NEVER_RUN
            continue
        process, status = os.wait()
        fates[running[process]] = _fate(status)
        _tell(running.pop(process), fates, len(covering))
    return fates


def _tell(mutant: Mutant, fates: Mapping[Mutant, Fate], every: int) -> None:
    if fates[mutant] is Fate.SURVIVED or len(fates) % 100 == 0:
        sys.__stderr__.write(f"{len(fates)}/{every} {fates[mutant]} {mutant}\n")  # type: ignore[union-attr]


def _fate(status: int) -> Fate:
    if os.WIFSIGNALED(status):
        return Fate.HUNG if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL) else Fate.KILLED
    return Fate.KILLED if os.WEXITSTATUS(status) else Fate.SURVIVED


def _limit(tests: Sequence[Tried]) -> None:
    seconds = LEAST_CPU + int(TIMES_CPU * sum(test.seconds for test in tests))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.alarm(TIMES_WALL * seconds)


def _live_functions(paths: set[str]) -> Live:
    """The functions of these files, by file, qualified name and first line."""
    found: dict[Key, list[FunctionType]] = {}
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in paths:
            found.setdefault(_key(one.__code__), []).append(one)
    return found


def _key(code: CodeType) -> Key:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _started(tests: Sequence[Tried], body: Callable[[], int]) -> int:
    """The number of a new process that ends with what ``body`` returns."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _limit(tests)
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        status = body()
    finally:
        os._exit(status)


def _by_fork(live: Live) -> Start:
    """How a mutant meets its tests in this process's likeness."""

    def start(mutant: Mutant, tests: Sequence[Tried]) -> int:
        def body() -> int:
            _put_in(mutant, live)
            items = [test.item for test in tests]
            following = _with_following(items[0].session, items)
            return 0 if all(_passes(item, after) for item, after in following) else 1

        return _started(tests, body)

    return start


def _by_import(mutant: Mutant, tests: Sequence[Tried]) -> int:
    """How a mutant meets its tests in a new interpreter, which imports it."""
    with NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as names:
        names.write("\n".join(test.item.nodeid for test in tests))
    environment = os.environ | {
        one_mutant.ENVIRONMENT: f"{mutant.path}:{mutant.number}",
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-p", "one_mutant", *OPTIONS, f"@{names.name}"]
    return _started(tests, lambda: os.execve(sys.executable, command, environment))  # noqa: S606


def _put_in(mutant: Mutant, live: Live) -> None:
    for code in _codes(compile(mutated(mutant), str(mutant.path.absolute()), "exec")):
        if code.co_qualname == mutant.function and code.co_firstlineno <= mutant.line:
            for function in live.get(_key(code), ()):
                function.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _asked() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path, help="packages or modules to change")
    parser.add_argument(
        "--tests",
        nargs="+",
        required=True,
        help="what pytest is asked to run; options not named here are passed on to it",
    )
    parser.add_argument("--draw", type=int, help="so many mutants, drawn by the seed; all unless given")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, default=Path(".mutation.json"), help="where every fate is written")
    return parser.parse_known_args()


def _chosen(asked: argparse.Namespace) -> list[Mutant]:
    modules = sorted(
        path for source in asked.sources for path in (source.rglob("*.py") if source.is_dir() else [source])
    )
    every = [mutant for path in modules for mutant in mutants_of(path)]
    return every if asked.draw is None else random.Random(asked.seed).sample(every, asked.draw)  # noqa: S311


def _report(fates: Mapping[Mutant, Fate]) -> None:
    for path in sorted({mutant.path for mutant in fates}):
        counted = Counter(fate for mutant, fate in fates.items() if mutant.path == path)
        print(f"{path}: " + ", ".join(f"{counted[fate]} {fate}" for fate in Fate if counted[fate]))
    for mutant, fate in sorted(fates.items(), key=lambda one: str(one[0])):
        if fate in (Fate.SURVIVED, Fate.NEVER_RUN):
            print(f"{fate}: {mutant}")
    noticed = sum(fate in (Fate.KILLED, Fate.HUNG) for fate in fates.values())
    print(f"{noticed} of {len(fates)} mutants noticed: {100 * noticed / len(fates):.1f} %")


def main() -> None:
    """Try the mutants and say what became of them."""
    asked, passed_on = _asked()
    tests = Tests(_chosen(asked), asked.jobs)
    status = pytest.main([*OPTIONS, *asked.tests, *passed_on], plugins=[one_mutant, tests])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(int(status))
    asked.out.write_text(
        json.dumps([{"mutant": str(one), "fate": fate} for one, fate in tests.fates.items()], indent=1),
        encoding="utf-8",
    )
    _report(tests.fates)


if __name__ == "__main__":
    main()
