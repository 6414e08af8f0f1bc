"""Every address beside the API: where it is, what is sent to it, and which permission is declared for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from backoffice.admin.screen import Screen
from tests.authorization.stage import EXAMPLES, MAPPED, Objects, Stage, edition_file
from tests.forms import Forms
from tests.screens import SCREENS

OPEN: Mapping[str, str] = {
    "security.login": "the way in",
    "security.logout": "the way out, with the session's CSRF token",
    "pages.file": "styles, scripts and icons",
    "graphql.static": "the files of GraphiQL",
    "graphql.graphql": "the API, above",
    "health.healthz": "says that the process lives",
    "health.readyz": "says whether it can work",
    "root": "the way to the admin",
}
"""The endpoints that are no screens, and why they need no permission. Any other must be a screen that declares one."""

OBJECT_OF: Mapping[str, str] = {
    **dict.fromkeys(("completing", "cancelling", "scheduling", "starting", "overriding"), "ServiceRecord"),
    **dict.fromkeys(("closing", "reopening", "voiding"), "ServiceRecord:done"),
    **dict.fromkeys(("approving", "declining"), "ServiceRecord:waiting"),
    **dict.fromkeys(("opening", "transferring"), "Asset"),
    "plans.publish": "SupportPlan:draft",
    "tariffs.approve": "TariffEdition:draft",
    "staff.reactivate": "StaffAccount:left",
}
"""What ``key`` names in the addresses of an endpoint or a screen, where it is not just the screen's ``entity``."""

PARAMETERS: Mapping[str, str] = {
    "assets.create_view": "?customer={Customer}",
    "recording.index": "?customer={Customer}",
    "recording.answer": "?customer={Customer}",
    "transferring.index": "?to={NextOwner}",
    "palette.index": "?q={number}",
    "charges.confirm": "?charge={Charge}",
    "suggestions.accept": "?suggestion={RatingSuggestion}",
    "suggestions.dismiss": "?suggestion={RatingSuggestion}",
    "channels.change": "?code=phone",
    "tariff_mapping.change": f"?service={MAPPED}",
    "tariff_mapping.remove": f"?service={MAPPED}",
}
"""What follows the address of an endpoint that takes more than a key."""

FILES: Mapping[str, tuple[str, bytes]] = {
    "plan_import.index": ("plan.toml", (EXAMPLES / "plan.toml").read_bytes()),
    "tariff_import.index": ("edition.csv", edition_file(1407)),
    "plan_addendum.index": ("addendum.toml", (EXAMPLES / "addendum.toml").read_bytes()),
    "tax_import.index": ("taxes.csv", b"starts_on,last_day,percent\n1410/01/01,,11\n"),
}
"""What is sent to an endpoint that takes a file, by its name."""

VALUES: Mapping[str, str] = {
    "name": "نام",
    "title": "عنوان",
    "code": "new_code",
    "label_fa": "نام",
    "label_en": "Name",
    "username": "newcomer",
    "reason": "برای آزمون",
    "sku": "NEW-SKU",
    "serial_number": "SN-NEW",
    "purchased_on": "۱۴۰۵/۰۴/۰۱",
    "starts_on": "۱۴۰۹/۰۱/۰۱",
    "released_on": "۱۴۰۵/۰۴/۰۱",
    "label": "9.9",
    "scheduled_on": "۱۴۰۵/۰۶/۰۱",
    "scheduled_clock": "۰۹:۳۰",
    "service": "troubleshooting",
    "mode": "remote",
    "outcome": "free",
}
"""What is written into an empty field of a form, by its name."""

VALUES_OF: Mapping[str, Mapping[str, str]] = {
    "assets.create_view": {"product_id": "1"},
    "tokens.new": {"username": "clerk"},
}
"""The same for one endpoint."""

FORM_OF = {"recording.answer": "recording.index", "completing.answer": "completing.index"}
"""The endpoint whose page has the form of one that takes forms only."""

Form = Mapping[str, str]


@dataclass(frozen=True)
class Address:
    """One address and method. ``permission`` is None where nothing declares one."""

    rule: str
    endpoint: str
    method: str
    permission: str | None

    @property
    def screen(self) -> str:
        """The name of the screen."""
        return self.endpoint.partition(".")[0]

    def about(self, objects: Objects) -> str:
        """The address about these objects."""
        address = self.rule
        if "<int:key>" in address:
            address = address.replace("<int:key>", str(objects.key(_kind(self))))
        return address + PARAMETERS.get(self.endpoint, "").format(**objects.keys, **objects.known_as)


def screens() -> Mapping[str, Screen]:
    """Every screen by the name of its endpoints; the first one is Flask-Admin's index."""
    return {("admin" if place == 0 else screen.path): screen for place, screen in enumerate(SCREENS)}


def addresses(app: Flask) -> Iterator[Address]:
    """Every address of the admin's screens, by address and method."""
    rules: Iterator[Rule] = app.url_map.iter_rules()
    for rule in sorted(rules, key=lambda one: one.rule):
        if rule.endpoint in OPEN:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(rule.rule, rule.endpoint, method, _permission(rule.endpoint))


def _permission(endpoint: str) -> str | None:
    name, _, method = endpoint.partition(".")
    screen = screens().get(name)
    return None if screen is None else screen.permission_of(method)


def _kind(address: Address) -> str:
    screen = screens()[address.screen]
    kind = OBJECT_OF.get(address.endpoint) or OBJECT_OF.get(address.screen) or getattr(screen, "entity", None)
    if kind is None:
        raise KeyError(f"{address.endpoint}: OBJECT_OF of tests/authorization/screens.py does not know what its key is")
    return str(kind)


def filled_form(stage: Stage, address: Address, objects: Objects) -> Form:
    """What an administrator would send to an address, with every empty field filled in by ``VALUES``.

    Where the page asks again (to look at an answer, a preview, a summary), what is sent then.
    """
    admin = stage.callers["admin"]
    values = {**VALUES, **VALUES_OF.get(address.endpoint, {})}
    form = _form_of(admin.get(_page_of(address).about(objects)), values) or {}
    files = {"file": (BytesIO(FILES[address.endpoint][1]), FILES[address.endpoint][0])} if _takes_file(address) else {}
    for _ in range(MOST_QUESTIONS):
        if address.endpoint in FORM_OF:
            break
        answer = admin.post(address.about(objects), {**form, **files})
        stage.put_back()
        again = _form_of(answer, values)
        if again is None:
            break
        form, files = again, {}
    return form


MOST_QUESTIONS = 3


def _takes_file(address: Address) -> bool:
    return address.endpoint in FILES


def _page_of(address: Address) -> Address:
    """Where the form of an address is shown."""
    endpoint = FORM_OF.get(address.endpoint, address.endpoint)
    rule = address.rule.removesuffix("answer/") if endpoint != address.endpoint else address.rule
    return Address(rule, endpoint, "GET", None)


def _form_of(page: TestResponse, values: Form) -> Form | None:
    """The first form of a page that asks something; None for a page that does not, or another answer."""
    if page.status_code != 200:
        return None
    forms = Forms()
    forms.feed(page.text)
    found = next((form for form in forms.found if set(form) - {"csrf_token"}), None)
    if found is None:
        return None
    return {name: value or values.get(name, "") for name, value in found.items() if name != "csrf_token"}
