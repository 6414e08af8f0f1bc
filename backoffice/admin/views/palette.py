"""Quick search over customers, assets and records, from every screen."""

from flask import request
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.screen import Screen
from backoffice.domain.record import record_id_of, record_number
from backoffice.pages.list_address import LONGEST_SEARCH
from backoffice.pages.rows import Row
from backoffice.query.reader import Reader
from backoffice.query.selection import listing, want

FOUND_OF_EACH = 6

CUSTOMER = want("id", "name", "city", "phones")
ASSET = want("id", "serial_number", product=want("name"), customer=want("name"))
RECORD = want("id", "number", "status", service_type=want("label"), customer=want("name"))


class PaletteScreen(Screen):
    """The list under the quick search: what was found, or where one can go."""

    title = "جست‌وجو"
    path = "palette"
    permissions = {"index": "customer.read"}
    in_menu = False

    @expose("/")
    def index(self) -> Response:
        text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
        return self.part("palette/results.html", text=text, found=self._found(text) if text else {})

    def _found(self, text: str) -> dict[str, list[Row]]:
        with self.reading() as reader:
            return {
                "customers": self._search(reader, "customer.read", "Customer", text),
                "assets": self._search(reader, "asset.read", "Asset", text),
                "records": self._record(reader, text),
            }

    def _search(self, reader: Reader, permission: str, entity: str, text: str) -> list[Row]:
        if not self.viewer.may(permission):
            return []
        chosen = CUSTOMER if entity == "Customer" else ASSET
        return reader.page(entity, {"search": text, "first": FOUND_OF_EACH}, listing(chosen))["nodes"]

    def _record(self, reader: Reader, text: str) -> list[Row]:
        """The record whose number was typed, with or without its letters."""
        key = record_id_of(text) or record_id_of(f"SR-{text}")
        if key is None or not self.viewer.may("record.read"):
            return []
        found = reader.one("ServiceRecord", {"number": record_number(key)}, RECORD)
        return [found] if found else []
