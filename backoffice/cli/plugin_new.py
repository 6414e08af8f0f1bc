"""``backoffice plugin new``: a plugin to begin with."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from backoffice.cli.command_desk import CommandRefused
from backoffice.cli.plugin import plugin as plugins
from backoffice.domain.label import Label
from backoffice.domain.service import Mode, Subject
from backoffice.domain.text import has_persian_letter
from backoffice.plugins.contract import CODE
from backoffice.plugins.scaffold import NewPlugin, owner_of, write_plugin

MODES = click.Choice([mode.value for mode in Mode], case_sensitive=False)
SUBJECTS = click.Choice([subject.value for subject in Subject], case_sensitive=False)
LONGEST = 40
"""Letters of a code and of a label, so that what is written with them stays within a line."""


def _code(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    if not CODE.fullmatch(given) or len(given) > LONGEST:
        raise click.BadParameter(f"{given!r} is not lower_snake_case like on_site_visit, of at most {LONGEST} letters")
    return given


def _text(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    text = given.strip() if given is not None else None
    if text is not None and not _is_label(text):
        raise click.BadParameter(f"{given!r} is no label: 1 to {LONGEST} letters, no quotation mark, no line break")
    return text


def _is_label(text: str) -> bool:
    """Whether a text can stand between quotation marks in Python and in TOML as it is."""
    return 1 <= len(text) <= LONGEST and not set('"\\') & set(text) and text.replace("\u200c", "").isprintable()


@plugins.command()
@click.argument("code", callback=_code)
@click.option("--label", required=True, callback=_text, help="What people call the service, in Persian.")
@click.option("--label-en", callback=_text, help="The same in English. Default: the words of CODE.")
@click.option("--mode", multiple=True, type=MODES, default=list(Mode), help="How it is delivered. Default: all.")
@click.option(
    "--subject", multiple=True, type=SUBJECTS, default=[Subject.SOFTWARE], help="What it is done to. Default: software."
)
@click.option("--no-asset", is_flag=True, help="A record need not name an asset.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A new or empty folder. Default: CODE with dashes, below plugins/ in the desk's checkout.",
)
def new(
    code: str,
    label: str,
    label_en: str | None,
    mode: tuple[str, ...],
    subject: tuple[str, ...],
    no_asset: bool,  # noqa: FBT001  # click's flag
    into: Path | None,
) -> None:
    """Write a plugin for a new service type CODE: a distribution whose own tests pass at once.

    --mode and --subject may be repeated. A CODE that an installed plugin has is refused.
    """
    plugin = NewPlugin(
        code=code,
        label=_label(code, label, label_en),
        modes=frozenset(map(Mode, mode)),
        subjects=frozenset(map(Subject, subject)),
        needs_asset=not no_asset,
    )
    folder = into or (Path("plugins") if _in_checkout() else Path()) / plugin.folder
    _write(plugin, folder)
    for line in _next_steps(plugin, folder):
        click.echo(line)


def _label(code: str, label: str, label_en: str | None) -> Label:
    """A label without a Persian letter is taken for the English one, and the Persian one is made from it."""
    english = label_en or (code.replace("_", " ").capitalize() if has_persian_letter(label) else label)
    if has_persian_letter(english):
        raise click.BadParameter(f"{english!r} is not English", param_hint="--label-en")
    return Label(label if has_persian_letter(label) else f"خدمت {label}", english)


def _write(plugin: NewPlugin, folder: Path) -> None:
    owner = owner_of(plugin)
    if owner is not None:
        raise CommandRefused(f"{plugin.code} is taken by {owner}; choose another code")
    try:
        written = write_plugin(plugin, folder)
    except OSError as error:
        raise CommandRefused(f"cannot write {folder}: {error.strerror or error}") from error
    click.echo(f"{plugin.label.en} · {plugin.label.fa}")
    for path in written:
        click.echo(f"  {folder / path}")


def _in_checkout() -> bool:
    """Whether the working directory is a checkout of the desk, where a folder under plugins/ is enough."""
    project = Path("pyproject.toml")
    named = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {}) if project.is_file() else {}
    return bool(named.get("name") == "backoffice")


def _next_steps(plugin: NewPlugin, folder: Path) -> Iterator[str]:
    module = folder / "src" / plugin.package / "__init__.py"
    yield f"\nSay in {module} what is asked, recorded and checked. Then:"
    if _in_checkout() and folder.absolute().parent == Path("plugins").absolute():
        yield "  make setup                     installs it beside the others"
        yield f"  .venv/bin/pytest {folder}"
        yield "  make run                       offers it in the admin and in GraphQL"
        yield "  make schema                    writes the committed GraphQL schema anew"
    else:
        yield f"  pip install --editable {folder}"
        yield f"  pytest {folder}                (with backoffice[testing] installed)"
        yield "  backoffice plugin check        and start the desk again"
