"""``backoffice product``: products with their versions and upgrades, from the keyboard."""

import json

import pytest
from click.testing import Result
from sqlalchemy import select

from backoffice.models import Product, ProductVersion
from tests.cli.conftest import Rows, Run, refused


@pytest.fixture
def product(backoffice: Run) -> Run:
    """Runs ``backoffice product`` on a desk that has PD-100 and PD-200."""

    def run(*arguments: str) -> Result:
        return backoffice("product", *arguments)

    for sku, name in (("PD-100", "اسکنر"), ("PD-200", "اسکنر ۲")):
        added = run("add", sku, "--name", name, "--plan", "padra-standard", "--family", "پرداز")
        assert (added.exit_code, added.output) == (0, f"Added the product {sku}.\n")
    return run


def wrong(answer: Result) -> str:
    """What is said of a command that makes no sense; it exits with 2."""
    assert answer.exit_code == 2, answer.output
    return answer.stderr


def test_a_product_is_changed_in_what_is_given(product: Run, rows: Rows):
    assert product("change", "PD-100", "--name", "اسکنر نو").exit_code == 0
    assert product("change", "PD-200", "--family", "").exit_code == 0
    changed = rows(select(Product).order_by(Product.sku))
    assert [(one.name, one.family) for one in changed] == [("اسکنر نو", "پرداز"), ("اسکنر ۲", None)]


def test_every_product_is_listed_with_its_latest_version_and_upgrades(product: Run):
    product("release", "PD-100", "5.1", "--on", "1404/11/01")
    product("release", "PD-100", "5.2", "--on", "2026-04-04", "--notes", "چاپ تندتر")
    product("upgrades", "PD-100", "PD-200")
    _, first, second = product("list").output.splitlines()
    assert first.split() == ["PD-100", "5.2", "padra-standard", "PD-200", "پرداز", "اسکنر"]
    assert second.split() == ["PD-200", "-", "padra-standard", "-", "پرداز", "اسکنر", "۲"]


def test_products_are_listed_for_programs_by_the_names_of_the_api(product: Run):
    product("release", "PD-100", "5.2", "--on", "2026-04-04")
    first, second = json.loads(product("list", "--json").output)
    assert (first["sku"], first["latestVersion"], second["latestVersion"]) == ("PD-100", {"label": "5.2"}, None)
    assert first["versions"][0]["releasedOn"] == "2026-04-04"


def test_the_versions_of_a_product_come_newest_first(product: Run):
    product("release", "PD-100", "5.1", "--on", "1404/11/01")
    product("release", "PD-100", "5.2", "--on", "1405/01/15", "--notes", "چاپ تندتر")
    product("withdraw", "PD-100", "5.1", "--reason", "ایراد")
    _, newest, oldest = product("versions", "PD-100").output.splitlines()
    assert newest.split() == ["5.2", "2026-04-04", "(1405/01/15)", "-", "-", "چاپ", "تندتر"]
    assert oldest.split()[:3] == ["5.1", "2026-01-21", "(1404/11/01)"]
    assert oldest.split()[-2:] == ["ایراد", "-"]


def test_a_withdrawn_label_is_released_anew_and_the_standing_one_is_withdrawn(product: Run, rows: Rows):
    for day in ("1405/01/15", "1405/01/16"):
        assert product("release", "PD-100", "v5.2", "--on", day).exit_code == 0
        assert product("withdraw", "PD-100", "V۵.۲", "--reason", f"روز {day}").exit_code == 0
    wanted = select(ProductVersion.withdrawal_reason).order_by(ProductVersion.id)
    assert rows(wanted) == ["روز 1405/01/15", "روز 1405/01/16"]
    assert "was withdrawn before" in refused(product("withdraw", "PD-100", "v5.2", "--reason", "باز"))


def test_upgrades_are_a_whole_set(product: Run):
    assert product("upgrades", "PD-100", "PD-200").output == "PD-100 can be upgraded to PD-200.\n"
    assert product("upgrades", "PD-100", "--none").output == "PD-100 can be upgraded to nothing.\n"
    assert "PD-200" not in product("list").output.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "PD-100", "--name", "x", "--plan", "padra-standard"], "PD-100"),
        (["add", "PD-300", "--name", "x", "--plan", "gold"], "“gold” has no published version"),
        (["versions", "PD-9"], "there is no product PD-9; there are PD-100, PD-200"),
        (["change", "PD-9", "--name", "x"], "there is no product PD-9"),
        (["change", "PD-100", "--name", " "], "name: This value is required"),
        (["release", "PD-100", "5.0", "--on", "1404/01/15"], "a version “5.0” already"),
        (["release", "PD-100", "6.0", "--on", "1440/01/01"], "released_on: Cannot be in the future"),
        (["withdraw", "PD-100", "9.9", "--reason", "x"], "there is no version 9.9; there are 5.0"),
        (["withdraw", "PD-100", "5.0", "--reason", " "], "reason: This value is required"),
        (["upgrades", "PD-100", "PD-9"], "there is no product PD-9"),
        (["upgrades", "PD-100", "PD-100"], "not upgraded to itself"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(product: Run, rows: Rows, arguments: list[str], told: str):
    product("release", "PD-100", "5.0", "--on", "1404/01/01")
    assert told in refused(product(*arguments))
    assert rows(select(Product.version)) == [1, 1]
    assert [(one.label, one.withdrawn_on) for one in rows(select(ProductVersion))] == [("5.0", None)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "PD-300", "--name", "x"], "--plan"),
        (["change", "PD-100"], "Nothing to change"),
        (["release", "PD-100", "5.2", "--on", "1404/12/30"], "is no day"),
        (["release", "PD-100", "5.2"], "--on"),
        (["withdraw", "PD-100", "5.2"], "--reason"),
        (["upgrades", "PD-100"], "or --none"),
        (["upgrades", "PD-100", "PD-200", "--none"], "or --none"),
    ],
)
def test_a_command_that_makes_no_sense_says_what_is_missing(product: Run, arguments: list[str], told: str):
    assert told in wrong(product(*arguments))
