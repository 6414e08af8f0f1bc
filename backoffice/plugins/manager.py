"""Load the enabled plugins one by one, and hold what was admitted beside what was refused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from backoffice import __version__
from backoffice.domain.service import Offering
from backoffice.plugins.admission import admit
from backoffice.plugins.contract import ServiceType
from backoffice.plugins.discovery import Candidate, discover
from backoffice.plugins.raised_errors import told
from backoffice.plugins.relay import PluginError, Relay


@dataclass(frozen=True)
class RefusedPlugin:
    """A plugin that is not used, and why. Without a distribution: it is enabled but not installed."""

    name: str
    distribution: str
    version: str
    reason: str
    error: BaseException | None = field(default=None, compare=False, repr=False)
    """What the plugin's own code raised, with its traceback."""

    def __str__(self) -> str:
        owner = f" ({self.distribution} {self.version})" if self.distribution else ""
        return f"plugin {self.name}{owner} is not loaded: {self.reason}"


@dataclass(frozen=True)
class Registry:
    """The plugins of one application, ordered by code. Built once, then only read.

    ``owners`` gives the distribution with its version, by code; ``relay`` is the way to ask the plugins themselves.
    """

    service_types: Mapping[str, ServiceType] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[RefusedPlugin, ...] = ()
    relay: Relay = field(default_factory=Relay, compare=False, repr=False)

    def get(self, code: str) -> ServiceType | None:
        """The service type of this code; None when no admitted plugin brings it."""
        return self.service_types.get(code)

    def is_retired(self, code: str) -> bool:
        """Whether records of this code are shown as retired: nothing that is loaded knows them."""
        return code not in self.service_types

    def without(self, refused: Sequence[RefusedPlugin]) -> Self:
        """The same without these plugins, which are refused after all."""
        names = {one.name for one in refused}
        return replace(
            self,
            service_types=MappingProxyType(
                {code: kind for code, kind in self.service_types.items() if code not in names}
            ),
            refused=(*self.refused, *refused),
            relay=self.relay.without(names),
        )

    @property
    def offerings(self) -> tuple[Offering, ...]:
        """What the types offer, for the plan linter."""
        return tuple(service_type.offering for service_type in self.service_types.values())


def load(enabled: tuple[str, ...] | None, *, strict: bool, host_version: str = __version__) -> Registry:
    """Admit the plugins named by ``enabled``, or all that are installed when it is None.

    Lenient, a plugin that cannot be used is left out and listed in ``refused``. Strict (tests, CI,
    ``plugin check``), ``PluginError`` tells all of them, one a line.
    """
    found = discover(host_version)
    wanted = [candidate for candidate in found if enabled is None or candidate.name in enabled]
    missing = sorted(set(enabled or ()) - {candidate.name for candidate in found})
    registry = _load(
        wanted, [RefusedPlugin(name, "", "", "is enabled in the settings but not installed") for name in missing]
    )
    if strict and registry.refused:
        raise PluginError("\n".join(map(str, registry.refused)))
    return registry


def _load(candidates: Sequence[Candidate], refused: list[RefusedPlugin]) -> Registry:
    service_types: dict[str, ServiceType] = {}
    owners: dict[str, str] = {}
    relay = Relay()
    for candidate, reason in _with_clashes(candidates):
        outcome = _refused(candidate, reason) if reason else _admitted(candidate, relay)
        if isinstance(outcome, ServiceType):
            service_types[candidate.name], owners[candidate.name] = outcome, candidate.owner
        else:
            refused.append(outcome)
    return Registry(MappingProxyType(service_types), MappingProxyType(owners), tuple(refused), relay)


def _with_clashes(candidates: Sequence[Candidate]) -> list[tuple[Candidate, str | None]]:
    """Each candidate with the reason not to import it. Of two with one name neither is trusted with its records."""
    claims: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.reason is None:
            claims[candidate.name].append(candidate)
    return [(candidate, candidate.reason or _clash(claims[candidate.name])) for candidate in candidates]


def _clash(claimants: list[Candidate]) -> str | None:
    if len(claimants) < 2:
        return None
    owners = " and ".join(claimant.owner for claimant in claimants)
    return f"{claimants[0].name!r} is claimed by {owners}; uninstall one of them"


def _refused(candidate: Candidate, reason: str, error: BaseException | None = None) -> RefusedPlugin:
    return RefusedPlugin(candidate.name, candidate.distribution, candidate.version, reason, error)


def _admitted(candidate: Candidate, relay: Relay) -> ServiceType | RefusedPlugin:
    """The candidate's service type, its module on the relay; or why it has none: its own code may fail in any way."""
    if candidate.entry_point is None:
        raise ValueError(f"{candidate} has no entry point to load")
    try:
        plugin = candidate.entry_point.load()
        service_type = admit(candidate.name, plugin)
        relay.register(plugin, candidate.name)
        return service_type
    except PluginError as error:
        return _refused(candidate, str(error))
    except KeyboardInterrupt:
        raise  # of the person who starts the desk
    except BaseException as error:  # noqa: BLE001  # a plugin's import must not end the desk, whatever it raises
        return _refused(candidate, told(error, candidate.entry_point.module.split(".")[0]), error)
