"""Several processes that begin the same desk at once: each ends well, and the desk is there once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backoffice.models import Channel, Office, SupportPlan
from backoffice.models.database import Database

AT_ONCE = 3

INIT = [sys.executable, "-c", "from backoffice.cli import main; main()", "init"]


RUN = [
    sys.executable,
    "-c",
    """
from backoffice.cli import main, serving

serving.load_demo = lambda desk, watch: ["Demo data."]
serving.serve_embedded = lambda door, host, port, beside: beside()
main(["run"])
""",
]


@pytest.fixture
def environment(empty_engine, tmp_path: Path) -> dict[str, str]:
    url = empty_engine.url.render_as_string(hide_password=False)
    return {**os.environ, "BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)}


def at_once(program: list[str], environment: dict[str, str]) -> list[tuple[list[str], str, int]]:
    """What each of some processes said line by line, what it complained of, and how it ended."""
    begun = [
        subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(AT_ONCE)
    ]
    ended = [(*process.communicate(), process.returncode) for process in begun]
    return [(said.splitlines(), complaints, status) for said, complaints, status in ended]


def test_processes_that_initialise_at_once_all_end_well(empty_engine, environment: dict[str, str]):
    ended = at_once(INIT, environment)

    assert [(said[-1], complaints, status) for said, complaints, status in ended] == [
        ("Head office, channels and the plan padra-standard are there.", "", 0)
    ] * AT_ONCE
    with Database(empty_engine).reading() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Office, SupportPlan, Channel)]
    assert counts == [1, 1, 5]


def test_processes_that_run_a_new_desk_at_once_all_serve_it_and_one_has_the_password(environment: dict[str, str]):
    ended = at_once(RUN, environment)

    assert [(said[-1], complaints, status) for said, complaints, status in ended] == [
        ("The desk is open.", "", 0)
    ] * AT_ONCE
    assert sum(line.startswith("Sign in as admin") for said, _, _ in ended for line in said) == 1
