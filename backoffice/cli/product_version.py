"""``backoffice product versions``, ``release`` and ``withdraw``: the released versions of what is sold."""

from datetime import date
from typing import cast

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, refuse_problems, unknown
from backoffice.cli.days import DAY
from backoffice.cli.output import TOLD, Columns, Teller
from backoffice.cli.product import found, key
from backoffice.cli.product import product as products
from backoffice.domain.text import fold
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.query.global_id import key_of
from backoffice.query.reader import Answer, Answers
from backoffice.wording import day

COLUMNS: Columns = {
    "VERSION": "label",
    "RELEASED": "releasedOn",
    "WITHDRAWN": "withdrawnOn",
    "REASON": "withdrawalReason",
    "NOTES": "notes",
}


@products.command()
@click.argument("sku")
@TOLD
def versions(sku: str, told: Teller) -> None:
    """The released versions of the product SKU, newest first."""
    with opened_desk() as desk:
        told.rows(_versions(found(desk, sku)), COLUMNS)


@products.command()
@click.argument("sku")
@click.argument("label")
@click.option("--on", "released_on", required=True, type=DAY, help="The day of the release; not in the future.")
@click.option("--notes", help="What is new in it.")
def release(sku: str, label: str, released_on: date, notes: str | None) -> None:
    """Enter the released version LABEL of the product SKU."""
    with opened_desk() as desk:
        command = ReleaseProductVersion(
            product_id=key(found(desk, sku)), label=label, released_on=released_on, notes=notes
        )
        result = release_product_version(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Released {sku} {label} on {day(released_on, 'en')}.")


@products.command()
@click.argument("sku")
@click.argument("label")
@click.option("--reason", required=True, help="Why; kept with the version.")
def withdraw(sku: str, label: str, reason: str) -> None:
    """Withdraw the version LABEL of the product SKU.

    It stays on record with its reason, and its label can be released anew.
    """
    with opened_desk() as desk:
        command = WithdrawProductVersion(product_version_id=_labelled(found(desk, sku), label), reason=reason)
        result = withdraw_product_version(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Withdrew {sku} {label}.")


def _versions(product: Answer) -> Answers:
    return cast(Answers, product["versions"])


def _labelled(product: Answer, label: str) -> int:
    """The number of the standing version of this label, else of a withdrawn one, which the operation refuses."""
    wanted = fold(label).strip()
    same = [version for version in _versions(product) if fold(str(version["label"])).strip() == wanted]
    if not same:
        raise unknown("version", label, [str(version["label"]) for version in _versions(product)])
    chosen = next((version for version in same if version["withdrawnOn"] is None), same[0])
    return cast(int, key_of("ProductVersion", chosen["id"]))
