"""What the heavy proofs count, and how the end of the run tells it."""

import os
from collections import Counter
from threading import Lock

import pytest

COUNTS = "counts"


class Tally:
    """Counts by name, from any thread."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def add(self, name: str, number: int = 1) -> None:
        """Count so many more; none at all makes the name known, and 0."""
        with self._lock:
            self._counts[name] += number

    def __getitem__(self, name: str) -> int:
        return self._counts[name]

    def __str__(self) -> str:
        return ", ".join(f"{name} {number}" for name, number in self._counts.items())


def asked_for(name: str, usual: int) -> int:
    """How many rounds to run: ``BACKOFFICE_TEST_name`` where it is set, else the usual number."""
    return int(os.environ.get(f"BACKOFFICE_TEST_{name}", usual))


def tell(reporter: pytest.TerminalReporter, directory: str) -> None:
    """The counts of each heavy proof under ``directory``, a line each."""
    ended = (report for reports in reporter.stats.values() for report in reports if _is_of(report, directory))
    for report in ended:
        for name, value in report.user_properties:
            if name == COUNTS:
                reporter.line(f"{report.nodeid.rpartition('::')[2]}: {value}")


def _is_of(report: object, directory: str) -> bool:
    """Whether it is the last report of a test under the directory: what a fixture counted is in no earlier one."""
    return isinstance(report, pytest.TestReport) and report.when == "teardown" and f"/{directory}/" in report.nodeid
