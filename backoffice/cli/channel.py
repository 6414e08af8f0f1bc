"""``backoffice channel``: the ways by which requests arrive."""

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Teller
from backoffice.cli.selecting import want
from backoffice.operations.desk import Desk
from backoffice.operations.reference.save_channel import (
    LAST_POSITION,
    AddChannel,
    ChangeChannel,
    add_channel,
    change_channel,
)
from backoffice.operations.result import UNSET

CHANNEL = want("code", "labels", "active", "position")
COLUMNS: Columns = {
    "CODE": "code",
    "POSITION": "position",
    "ACTIVE": "active",
    "ENGLISH": "labels.en",
    "PERSIAN": "labels.fa",
}


@click.group()
def channel() -> None:
    """Channels, by which requests arrive; they never decide a price."""


@channel.command("list")
@TOLD
def list_channels(told: Teller) -> None:
    """Every channel, in the order in which forms offer them."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("Channel", CHANNEL), COLUMNS)


@channel.command()
@click.argument("code")
@click.option("--fa", required=True, help="Its name in Persian.")
@click.option("--en", required=True, help="Its name in English.")
def add(code: str, fa: str, en: str) -> None:
    """Add the channel CODE (lower-case Latin letters, digits, underscores); it comes last."""
    with opened_desk() as desk:
        result = add_channel(desk, system_viewer(), AddChannel(code=code, label_fa=fa, label_en=en))
    refuse_problems(result.problems)
    click.echo(f"Added the channel {code}.")


@channel.command()
@click.argument("code")
@click.option("--fa", help="Its name in Persian from now on.")
@click.option("--en", help="Its name in English from now on.")
@click.option("--position", type=click.IntRange(0, LAST_POSITION), help="Its place in lists; lower comes first.")
@click.option("--on/--off", "active", default=None, help="Whether new services can arrive by it; old ones stay.")
def change(code: str, fa: str | None, en: str | None, position: int | None, active: bool | None) -> None:  # noqa: FBT001  # click's flag
    """Change the channel CODE; what is not given stays as it is."""
    if fa is None and en is None and position is None and active is None:
        raise click.UsageError("Nothing to change: give --fa, --en, --position, --on or --off.")
    command = ChangeChannel(
        code=code,
        label_fa=UNSET if fa is None else fa,
        label_en=UNSET if en is None else en,
        active=UNSET if active is None else active,
        position=UNSET if position is None else position,
    )
    with opened_desk() as desk:
        _refuse_unknown(desk, code)
        result = change_channel(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Changed the channel {code}.")


def _refuse_unknown(desk: Desk, code: str) -> None:
    with reading(desk) as reader:
        codes = [str(row["code"]) for row in reader.list("Channel", CHANNEL)]
    if code not in codes:
        raise unknown("channel", code, codes)
