"""Products: created, changed, with the versions that are released and withdrawn, and what they are upgraded to."""

from urllib.parse import quote

import pytest

from backoffice.models import Product, ProductUpgrade, ProductVersion
from tests.admin.conftest import Browser, hidden, text_of
from tests.admin.counting import selects
from tests.builders import Kit

CHANGED = {"name": "نام همکار", "family": "پرداز", "support_plan": "padra-standard", "version": "1"}


@pytest.fixture
def supervised(browser: Browser) -> Browser:
    browser.sign_in("supervisor")
    return browser


def versions(kit: Kit, product: int) -> list[ProductVersion]:
    return kit.rows(ProductVersion, product_id=product)


def targets(kit: Kit, product: int) -> list[int]:
    return [row.target_id for row in kit.rows(ProductUpgrade, product_id=product)]


def test_a_product_is_created_and_then_shown(supervised: Browser) -> None:
    form = {"sku": "PDR-X", "name": "پادرا ایکس", "support_plan": "padra-standard"}
    answer = supervised.post("/admin/products/new/", form)
    assert answer.status_code == 303
    assert "پادرا ایکس PDR-X" in text_of(supervised.get(answer.headers["Location"]))
    assert supervised.post("/admin/products/new/", form).status_code == 422


def test_the_list_finds_a_product_and_leads_to_its_page(supervised: Browser, kit: Kit) -> None:
    found, other = kit.product(name="اسکنر", family="پرداز"), kit.product(name="چاپگر")
    kit.version(found, label="5.2")
    page = supervised.get(f"/admin/products/?q={quote('پرداز')}")
    assert f'href="/admin/products/{found}/"' in page.text
    assert f'href="/admin/products/{other}/"' not in page.text
    assert "5.2" in text_of(page)


def test_the_page_shows_versions_upgrades_and_how_many_were_sold(supervised: Browser, kit: Kit) -> None:
    product, target = kit.product(name="اسکنر", family="پرداز"), kit.product(name="اسکنر ۲")
    kit.version(product, label="5.1", notes="چاپ تندتر")
    kit.version(target, label="9.0")
    kit.purchase(product_id=product)
    supervised.post(f"/admin/products/{product}/upgrades/", {"target_ids": [str(target)], "version": "1"})
    page = text_of(supervised.get(f"/admin/products/{product}/"))
    for told in ("خانوادهٔ پرداز", "۱ دستگاه فروخته شده", "5.1 تازه‌ترین ۱۴۰۴/۰۵/۱۵ چاپ تندتر", "اسکنر ۲"):
        assert told in page
    assert "تازه‌ترین نسخه 9.0" in page


def test_a_device_leads_to_its_product(supervised: Browser, kit: Kit) -> None:
    product = kit.product()
    page = supervised.get(f"/admin/assets/{kit.purchase(product_id=product)}/")
    assert f'href="/admin/products/{product}/"' in page.text


def test_who_may_only_read_is_shown_nothing_to_change(browser: Browser, kit: Kit) -> None:
    product = kit.product()
    kit.version(product)
    page = browser.get(f"/admin/products/{product}/")
    assert page.status_code == 200
    assert not {"/edit/", "/release/", "/upgrades/", "/withdraw/"} & set(page.text.split('"'))
    assert "پس گرفتن" not in text_of(page)


def test_a_product_is_changed(supervised: Browser, kit: Kit) -> None:
    key = kit.product(name="نام نخست", family="پرداز")
    address = f"/admin/products/{key}/edit/"
    page = supervised.get(address)
    assert 'value="پرداز"' in page.text
    form = {"name": "نام نو", "family": "", "support_plan": "padra-standard", "version": hidden(page, "version")}
    assert supervised.post(address, form).status_code == 303
    product = kit.row(Product, key)
    assert (product.name, product.family) == ("نام نو", None)


def test_whoever_was_slower_sees_both_versions_and_may_insist(everywhere: Browser) -> None:
    everywhere.sign_in("supervisor")
    kit = everywhere.kit
    key = kit.product(name="نام نخست")
    address = f"/admin/products/{key}/edit/"
    everywhere.post(address, CHANGED)
    page = everywhere.post(address, CHANGED | {"name": "نام من"})
    assert page.status_code == 409
    assert {"نام همکار", "نام من"} <= {part.strip() for part in page.text.replace("<", ">").split(">")}
    assert kit.row(Product, key).name == "نام همکار"
    again = {name: hidden(page, name) for name in ("name", "family", "support_plan", "version")}
    assert everywhere.post(address, again).status_code == 303
    assert kit.row(Product, key).name == "نام من"


def test_a_version_that_is_none_is_a_conflict_and_no_crash(supervised: Browser, kit: Kit) -> None:
    assert supervised.post(f"/admin/products/{kit.product()}/edit/", CHANGED | {"version": "x"}).status_code == 409


def test_a_version_is_released_on_a_jalali_day(everywhere: Browser) -> None:
    everywhere.sign_in("supervisor")
    product = everywhere.kit.product()
    address = f"/admin/products/{product}/release/"
    assert 'value="۱۴۰۵/۰۵/۱۰"' in everywhere.get(address).text
    form = {"label": "۵.۲", "released_on": "۱۴۰۵/۰۱/۱۵", "notes": "چاپ تندتر"}
    assert everywhere.post(address, form).status_code == 303
    (version,) = versions(everywhere.kit, product)
    assert (version.label, version.released_on.isoformat(), version.notes) == ("5.2", "2026-04-04", "چاپ تندتر")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "5.1"}, "label"),
        ({"released_on": "۱۴۰۴/۱۲/۳۰"}, "released_on"),
        ({"released_on": "۱۴۰۵/۰۵/۱۱"}, "released_on"),
    ],
)
def test_what_is_wrong_with_a_release_is_said_beside_its_field(
    supervised: Browser, kit: Kit, given: dict[str, str], field: str
) -> None:
    product = kit.product()
    kit.version(product, label="5.1")
    form = {"label": "5.2", "released_on": "۱۴۰۵/۰۱/۱۵"} | given
    page = supervised.post(f"/admin/products/{product}/release/", form)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert len(versions(kit, product)) == 1


def test_a_version_is_withdrawn_after_a_question_and_stays_on_the_page(supervised: Browser, kit: Kit) -> None:
    product = kit.product()
    kit.version(product, label="5.2")
    address = f"/admin/products/versions/{versions(kit, product)[0].id}/withdraw/"
    assert "پس گرفتن نسخهٔ «5.2»" in text_of(supervised.get(address))
    assert supervised.post(address, {"reason": ""}).status_code == 422
    assert versions(kit, product)[0].withdrawn_on is None
    assert supervised.post(address, {"reason": "روز اشتباه"}).status_code == 303
    page = text_of(supervised.get(f"/admin/products/{product}/"))
    assert "5.2 پس‌گرفته" in page
    assert "در ۱۰ مرداد ۱۴۰۵ پس گرفته شد: روز اشتباه" in page
    assert supervised.post(address, {"reason": "دوباره"}).status_code == 409


def test_upgrades_are_ticked_among_the_other_products(supervised: Browser, kit: Kit) -> None:
    product, first, second = (kit.product(name=name) for name in ("اسکنر", "آ", "ب"))
    address = f"/admin/products/{product}/upgrades/"
    page = supervised.get(address)
    assert f'name="target_ids" value="{product}"' not in page.text
    ticked = {"target_ids": [str(first), str(second)], "version": hidden(page, "version")}
    assert supervised.post(address, ticked).status_code == 303
    assert targets(kit, product) == [first, second]
    assert f'value="{first}" checked' in supervised.get(address).text
    assert supervised.post(address, {"version": "2"}).status_code == 303
    assert targets(kit, product) == []


def test_a_tick_that_no_product_has_is_refused(supervised: Browser, kit: Kit) -> None:
    product = kit.product()
    sent = {"target_ids": [str(product), "x"], "version": "1"}
    assert supervised.post(f"/admin/products/{product}/upgrades/", sent).status_code == 422


def test_whoever_was_slower_with_upgrades_sees_the_present_ones(supervised: Browser, kit: Kit) -> None:
    product, first, second = (kit.product(name=name) for name in ("اسکنر", "آ", "ب"))
    address = f"/admin/products/{product}/upgrades/"
    supervised.post(address, {"target_ids": [str(first)], "version": "1"})
    page = supervised.post(address, {"target_ids": [str(second)], "version": "1"})
    assert page.status_code == 409
    assert "اکنون به «آ» ارتقا می‌یابد" in text_of(page)
    assert hidden(page, "version") == "2"
    assert targets(kit, product) == [first]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/products/999999/",
        "/admin/products/999999/edit/",
        "/admin/products/999999/release/",
        "/admin/products/999999/upgrades/",
        "/admin/products/versions/999999/withdraw/",
    ],
)
def test_what_is_not_there_has_a_page_that_says_so(supervised: Browser, address: str) -> None:
    assert supervised.get(address).status_code == 404


def test_statements_do_not_grow_with_versions_and_upgrades(everywhere: Browser) -> None:
    everywhere.sign_in("supervisor")
    kit = everywhere.kit
    product = kit.product()
    addresses = (f"/admin/products/{product}/", f"/admin/products/{product}/upgrades/", "/admin/products/")

    def taken() -> list[int]:
        counts = []
        for address in addresses:
            with selects(kit) as seen:
                assert everywhere.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    few = taken()
    others = [kit.product() for _ in range(5)]
    for number, other in enumerate(others):
        kit.version(product, label=f"5.{number}")
        kit.version(other)
    everywhere.post(addresses[1], {"target_ids": [str(other) for other in others], "version": "1"})
    assert taken() == few
    assert max(few) <= 3
