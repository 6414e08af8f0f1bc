"""``backoffice demo``: invented data to try the desk with."""

import click

from backoffice.cli.desk import opened_desk
from backoffice.demo import load_demo


@click.group()
def demo() -> None:
    """Invented data, named so."""


@demo.command()
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same data.")
def load(seed: int) -> None:
    """Add invented customers, products, purchases and services, and tariffs and taxes where there are none."""
    with opened_desk() as desk:
        for line in load_demo(desk, seed=seed):
            click.echo(line)
