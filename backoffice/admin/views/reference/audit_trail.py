"""The audit trail: who changed what and when, and each change before and after."""

from collections.abc import Mapping

from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.audit_comparison import compare
from backoffice.admin.audit_words import field_words, operation_words
from backoffice.admin.listing import ListingScreen
from backoffice.models import AuditEntry
from backoffice.pages.address_filters import AddressFilters
from backoffice.pages.language import language
from backoffice.pages.list_address import Asked, search_text
from backoffice.pages.rows import key_of
from backoffice.query.selection import want
from backoffice.wording import texts

PAGES: Mapping[str, str] = {
    "Asset": "assets.show",
    "Customer": "customers.show",
    "ServiceRecord": "records.show",
    "Staff": "staff.show",
    "SupportPlan": "plans.show",
    "TariffEdition": "tariffs.show",
}
"""The page of a subject."""

ENTRY = want(
    *("id", "at", "actor", "address", "request_id", "operation", "entity", "entity_id", "before", "after"), "reason"
)


class AuditScreen(ListingScreen):
    """The audit trail."""

    title = "گزارش تغییرات"
    path = "audit"
    icon = "history"
    group = "مدیریت"
    permissions = {"index_view": "audit.read", "show": "audit.read"}
    entity = "AuditEntry"
    listed = AuditEntry
    rows = want("id", "at", "actor", "operation", "entity", "entity_id", "reason")
    create_view = None  # only operations write the trail

    def asked(self) -> Asked:
        asked = AddressFilters()
        asked.search(search_text())
        asked.choice("operation", self._operations(), "کار")
        asked.choice("entity", _words("entity"), "موضوع")
        asked.one_of("staff_id", self._staff(), "کاربر", read=int)
        asked.days("at")
        return asked.asked()

    def beside_list(self) -> Mapping[str, object]:
        return {"operations": self._operations(), "entities": _words("entity"), "staff": self._staff()}

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            entry = self.found(reader, "AuditEntry", key, ENTRY)
        words = field_words(self.desk.operations, str(entry["operation"]))
        compared = compare(entry["before"], entry["after"], words)
        page, done = PAGES.get(str(entry["entity"])), self._operations()
        return self.page("audit/show.html", entry=entry, key=key, compared=compared, page=page, done=done)

    def _operations(self) -> Mapping[str, str]:
        """What can have been done, in the order of the words: what is declared, and what the trail knows beside it."""
        return _sorted({**_words("operation"), **operation_words(self.desk.operations)})

    def _staff(self) -> Mapping[str, str]:
        """Whoever can have done something, by their key."""
        with self.reading() as reader:
            return {str(key_of(row)): str(row["name"]) for row in reader.list("Staff", want("id", "name"))}


def _words(kind: str) -> Mapping[str, str]:
    """The values of a kind with their words, in the order of the words."""
    prefix = f"{kind}."
    return _sorted(
        {key.removeprefix(prefix): text for key, text in texts(language()).items() if key.startswith(prefix)}
    )


def _sorted(named: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(named.items(), key=lambda pair: pair[1]))
