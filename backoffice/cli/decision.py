"""``backoffice decision replay``: decide again from what was stored, and compare."""

import click

from backoffice.cli.command_desk import CommandRefused, opened_desk
from backoffice.domain.coverage import RULES_VERSION
from backoffice.operations.proofs.replay import replay as replayed


@click.group()
def decision() -> None:
    """Coverage decisions."""


@decision.command()
@click.argument("decision_id", metavar="ID", type=int)
def replay(decision_id: int) -> None:
    """Decide ID again from its stored inputs; exit with 1 when the answer is no longer the same."""
    with opened_desk() as desk, desk.database.reading() as session:
        result = replayed(session, decision_id)
    if result is None:
        raise CommandRefused(f"there is no decision {decision_id}")
    click.echo(f"stored: {result.stored}")
    click.echo(f"again:  {result.again}")
    if not result.same:
        raise CommandRefused(
            f"the answers differ; the first is by the rules {result.engine}, the second by the rules {RULES_VERSION}"
        )
    click.echo("The same.")
