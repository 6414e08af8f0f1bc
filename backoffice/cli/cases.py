"""``backoffice cases``: worked decisions from a file, checked through the operations, or loaded as reference data."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

import click
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, loaded_plugins, opened_desk, refuse_problems, settings
from backoffice.cli.first_run import initialise
from backoffice.cli.opened_database import opened_database
from backoffice.cli.progress import watched
from backoffice.domain.calendar import system_clock
from backoffice.domain.plan_file import shipped_plan
from backoffice.operations.cases import CaseFileError, Cases, LoadHead, load_head, read_cases, run_scenarios
from backoffice.operations.desk import Desk

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def cases() -> None:
    """Worked decisions, with their tariffs."""


@cases.command()
@FILE
def check(file: Path) -> None:
    """Run every scenario of FILE through the operations, in a database of its own that is thrown away."""
    given = _read(file)
    with _scratch_desk() as desk:
        refuse_problems(load_head(desk, system_viewer(), LoadHead(data=given.head)).problems)
        report = run_scenarios(desk, watched("Checking")(given.scenarios))
    for failure in report.failures:
        click.echo(str(failure))
    click.echo(f"{report.passed} passed, {report.failed} failed")
    if report.failures:
        raise SystemExit(1)


@cases.command()
@FILE
def load(file: Path) -> None:
    """Load the head of FILE, its tariff editions, taxes and billing minimums, into a database that has none."""
    head = _read(file).head
    with opened_desk() as desk:
        result = load_head(desk, system_viewer(), LoadHead(data=head))
    refuse_problems(result.problems)
    click.echo("Loaded the tariff editions, taxes and billing minimums.")


@contextmanager
def _scratch_desk() -> Iterator[Desk]:
    given = settings()
    registry = loaded_plugins(given)
    with tempfile.TemporaryDirectory(prefix="backoffice-cases-") as folder:
        own = replace(given, database_url=f"sqlite:///{folder}/cases.sqlite", default_plan=shipped_plan().code)
        with opened_database(own) as database:
            event.listen(database.engine, "connect", _do_not_wait_for_the_disk)
            list(initialise(database, registry, own))
            yield Desk(database, registry, system_clock, own.default_plan)


def _do_not_wait_for_the_disk(connection: SQLiteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def _read(file: Path) -> Cases:
    try:
        return read_cases(json.loads(file.read_bytes()))
    except ValueError as error:
        raise CommandRefused(f"{file} is not JSON: {error}") from error
    except RecursionError as error:
        raise CommandRefused(f"{file} is not a file of worked decisions: it is nested too deeply") from error
    except CaseFileError as error:
        raise CommandRefused(f"{file} is not a file of worked decisions", *error.lines) from error
