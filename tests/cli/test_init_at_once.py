"""Several processes that begin the same desk at once: each ends well, and the desk is there once."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from backoffice.models import Channel, Office, SupportPlan
from backoffice.models.database import Database

AT_ONCE = 3

INIT = [sys.executable, "-c", "from backoffice.cli import main; main()", "init"]


def test_processes_that_initialise_at_once_all_end_well(empty_engine, tmp_path: Path):
    url = empty_engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)}
    begun = [
        subprocess.Popen(INIT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(AT_ONCE)
    ]

    ended = [(*process.communicate(), process.returncode) for process in begun]

    assert [(said.splitlines()[-1], complaints, status) for said, complaints, status in ended] == [
        ("Head office, channels and the plan padra-standard are there.", "", 0)
    ] * AT_ONCE
    with Database(empty_engine).reading() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Office, SupportPlan, Channel)]
    assert counts == [1, 1, 5]
