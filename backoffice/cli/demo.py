"""``backoffice demo``: invented data to try the desk with, or to see how it does when it is large."""

import click

from backoffice.cli.command_desk import CommandRefused, opened_desk
from backoffice.cli.progress import progress, watched
from backoffice.demo import DemoFailed, load_demo
from backoffice.demo.bulk import MOST, at_scale, load_bulk
from backoffice.operations.desk import Desk


@click.group()
def demo() -> None:
    """Invented data, named so."""


@demo.command()
@click.option(
    "--scale",
    type=click.IntRange(1, MOST),
    help="Load so many times 1,000 customers, 10 products, 2,000 units and 20,000 services, written in bulk.",
)
@click.option("--seed", default=1, show_default=True, help="The same seed on the same day makes the same data.")
def load(scale: int | None, seed: int) -> None:
    """Add invented customers, products, purchases and services, and tariffs and taxes where there are none.

    Without --scale it is a small story of 60 customers, entered as staff would enter it. With --scale the rows are
    those that this would leave, but for two things: the audit trail names the ids of each batch instead of every
    change, and no events are told. Nobody else should work with the desk meanwhile. What an interrupted load has added
    is complete as far as it goes; a second load adds nothing to it.
    """
    with opened_desk() as desk:
        try:
            _load_story(desk, seed) if scale is None else _load_bulk(desk, seed, scale)
        except DemoFailed as failure:
            raise CommandRefused(f"the demo cannot be loaded: {failure}") from failure


def _load_story(desk: Desk, seed: int) -> None:
    for line in load_demo(desk, seed=seed, watch=watched("Entering")):
        click.echo(line)


def _load_bulk(desk: Desk, seed: int, scale: int) -> None:
    size = at_scale(scale)
    with progress("Loading services", size.records) as advance:
        told = load_bulk(desk, size, seed=seed, advance=advance)
    click.echo(told)
