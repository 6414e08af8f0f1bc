"""The page for whoever operates a desk has every command with its options, and every setting, and no others."""

import re
from collections.abc import Iterator

import click
import pytest

from backoffice.settings import Settings
from tests.cli.every_command import ROOT, commands

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = dict(commands())


def first_cells(heading: str) -> Iterator[str]:
    """The first cell of each row of the table below a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    yield from (row.removeprefix("| ").partition(" | ")[0] for row in rows)


def documented() -> list[tuple[str, str]]:
    """Each command that the page has, by its words, with its usage as the page writes it."""
    spans = [span for cell in first_cells("Commands") for span in re.findall(r"`([^`]+)`", cell)]
    return [(words_of(usage), usage) for usage in (span.removeprefix("backoffice ") for span in spans)]


def words_of(usage: str) -> str:
    """``plan import`` of ``plan import FILE [--dry-run]``; the first words, where that is no command."""
    words = usage.split()
    lengths = (length for length in (2, 1) if " ".join(words[:length]) in COMMANDS)
    return " ".join(words[: next(lengths, 2)])


def options_of(command: click.Command) -> set[str]:
    return {
        name for one in command.params if isinstance(one, click.Option) for name in (*one.opts, *one.secondary_opts)
    }


def test_every_command_is_there_once():
    assert sorted(words for words, _ in documented()) == sorted(COMMANDS)


@pytest.mark.parametrize(("words", "usage"), documented(), ids=[words for words, _ in documented()])
def test_a_command_is_there_with_its_options(words: str, usage: str):
    assert set(re.findall(r"--[\w-]+", usage)) == options_of(COMMANDS[words])


def test_every_setting_is_there_once():
    cells = [cell.strip("`") for cell in first_cells("Settings")]
    assert sorted(cells) == sorted(Settings().table())
