"""Where the databases of tests come from: copies of templates that are migrated, and prepared, once per worker."""

import secrets
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, make_url, text

from backoffice.migrations import upgrade
from backoffice.models.database import Database, engine_for
from tests.restoring import Connections, Original, Unlike

Prepare = Callable[[Database], None]
MakeDatabase = Callable[..., Database]


class Supply(Protocol):
    """One kind of database."""

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of ``template``, and return its URL; ``drop`` it in the end."""

    def drop(self, url: str) -> None:
        """Remove a database."""

    def copy(self, template: str) -> AbstractContextManager[str]:
        """The URL of a database like ``template``, which the block alone uses; the template stays as it is."""


class Files:
    """SQLite databases in a directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def create(self, template: str | None = None) -> str:
        path = self.directory / f"{secrets.token_hex(6)}.sqlite"
        if template is not None:
            shutil.copyfile(str(make_url(template).database), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{suffix}").unlink(missing_ok=True)

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        url = self.create(template)
        try:
            yield url
        finally:
            self.drop(url)


class Server:
    """PostgreSQL databases on a server. A copy that is given back is restored when the next one is asked for.

    Making and dropping a database costs many times what a test writes into it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.originals: dict[str, Original] = {}
        self.idle: defaultdict[str, list[str]] = defaultdict(list)
        self.connections = Connections()

    def create(self, template: str | None = None) -> str:
        name = f"backoffice_test_{secrets.token_hex(6)}"
        source = "template0" if template is None else make_url(template).database
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return self.engine.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Remove a database, and the copies of it that lie idle."""
        for one in (url, *self.idle.pop(url, ())):
            self.connections.close(one)
            self._run(f'DROP DATABASE "{make_url(one).database}" WITH (FORCE)')

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        url = self._restored(template) or self.create(template)
        try:
            yield url
        finally:
            self.idle[template].append(url)

    def _restored(self, template: str) -> str | None:
        """A copy that was given back; None where there is none, or its tables are no longer the template's."""
        if not self.idle[template]:
            return None
        if template not in self.originals:
            self.originals[template] = Original(template)
        url = self.idle[template].pop()
        try:
            self.originals[template].restore(url, self.connections.to(url))
        except Unlike:
            self.drop(url)
            return None
        return url

    def _run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(statement))


class Copies:
    """Databases copied from templates; a template is migrated, and prepared, once."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.templates: dict[Prepare | None, str] = {}

    @contextmanager
    def copy(self, prepare: Prepare | None = None) -> Iterator[Database]:
        """A migrated database, as ``prepare`` filled it."""
        with self.supply.copy(self._template(prepare)) as url:
            engine = engine_for(url)
            yield Database(engine)
            engine.dispose()

    @contextmanager
    def empty(self) -> Iterator[Engine]:
        """A database before its first migration."""
        url = self.supply.create()
        engine = engine_for(url)
        yield engine
        engine.dispose()
        self.supply.drop(url)

    def drop_templates(self) -> None:
        """Remove all that was made."""
        for url in self.templates.values():
            self.supply.drop(url)

    def _template(self, prepare: Prepare | None) -> str:
        if prepare not in self.templates:
            self.templates[prepare] = self._prepared(prepare)
        return self.templates[prepare]

    def _prepared(self, prepare: Prepare | None) -> str:
        url = self.supply.create(None if prepare is None else self._template(None))
        engine = engine_for(url)
        if prepare is None:
            upgrade(engine)
        else:
            prepare(Database(engine))
        engine.dispose()
        return url
