"""The products that one product can be upgraded to, ticked among all the others."""

from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import ChangingScreen
from backoffice.admin.page_action import Does
from backoffice.domain.text import sort_key
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.result import Result
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import Choice
from backoffice.pages.rows import Row, key_of, rows_of
from backoffice.query.selection import want

PRODUCT_UPGRADES = want("id", "name", "family", "version", upgrades_to=want("id", "name"))
UPGRADES = CommandForm(SetProductUpgrades, ("target_ids", "version"))


class UpgradingScreen(ChangingScreen):
    """The form of one product's upgrades."""

    title = "ارتقاها"
    path = "upgrading"
    address = "/admin/products/<int:key>/upgrades"
    does = {"index": Does(set_product_upgrades, "edit", place="upgrades")}
    entity = "Product"
    wanted = PRODUCT_UPGRADES
    back = "products.show"
    template = "products/upgrades.html"

    def form_of(self, row: Row, sent: MultiDict[str, str] | None) -> Form:
        ticked = [str(key_of(target)) for target in rows_of(row, "upgrades_to")]
        began = {"version": row["version"], "target_ids": ticked}
        return UPGRADES.made(sent, data=began, choices={"target_ids": self._others(row)})

    def change(self, row: Row, form: Form) -> Result:
        return set_product_upgrades(self.desk, self.viewer, UPGRADES.asked(form, id=key_of(row)))

    def done(self, key: int) -> str:
        return "ارتقاها ذخیره شد."

    def _others(self, row: Row) -> list[Choice]:
        """Every other product, those of its own family first."""
        with self.reading() as reader:
            found = list(reader.every("Product", want("id", "sku", "name", "family")))
        others = sorted(
            (product for product in found if product["id"] != row["id"]),
            key=lambda product: (product["family"] != row["family"], sort_key(str(product["name"]))),
        )
        return [(str(key_of(product)), f"{product['name']} ({product['sku']})") for product in others]
