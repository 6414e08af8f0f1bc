"""``backoffice config``: the settings in force and where they come from, and whether the desk can work with them."""

import os
from collections.abc import Iterator

import click
from sqlalchemy import make_url, select

from backoffice.cli.command_desk import CommandRefused, judged_plugins, settings
from backoffice.cli.opened_database import Unusable, database_file_missing, opened_database
from backoffice.cli.output import TOLD, Teller
from backoffice.migrations.revisions import wrong_form
from backoffice.models import SupportPlan
from backoffice.models.database import Database
from backoffice.settings import Settings
from backoffice.signin.secret_key import WeakSecretKey, secret_key


@click.group()
def config() -> None:
    """Settings, all of which come from the environment."""


@config.command()
@TOLD
def show(told: Teller) -> None:
    """Print every setting, its value (secrets masked) and whether the environment or the default gave it."""
    table = settings().table()
    rows = [
        {"setting": key, "origin": "environment" if key in os.environ else "default", "value": value}
        for key, value in table.items()
    ]
    width = max(map(len, table))
    told.text(rows, (f"{row['setting']:<{width}}  {row['origin']:<11}  {row['value']}" for row in rows))


@config.command()
def check() -> None:
    """Try the settings: their combination, secret key, plugins and database; exit with 1 and name what is wrong."""
    given = settings()
    found = [*_bad_combinations(given), *_secret_key(given), *_plugins(given), *_database(given)]
    if found:
        raise CommandRefused(*found)
    click.echo("The settings are in order.")


def _bad_combinations(given: Settings) -> Iterator[str]:
    """Settings that are each fine and wrong together."""
    if given.secret_key and given.secret_key_file is not None:
        yield "BACKOFFICE_SECRET_KEY and BACKOFFICE_SECRET_KEY_FILE are both set; set one of them"
    on_server = make_url(given.database_url).get_backend_name() != "sqlite"
    if given.in_production and on_server and not given.secret_key and given.secret_key_file is None:
        yield (
            "in production on PostgreSQL a generated key under BACKOFFICE_VAR holds on this machine only;"
            " set BACKOFFICE_SECRET_KEY or BACKOFFICE_SECRET_KEY_FILE"
        )


def _secret_key(given: Settings) -> Iterator[str]:
    """The key that is given or kept; where none is yet, the first start makes one."""
    kept = given.var / "secret_key"
    if not given.secret_key and given.secret_key_file is None and not kept.exists():
        return
    try:
        secret_key(given)
    except WeakSecretKey as error:
        yield str(error)
    except OSError as error:
        yield f"the secret key cannot be read: {error}"


def _plugins(given: Settings) -> Iterator[str]:
    for refused in judged_plugins(given).refused:
        yield str(refused)


def _database(given: Settings) -> Iterator[str]:
    missing = database_file_missing(given)
    if missing is not None:
        yield missing
        return
    try:
        with opened_database(given) as database:
            yield from _contents(database, given)
    except Unusable as error:
        yield str(error)


def _contents(database: Database, given: Settings) -> Iterator[str]:
    wrong = wrong_form(database.engine)
    if wrong is not None:
        yield wrong
        return
    published = (SupportPlan.code == given.default_plan, SupportPlan.published_at.is_not(None))
    with database.reading() as session:
        if session.scalar(select(SupportPlan.id).where(*published).limit(1)) is None:
            yield f"BACKOFFICE_DEFAULT_PLAN={given.default_plan}: no version of this plan is published"
