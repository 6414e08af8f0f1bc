"""The desk itself behind the production server, as an operator starts it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from backoffice.models.database import Database
from tests.cli.test_servers import PATIENCE, free_port


@pytest.fixture
def served(sqlite_database: Database, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process, and the address that it answers at."""
    port = free_port()
    url = sqlite_database.engine.url.render_as_string(hide_password=False)
    environ = os.environ | {"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)}
    command = [Path(sys.executable).with_name("backoffice"), "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, env=environ) as process:
        yield process, f"http://127.0.0.1:{port}"
        process.kill()


def test_it_answers_and_ends_with_0(served: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = served
    assert status_of(process, f"{address}/healthz") == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def status_of(process: subprocess.Popen[bytes], url: str) -> int:
    while process.poll() is None:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                return int(answer.status)
        except URLError:
            time.sleep(0.1)
    pytest.fail("the server ended before it answered")
