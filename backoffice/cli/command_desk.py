"""What a command works with: the settings of the environment and a desk on their database."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.opened_database import opened_tables
from backoffice.domain.calendar import business_day, system_clock
from backoffice.domain.problem import Problem
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.plugins import Registry, load
from backoffice.settings import Settings
from backoffice.wording import problem_text

if TYPE_CHECKING:
    from backoffice.query.reader import Reader

FEW = 8
"""As many names fit a line."""


class CommandRefused(Exception):
    """What was asked cannot be done; ``lines`` say why, for the person at the keyboard. Ends with exit code 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def settings() -> Settings:
    """The settings of this process; raises ``SettingsError``."""
    return Settings.from_environment(os.environ)


@contextmanager
def opened_desk() -> Iterator[Desk]:
    """A desk on the database of the settings, with every plugin that is switched on.

    Raises ``Unusable`` where the database does not answer or has tables of another version.
    """
    given = settings()
    with opened_tables(given) as database:
        yield desk_on(database, given)


def desk_on(database: Database, given: Settings) -> Desk:
    """A desk on a database that is open."""
    return Desk(database, loaded_plugins(given), system_clock, given.default_plan, given.override_limit)


@contextmanager
def reading(desk: Desk) -> Iterator["Reader"]:
    """The way to read, with the rights of the command line and all that the admin's screens know."""
    from backoffice.query.entities.admin import admin_entities
    from backoffice.query.kept_plans import Plans
    from backoffice.query.reader import Reader

    with desk.database.reading() as session:
        plans = Plans(admin_entities(), desk.registry)
        yield Reader(session, system_viewer(), today=business_day(desk.clock()), plans=plans)


def loaded_plugins(given: Settings) -> Registry:
    """The plugins that the settings switch on, to work with; each that is refused is told on standard error."""
    registry = judged_plugins(given)
    for refused in registry.refused:
        click.echo(f"warning: {refused}", err=True)
    return registry


def judged_plugins(given: Settings) -> Registry:
    """The plugins that the settings switch on, those that fail set aside with their reason, to tell of them."""
    from backoffice.schema import fitting  # GraphQL's libraries, for those who ask about plugins

    return fitting(load(enabled=given.plugins, strict=False))


def refuse_problems(problems: Iterable[Problem]) -> None:
    """Raise ``CommandRefused`` with the words of each problem, when there are any."""
    lines = [told(problem) for problem in problems]
    if lines:
        raise CommandRefused(*lines)


def told(problem: Problem) -> str:
    """The words of a problem, after the field that it is about; the number of an object is none that people give."""
    return ": ".join((*(part for part in problem.path if part != "id"), problem_text(problem, "en")))


def unknown(what: str, given: str, known: Iterable[str]) -> CommandRefused:
    """That there is no such thing, and which there are: those that look like it, or all where they are few."""
    names = sorted(known)
    near = names if len(names) <= FEW else sorted(get_close_matches(given, names))
    return CommandRefused(f"there is no {what} {given}" + (f"; there are {', '.join(near)}" if near else ""))
