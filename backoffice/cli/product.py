"""``backoffice product``: what is sold, and what it can be upgraded to."""

from typing import Any, cast

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Teller
from backoffice.cli.selecting import want
from backoffice.operations.desk import Desk
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.result import UNSET
from backoffice.query.global_id import key_of
from backoffice.query.reader import Answer, Answers

PRODUCT = want(
    *("id", "sku", "name", "family", "version"),
    supportPlan=want("code"),
    versions=want("id", "label", "releasedOn", "notes", "withdrawnOn", "withdrawalReason"),
    latestVersion=want("label"),
    upgradesTo=want("sku"),
)
COLUMNS: Columns = {
    "SKU": "sku",
    "LATEST": "latestVersion.label",
    "PLAN": "supportPlan.code",
    "UPGRADES TO": lambda row: [target["sku"] for target in cast(Answers, row["upgradesTo"])],
    "FAMILY": "family",
    "NAME": "name",
}


@click.group()
def product() -> None:
    """The device and software models that are sold, with their released versions."""


@product.command("list")
@TOLD
def list_products(told: Teller) -> None:
    """Every product, with its latest version and what it can be upgraded to."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(list(reader.every("Product", PRODUCT)), COLUMNS)


@product.command()
@click.argument("sku")
@click.option("--name", required=True, help="What people call it.")
@click.option("--plan", required=True, help="Code of the published plan it is sold with.")
@click.option("--family", help="The family of models it belongs to.")
def add(sku: str, name: str, plan: str, family: str | None) -> None:
    """Add the product SKU."""
    with opened_desk() as desk:
        command = CreateProduct(sku=sku, name=name, support_plan=plan, family=family)
        result = create_product(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Added the product {sku}.")


@product.command()
@click.argument("sku")
@click.option("--name", help="What people call it from now on.")
@click.option("--plan", help="Code of the published plan of sales and renewals to come.")
@click.option("--family", help='The family of models it belongs to; "" for none.')
def change(sku: str, name: str | None, plan: str | None, family: str | None) -> None:
    """Change the product SKU; what is not given stays as it is, and its SKU never changes."""
    given = {"name": name, "support_plan": plan, "family": family}
    if all(value is None for value in given.values()):
        raise click.UsageError("Nothing to change: give --name, --plan or --family.")
    with opened_desk() as desk:
        product = found(desk, sku)
        asked: dict[str, Any] = {field: UNSET if value is None else value for field, value in given.items()}
        command = UpdateProduct(id=key(product), version=cast(int, product["version"]), **asked)
        result = update_product(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Changed the product {sku}.")


@product.command()
@click.argument("sku")
@click.argument("targets", nargs=-1, metavar="[SKU]...")
@click.option("--none", "to_nothing", is_flag=True, help="It can be upgraded to nothing any more.")
def upgrades(sku: str, targets: tuple[str, ...], to_nothing: bool) -> None:  # noqa: FBT001  # click's flag
    """Say what the product SKU can be upgraded to.

    The products that follow are the whole set, in place of the one before.
    """
    if bool(targets) == to_nothing:
        raise click.UsageError("Give the products it can be upgraded to, or --none.")
    with opened_desk() as desk:
        product = found(desk, sku)
        target_ids = tuple(key(found(desk, target)) for target in targets)
        command = SetProductUpgrades(id=key(product), version=cast(int, product["version"]), target_ids=target_ids)
        result = set_product_upgrades(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"{sku} can be upgraded to {', '.join(targets) or 'nothing'}.")


def found(desk: Desk, sku: str) -> Answer:
    """The product of this SKU. Raises ``Refused`` when there is none."""
    with reading(desk) as reader:
        product = reader.one("Product", {"sku": sku}, PRODUCT)
        if product is None:
            raise unknown("product", sku, [str(row["sku"]) for row in reader.every("Product", want("sku"))])
    return product


def key(product: Answer) -> int:
    """The number of the product, which operations go by."""
    return cast(int, key_of("Product", product["id"]))
