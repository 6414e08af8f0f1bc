"""Load the demo: plan it from a seed and a day, then play it step by step in the order of time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from backoffice.demo.chance import Chance
from backoffice.demo.operation_player import OperationPlayer
from backoffice.demo.purchases import models
from backoffice.demo.reference_data import furnish, is_furnished, load_tariffs, release_versions
from backoffice.demo.script import script
from backoffice.operations.desk import Desk
from backoffice.operations.progress_watch import Watch, unwatched

BEFORE = timedelta(days=7)
"""How long before its first customer the demo's desk is furnished."""

HERE_ALREADY = "The demo data are here already; nothing was added."


def load_demo(desk: Desk, *, seed: int = 1, watch: Watch = unwatched) -> Iterator[str]:
    """Enter the small story through the operations, and tell what.

    The same seed on the same day enters the same, but for passwords. The desk needs its reference data. Tariffs and
    taxes are added only where there are none, and nothing at all where the demo was loaded before. Raises
    ``DemoFailed`` when the desk refuses a step.
    """
    if is_furnished(desk):
        yield HERE_ALREADY
        return
    if load_tariffs(desk):
        yield "Demo tariffs: invented rates, and dated VAT."
    else:
        yield "The tariffs and taxes that are here stay as they are."
    yield "Entering invented customers, purchases and services, which takes some seconds ..."
    steps = script(Chance(seed, desk.clock()), kinds=frozenset(desk.registry.service_types))
    furnish(replace(desk, clock=lambda: steps[0].at - BEFORE), models())
    release_versions(desk, models())
    player = OperationPlayer(desk)
    for step in watch(steps):
        step.play(player)
    yield f"Demo data: {player.tally}."
