"""Measure what starting costs: CPU seconds of a process that imports, beside one that does nothing and the frameworks.

    python -m bench.start [--runs 9]

Each program runs so often, in turn with the others, so that a busy machine slows all of them alike; the median counts.
The ratio to importing Flask, SQLAlchemy and Strawberry alone is what can be compared between machines.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

FLOOR = "the frameworks"

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Where it is set nothing that a program compiles is kept, and each run would compile the desk anew."""

PROGRAMS: Mapping[str, Sequence[str]] = {
    "nothing": ("-c", "pass"),
    FLOOR: ("-c", "import flask, sqlalchemy, strawberry"),
    "all libraries": (
        "-c",
        "import flask, sqlalchemy.orm, strawberry, flask_admin.model, flask_security, flask_babel, marshmallow",
    ),
    "backoffice --help": ("-c", "from backoffice.cli import main; main(['--help'])"),
    "backoffice version": ("-c", "from backoffice.cli import main; main(['version'])"),
    "backoffice role list": ("-c", "from backoffice.cli import main; main(['role', 'list'])"),
    "backoffice plugin list": ("-c", "from backoffice.cli import main; main(['plugin', 'list'])"),
    "backoffice.app": ("-c", "import backoffice.app"),
    "backoffice.wsgi": ("-c", "import backoffice.wsgi"),
}


def cpu_seconds(program: Sequence[str], environ: Mapping[str, str]) -> float:
    """What a process of this program took, user and system."""
    before = os.times()
    subprocess.run([sys.executable, *program], check=True, stdout=subprocess.DEVNULL, env=environ)  # noqa: S603
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print a line for each program."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    took: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "BACKOFFICE_VAR": folder}
        environ.pop(NO_BYTECODE, None)
        for _ in range(runs + 1):
            for name, program in PROGRAMS.items():
                took[name].append(cpu_seconds(program, environ))
    floor = median(took[FLOOR][1:])
    for name, seconds in took.items():
        middle = median(seconds[1:])  # the first run of each compiled what was not compiled yet
        print(f"{name:<24} {middle:6.2f} s CPU  {middle / floor:5.2f} x the frameworks")


if __name__ == "__main__":
    main()
