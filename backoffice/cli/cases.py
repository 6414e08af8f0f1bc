"""``backoffice cases``: worked decisions from a file, checked through the operations, or loaded as reference data."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from backoffice.access.roles import system_viewer
from backoffice.cli.desk import Refused, loaded_plugins, opened_database, opened_desk, refuse_problems, settings
from backoffice.cli.first_run import initialise
from backoffice.domain.calendar import system_clock
from backoffice.operations.cases import load_head, run_scenarios
from backoffice.operations.desk import Desk

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def cases() -> None:
    """Worked decisions, with their tariffs."""


@cases.command()
@FILE
def check(file: Path) -> None:
    """Run every scenario of FILE through the operations, in a database of its own that is thrown away."""
    data = _read(file)
    with _scratch_desk() as desk:
        refuse_problems(load_head(desk, system_viewer(), data).problems)
        report = run_scenarios(desk, data)
    for failure in report.failures:
        click.echo(str(failure))
    click.echo(f"{report.passed} passed, {len(report.failures)} failed")
    if report.failures:
        raise SystemExit(1)


@cases.command()
@FILE
def load(file: Path) -> None:
    """Load the head of FILE, its tariff editions, taxes and billing minimums, into a database that has none."""
    with opened_desk() as desk:
        result = load_head(desk, system_viewer(), _read(file))
    refuse_problems(result.problems)
    click.echo("Loaded the tariff editions, taxes and billing minimums.")


@contextmanager
def _scratch_desk() -> Iterator[Desk]:
    given = settings()
    registry = loaded_plugins(given)
    with tempfile.TemporaryDirectory(prefix="backoffice-cases-") as folder:
        own = replace(given, database_url=f"sqlite:///{folder}/cases.sqlite")
        with opened_database(own) as database:
            list(initialise(database, registry, own))
            yield Desk(database, registry, system_clock, own.default_plan)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise Refused(f"{file} is not JSON: {error}") from error
    if not isinstance(data, dict) or not {"scenarios", "tariffEditions", "taxRates", "billing"} <= data.keys():
        raise Refused(f"{file} is not a file of cases: it needs scenarios, tariffEditions, taxRates and billing")
    return data
