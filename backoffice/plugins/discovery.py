"""Which plugins are installed and fit, read from their metadata: nothing is imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from backoffice.plugins.contract import CODE

GROUP_PREFIX = "backoffice.v"
GROUP = "backoffice.v1"
"""The entry-point group, and in its name the major version of the plugin API."""

UPPER_BOUNDS = frozenset({"<", "<=", "==", "===", "~="})

UNNAMED = "unnamed"
"""Stands for the name of a distribution whose metadata is lost."""

RESERVED = frozenset({"service", "retired_service"})
"""Codes whose GraphQL names (ServiceRecord, ServiceRequestInput, RetiredServiceRecord) are the desk's own."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry point of an installed distribution, and the reason it cannot be used, if there is one.

    ``name`` is the entry point's, or the distribution's where its entry points cannot be read.
    """

    name: str
    distribution: str
    version: str
    entry_point: metadata.EntryPoint | None
    reason: str | None

    @property
    def owner(self) -> str:
        """The distribution with its version, for messages."""
        return f"{self.distribution} {self.version}"


def discover(host_version: str) -> tuple[Candidate, ...]:
    """Every installed plugin, sorted by name and distribution."""
    found = [candidate for plugin in _plugins() for candidate in _candidates(plugin, host_version)]
    return tuple(sorted(found, key=lambda candidate: (candidate.name, candidate.distribution)))


def _plugins() -> Iterator[metadata.Distribution]:
    """Each installed distribution with plugins once: the first on the path is the one that is imported."""
    seen: set[str] = set()
    for distribution in metadata.distributions():
        if GROUP_PREFIX in (distribution.read_text("entry_points.txt") or ""):
            name = canonicalize_name(distribution.name or UNNAMED)
            if name not in seen:
                seen.add(name)
                yield distribution


def _candidates(distribution: metadata.Distribution, host_version: str) -> tuple[Candidate, ...]:
    owner, version = distribution.name or UNNAMED, distribution.version or ""
    try:
        return tuple(
            Candidate(
                name=point.name,
                distribution=owner,
                version=version,
                entry_point=point,
                reason=_misfit(point, distribution, host_version),
            )
            for point in distribution.entry_points
            if point.group.startswith(GROUP_PREFIX)
        )
    except (TypeError, ValueError) as error:  # what importlib and packaging raise for metadata that is not well formed
        reason = f"its metadata cannot be read: {error}"
        return (Candidate(name=owner, distribution=owner, version=version, entry_point=None, reason=reason),)


def _misfit(point: metadata.EntryPoint, distribution: metadata.Distribution, host_version: str) -> str | None:
    """Why a plugin is not even imported."""
    if point.group != GROUP:
        theirs, ours = (group.removeprefix("backoffice.") for group in (point.group, GROUP))
        return f"speaks plugin API {theirs}, this backoffice speaks {ours}"
    if not CODE.fullmatch(point.name):
        return f"the name of its entry point, {point.name!r}, is not lower_snake_case"
    if point.name in RESERVED:
        return f"{point.name!r} is a name of the backoffice itself"
    return _unmet(distribution, host_version)


def _unmet(distribution: metadata.Distribution, host_version: str) -> str | None:
    """What is wrong with a plugin's requirement of a backoffice."""
    asked = [requirement for requirement in _requirements(distribution) if requirement.name == "backoffice"]
    if not asked:
        return "does not say which backoffice it needs; its dependencies need a line like backoffice>=0.1,<1"
    for requirement in asked:
        if not any(bound.operator in UPPER_BOUNDS for bound in requirement.specifier):
            return f"needs {requirement} without an upper bound; write one like backoffice>=0.1,<1"
        if not requirement.specifier.contains(host_version, prereleases=True):
            return f"needs backoffice {requirement.specifier}, this is {host_version}"
    return None


def _requirements(distribution: metadata.Distribution) -> Iterator[Requirement]:
    """What a distribution requires here, without its extras."""
    for line in distribution.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement
