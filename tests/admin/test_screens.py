"""Every screen, as a reader gets it: in Persian, in our own templates, with nothing that the policy forbids."""

import re
from collections import Counter

import pytest
from flask import template_rendered
from jinja2 import Template

from backoffice.models import ProductVersion
from tests.admin.conftest import Browser, override_waiting, text_of
from tests.builders import Kit
from tests.screens import SCREENS as SCREEN_CLASSES

SCREENS = (
    "/admin/",
    "/admin/customers/",
    "/admin/customers/?q=نمونه",
    "/admin/customers/new/",
    "/admin/customers/{customer}/",
    "/admin/customers/{customer}/edit/",
    "/admin/customers/{customer}/sites/new/",
    "/admin/customers/sites/{site}/edit/",
    "/admin/assets/",
    "/admin/assets/?support=in",
    "/admin/assets/{asset}/",
    "/admin/assets/new/?customer={customer}",
    "/admin/assets/{asset}/renew/",
    "/admin/records/",
    "/admin/records/?status=open&type=installation&mode=remote&channel=phone&outcome=allowance",
    "/admin/records/{requested}/",
    "/admin/records/{done}/",
    "/admin/records/new/",
    "/admin/records/new/?q=نمونه",
    "/admin/records/new/?customer={customer}&asset={asset}&service=installation",
    "/admin/records/{requested}/complete/",
    "/admin/records/{requested}/cancel/",
    "/admin/records/{requested}/schedule/",
    "/admin/records/{requested}/start/",
    "/admin/records/{requested}/override/",
    "/admin/records/{waiting}/",
    "/admin/records/{waiting}/override/approve/",
    "/admin/records/{waiting}/override/decline/",
    "/admin/records/{done}/close/",
    "/admin/records/{done}/reopen/",
    "/admin/assets/{asset}/transfer/",
    "/admin/assets/{asset}/transfer/?q=نمونه",
    "/admin/assets/{asset}/transfer/?to={other}",
    "/admin/assets/{asset}/opening/",
    "/admin/records/{done}/void/",
    "/admin/products/",
    "/admin/products/new/",
    "/admin/products/{product}/",
    "/admin/products/{product}/edit/",
    "/admin/products/{product}/release/",
    "/admin/products/{product}/upgrades/",
    "/admin/products/versions/{version}/withdraw/",
    "/admin/plugins/",
    "/admin/palette/",
    "/admin/palette/?q=نمونه",
)
FORBIDDEN = re.compile(
    r"""\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)|(?:src|href|action)="(?:https?:)?//"""
)
PERSIAN = re.compile("[\u0600-\u06ff]")


@pytest.fixture
def places(kit: Kit) -> dict[str, int]:
    """The keys of one object of each kind."""
    customer = kit.customer()
    site = kit.site(customer, 12_000)
    product = kit.version(kit.product())
    asset = kit.purchase(customer_id=customer, product_id=product)
    kit.purchase()
    return {
        "customer": customer,
        "site": site,
        "asset": asset,
        "requested": kit.recorded(asset, request={"note": "نصب دوباره"}),
        "done": kit.done(asset, minutes=25),
        "waiting": override_waiting(kit, asset),
        "other": kit.customer(),
        "product": product,
        "version": kit.rows(ProductVersion, product_id=product)[0].id,
    }


@pytest.fixture
def supervised(browser: Browser) -> Browser:
    """Someone who may open every screen."""
    browser.sign_in("admin")
    return browser


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_answers_in_persian(supervised: Browser, places: dict[str, int], address: str) -> None:
    page = supervised.get(address.format(**places))
    assert page.status_code == 200
    assert PERSIAN.search(text_of(page))


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_has_nothing_that_the_security_policy_forbids(
    supervised: Browser, places: dict[str, int], address: str
) -> None:
    assert FORBIDDEN.findall(supervised.get(address.format(**places)).text) == []


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_is_written_in_our_own_templates(supervised: Browser, places: dict[str, int], address: str) -> None:
    rendered: list[Template] = []

    def note(sender: object, template: Template, **more: object) -> None:
        rendered.append(template)

    with template_rendered.connected_to(note, supervised.client.application):
        supervised.get(address.format(**places))
    assert rendered
    assert all("flask_admin" not in str(template.filename) for template in rendered)


def test_pages_are_right_to_left_persian_documents(supervised: Browser) -> None:
    assert '<html lang="fa" dir="rtl">' in supervised.get("/admin/").text


def test_screens_are_kept_by_no_cache(supervised: Browser) -> None:
    assert supervised.get("/admin/customers/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["admin/js/form.js", "vendor/jquery.min.js", "bootstrap/bootstrap4/js/bootstrap.min.js"]
)
def test_the_packaged_files_of_flask_admin_are_not_served(browser: Browser, name: str) -> None:
    assert browser.get(f"/admin/static/{name}").status_code == 404


@pytest.mark.parametrize(
    "address", ["delete/", "action/", "export/csv/", "ajax/lookup/", "ajax/update/", "edit/", "details/"]
)
@pytest.mark.parametrize("screen", ["customers", "assets", "records", "products"])
def test_what_flask_admin_would_change_or_export_by_itself_has_no_address(
    supervised: Browser, screen: str, address: str
) -> None:
    assert supervised.post(f"/admin/{screen}/{address}").status_code == 404


@pytest.mark.parametrize("name", ["css/tokens.css", "js/main.js", "vendor/htmx.min.js", "vendor/icons.svg"])
def test_our_own_files_are_served_to_whoever_is_not_signed_in(browser: Browser, name: str) -> None:
    address = re.search(r"/admin/static/\w+/", browser.get("/admin/").text)
    assert address is not None
    browser.signed_in = None
    served = browser.get(address[0] + name)
    assert served.status_code == 200
    assert served.cache_control.max_age == 31_536_000


def test_a_file_of_an_older_version_is_not_kept(browser: Browser) -> None:
    assert browser.get("/admin/static/older/css/tokens.css").cache_control.max_age == 0


def test_no_file_outside_the_folder_is_served(browser: Browser) -> None:
    assert browser.get("/admin/static/any/../../screen.py").status_code == 404


def test_no_screen_is_marked_at_two_places_of_the_menu():
    shown = Counter(name for screen in SCREEN_CLASSES if screen.in_menu for name in (screen.path, *screen.covers))
    assert [name for name, places in shown.items() if places > 1] == []
