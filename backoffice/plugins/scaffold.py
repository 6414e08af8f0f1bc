"""A new plugin written from ``template/``: a whole distribution, whose own tests pass as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from packaging.utils import canonicalize_name
from packaging.version import Version

from backoffice import __version__
from backoffice.domain.label import Label
from backoffice.domain.service import Mode, Subject
from backoffice.plugins.discovery import RESERVED, discover

TEMPLATE = Path(__file__).with_name("template")
SUFFIX = ".template"
"""Of the template's files, lest tools take them for what they are not yet."""
PACKAGE = "package"
"""The template's folder that is named by the plugin's package."""


@dataclass(frozen=True, kw_only=True)
class NewPlugin:
    """What a plugin is to begin with. ``code`` is lower_snake_case; a label is printable and has no quotation mark."""

    code: str
    label: Label
    modes: frozenset[Mode]
    subjects: frozenset[Subject]
    needs_asset: bool

    @property
    def folder(self) -> str:
        """The name of its folder beside others."""
        return self.code.replace("_", "-")

    @property
    def distribution(self) -> str:
        """The name it is installed by."""
        return f"backoffice-{self.folder}"

    @property
    def package(self) -> str:
        """The name it is imported by."""
        return f"backoffice_{self.code}"


def owner_of(plugin: NewPlugin) -> str | None:
    """Who has the plugin's code or the name of its distribution already; nothing is imported to find out."""
    if plugin.code in RESERVED:
        return "the backoffice itself"
    for installed in discover(__version__):
        if installed.name == plugin.code or canonicalize_name(installed.distribution) == plugin.distribution:
            return installed.owner
    return None


def write_plugin(plugin: NewPlugin, folder: Path) -> tuple[Path, ...]:
    """Write the distribution into ``folder``, made with its parents, and give its files, relative and sorted.

    All or nothing. Raises ``FileExistsError`` where ``folder`` is anything but an empty folder, or another ``OSError``.
    """
    folder = folder.absolute()
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FileExistsError("it is there already, and is not an empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        written = tuple(_fill(plugin, Path(beside)))
        folder.mkdir(exist_ok=True)
        for part in Path(beside).iterdir():
            part.replace(folder / part.name)
    return written


def _fill(plugin: NewPlugin, made: Path) -> Iterator[Path]:
    """Write the filled-in template below ``made``; its files, relative to it."""
    values = _values(plugin)
    for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        parts = [plugin.package if part == PACKAGE else part for part in source.relative_to(TEMPLATE).parts]
        name = Path(*parts[:-1], parts[-1].removesuffix(SUFFIX))
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(Template(source.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
        yield name


def _values(plugin: NewPlugin) -> dict[str, str]:
    """What stands for each name in the template."""
    return {
        "code": plugin.code,
        "distribution": plugin.distribution,
        "package": plugin.package,
        "service": "".join(word.capitalize() for word in plugin.code.split("_")) + "Service",
        "label_fa": plugin.label.fa,
        "label_en": plugin.label.en,
        "modes": _members(Mode, plugin.modes),
        "subjects": _members(Subject, plugin.subjects),
        "needs_asset": "" if plugin.needs_asset else "    needs_asset = False\n",
        "fitting": _fitting(Version(__version__)),
    }


def _members(kind: type[Mode] | type[Subject], chosen: Iterable[Mode | Subject]) -> str:
    return ", ".join(f"{kind.__name__}.{member.name}" for member in kind if member in chosen)


def _fitting(version: Version) -> str:
    """From this release of the backoffice to the next that may break the plugin."""
    return f"backoffice>={version.major}.{version.minor},<{version.major + 1}"
