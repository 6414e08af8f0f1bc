"""Every setting of the desk: typed, read from the environment, checked at start.

``Settings.from_environment(os.environ)`` refuses an unknown ``BACKOFFICE_`` key and any value it cannot use, naming the
key and what it accepts. Nothing else in the product reads the environment. ``docs/operating.md`` has the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "BACKOFFICE_"
TEST_PREFIX = "BACKOFFICE_TEST_"
DATABASES = ("sqlite:///", "postgresql+psycopg://")
MASK = "********"
DEFAULT_PLAN = "padra-standard"
OVERRIDE_LIMIT = 50_000_000
"""Rials: what one supervisor decides alone unless the desk is set up otherwise."""
LONGEST_COUNT = 18
"""Digits of a number that every database and clock can still hold."""


class SettingsError(Exception):
    """A setting that cannot be used; the message names the key and what it accepts."""


class Environment(StrEnum):
    """Where the desk runs. Production sends ``Secure`` and ``__Host-`` cookies."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


def _environment(text: str) -> Environment:
    try:
        return Environment(text)
    except ValueError:
        raise SettingsError("development or production") from None


def _database_url(text: str) -> str:
    if not text.startswith(DATABASES) or _database_name(text) in {None, "", ":memory:"}:
        raise SettingsError("sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME")
    return text


def _database_name(text: str) -> str | None:
    """The file, or the name on the server; without one the driver would choose by itself."""
    try:
        return make_url(text).database
    except (ArgumentError, ValueError):
        return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_COUNT:
        raise SettingsError("a whole number from 0 up")
    return int(text)


def _switch(text: str) -> bool:
    if text not in {"on", "off"}:
        raise SettingsError("on or off")
    return text == "on"


def _setting(key: str, parse: Callable[[str], object], default: Any, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"key": PREFIX + key, "parse": parse, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """The settings of one process. Relative paths are relative to the working directory.

    ``plugins`` is None for every installed plugin, else exactly those named; an override that changes more than
    ``override_limit`` rials needs a second person; ``trusted_proxies`` counts the proxies in front whose
    ``X-Forwarded-`` headers are believed. Without a ``secret_key`` or a file of one, a generated key is kept under
    ``var``; several nodes need one key between them. GraphiQL is served in development unless switched.
    """

    environment: Environment = _setting("ENV", _environment, Environment.DEVELOPMENT)
    var: Path = _setting("VAR", Path, Path("var"))
    database_url: str = _setting("DATABASE_URL", _database_url, "", secret=True)
    secret_key: str = _setting("SECRET_KEY", str, "", secret=True)
    secret_key_file: Path | None = _setting("SECRET_KEY_FILE", Path, None)
    plugins: tuple[str, ...] | None = _setting("PLUGINS", _names, None)
    default_plan: str = _setting("DEFAULT_PLAN", str, DEFAULT_PLAN)
    override_limit: int = _setting("OVERRIDE_LIMIT", _count, OVERRIDE_LIMIT)
    trusted_proxies: int = _setting("TRUSTED_PROXIES", _count, 0)
    graphiql: bool | None = _setting("GRAPHIQL", _switch, None)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """The settings that ``environ`` gives; raises ``SettingsError``."""
        known = {f.metadata["key"]: f for f in fields(cls)}
        ours = {
            key: text for key, text in environ.items() if key.startswith(PREFIX) and not key.startswith(TEST_PREFIX)
        }
        for key in sorted(ours.keys() - known.keys()):
            raise SettingsError(f"{key} is not a setting. The settings are: {', '.join(known)}.")
        return cls(**{known[key].name: _value(known[key], text) for key, text in ours.items()})._completed()

    @property
    def in_production(self) -> bool:
        """Whether this process serves real customers."""
        return self.environment is Environment.PRODUCTION

    def table(self) -> dict[str, str]:
        """Each key with its value as text, secrets masked."""
        return {f.metadata["key"]: self._shown(f) for f in fields(self)}

    def _shown(self, setting: Field[Any]) -> str:
        value = getattr(self, setting.name)
        if value and setting.metadata["secret"]:
            return MASK
        return ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)

    def _completed(self) -> Self:
        """Fill in what one setting takes from another."""
        return replace(
            self,
            database_url=self.database_url or f"sqlite:///{self.var / 'backoffice.sqlite'}",
            graphiql=not self.in_production if self.graphiql is None else self.graphiql,
        )


def _value(setting: Field[Any], text: str) -> Any:
    try:
        return setting.metadata["parse"](text)
    except SettingsError as accepts:
        shown = MASK if setting.metadata["secret"] else repr(text)
        raise SettingsError(f"{setting.metadata['key']}={shown} cannot be used; it takes {accepts}.") from None
