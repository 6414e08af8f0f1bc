"""How far long work is, on the terminal of whoever waits for it; nothing where nobody watches."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from backoffice.operations.progress_watch import Watch

Step = TypeVar("Step")


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar of so many steps on standard error; what it gives is told how many more are done."""
    nobody = length == 0 or not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=nobody, show_pos=True) as bar:
        yield bar.update


def watched(label: str) -> Watch:
    """Steps with a bar."""

    def over(steps: Sequence[Step], /) -> Iterable[Step]:
        with progress(label, len(steps)) as advance:
            for step in steps:
                yield step
                advance(1)

    return over
