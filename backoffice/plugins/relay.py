"""The typed way through pluggy: one method for each hook, one reply for each plugin, whatever its code does.

What a plugin raises is its reply, with its name: it never ends the asking of the others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

import pluggy

from backoffice.plugins import hookspecs
from backoffice.plugins.contract import ServiceType

T = TypeVar("T")


class PluginError(Exception):
    """A plugin cannot be used. The message says what is wrong and what to do."""


@dataclass(frozen=True)
class Reply(Generic[T]):
    """What one plugin said to a hook: its value, or what its code raised."""

    plugin: str
    outcome: T | BaseException

    @property
    def value(self) -> T:
        """The value; raises what the plugin raised."""
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


@dataclass(frozen=True, eq=False)
class Relay:
    """The plugins of one application, living: each can be asked again as long as the application does."""

    _manager: pluggy.PluginManager = field(default_factory=lambda: pluggy.PluginManager(hookspecs.PROJECT))

    def __post_init__(self) -> None:
        self._manager.add_hookspecs(hookspecs)

    @property
    def plugins(self) -> tuple[str, ...]:
        """The names of those that can be asked, in the order of the alphabet."""
        return tuple(sorted(name for name, plugin in self._manager.list_name_plugin() if plugin is not None))

    def register(self, plugin: object, name: str) -> None:
        """Let ``plugin`` be asked under ``name``. Raises ``PluginError`` for hooks that do not exist or do not fit."""
        if (other := self._manager.get_name(plugin)) is not None:
            raise PluginError(f"is the module of plugin {other} as well; each has a module of its own")
        try:
            self._manager.register(plugin, name)
            self._manager.check_pending()  # an unknown hook name is an error, not silence
            self._refuse_wrappers(plugin)
        except (pluggy.PluginValidationError, PluginError) as error:
            self._manager.unregister(name=name)
            raise PluginError(str(error)) from error

    def _refuse_wrappers(self, plugin: object) -> None:
        """pluggy lets a plugin stand between the desk and the others; here each speaks for itself."""
        for caller in self._manager.get_hookcallers(plugin) or ():
            for one in caller.get_hookimpls():
                if one.plugin is plugin and (one.wrapper or one.hookwrapper):
                    raise PluginError(f"wraps the hook {caller.name}; a plugin answers for itself only")

    def without(self, names: Collection[str]) -> Self:
        """A relay to all but these."""
        kept = type(self)()
        for name in self.plugins:
            if name not in names:
                kept.register(self._manager.get_plugin(name), name)
        return kept

    def service_types(self) -> tuple[Reply[Sequence[type[ServiceType]]], ...]:
        """What each plugin answers to ``service_types``."""
        return self._ask("service_types", tuple)

    def _ask(self, hook: str, read: Callable[[Any], T], **facts: object) -> tuple[Reply[T], ...]:
        """The replies of those that implement ``hook``, in the order of their names; each is given what it asks for.

        ``read`` makes the value of what was returned, under the same guard: a generator runs only then.
        """
        asked = sorted(getattr(self._manager.hook, hook).get_hookimpls(), key=lambda one: str(one.plugin_name))
        return tuple(_reply(one, read, facts) for one in asked)


def _reply(implementation: pluggy.HookImpl, read: Callable[[Any], T], facts: Mapping[str, object]) -> Reply[T]:
    given = (facts[name] for name in implementation.argnames)
    try:
        return Reply(implementation.plugin_name, read(implementation.function(*given)))
    except BaseException as error:  # noqa: BLE001  # whatever a plugin's code raises is its own matter
        return Reply(implementation.plugin_name, error)
