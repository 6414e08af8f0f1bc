"""The products that one product can be upgraded to, ticked among all the others."""

from typing import TypedDict

from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import ChangingScreen
from backoffice.admin.page_action import Does
from backoffice.domain.text import sort_key
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.result import Result
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import Choice
from backoffice.pages.rows import Named, key_of
from backoffice.query.typed_rows import selected

UPGRADES = CommandForm(SetProductUpgrades, ("target_ids", "version"))


class UpgradedProduct(TypedDict):
    """The product whose upgrades are ticked."""

    id: str
    name: str
    family: str | None
    version: int
    upgrades_to: list[Named]


class _Other(TypedDict):
    id: str
    sku: str
    name: str
    family: str | None


class UpgradingScreen(ChangingScreen[UpgradedProduct]):
    """The form of one product's upgrades."""

    title = "ارتقاها"
    path = "upgrading"
    address = "/admin/products/<int:key>/upgrades"
    does = {"index": Does(set_product_upgrades, "edit", place="upgrades")}
    entity = "Product"
    wanted = selected(UpgradedProduct)
    back = "products.show"
    template = "products/upgrades.html"

    def form_of(self, row: UpgradedProduct, sent: MultiDict[str, str] | None) -> Form:
        ticked = [str(key_of(target)) for target in row["upgrades_to"]]
        began = {"version": row["version"], "target_ids": ticked}
        return UPGRADES.made(sent, data=began, choices={"target_ids": self._others(row)})

    def change(self, row: UpgradedProduct, form: Form) -> Result:
        return set_product_upgrades(self.desk, self.viewer, UPGRADES.asked(form, id=key_of(row)))

    def done(self, key: int) -> str:
        return "ارتقاها ذخیره شد."

    def _others(self, row: UpgradedProduct) -> list[Choice]:
        """Every other product, those of its own family first."""
        with self.reading() as reader:
            found = list(reader.every("Product", selected(_Other)))
        others = sorted(
            (product for product in found if product["id"] != row["id"]),
            key=lambda product: (product["family"] != row["family"], sort_key(product["name"])),
        )
        return [(str(key_of(product)), f"{product['name']} ({product['sku']})") for product in others]
