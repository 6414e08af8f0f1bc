"""An asset's next owner."""

from datetime import date

import pytest

from backoffice.models import Asset, AssetTransfer
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit

REASON = {"transferred_on": "۱۴۰۵/۰۵/۰۱", "reason": "فروش دستگاه", "version": "1"}


@pytest.fixture
def places(kit: Kit) -> tuple[int, int]:
    """An asset, and a customer who is to own it."""
    return kit.purchase(customer_id=kit.customer(name="مالک نخست")), kit.customer(name="مالک دوم")


def test_the_next_owner_is_found_by_a_search_and_chosen_by_a_link(browser: Browser, places: tuple[int, int]) -> None:
    asset, owner = places
    found = browser.get(f"/admin/assets/{asset}/transfer/?q=مالك")
    assert f'href="/admin/assets/{asset}/transfer/?to={owner}"' in found.text
    assert found.text.count("?to=") == 1
    assert "مالک دوم" in text_of(browser.get(f"/admin/assets/{asset}/transfer/?to={owner}"))


def test_nothing_is_transferred_before_it_was_confirmed(browser: Browser, kit: Kit, places: tuple[int, int]) -> None:
    asset, owner = places
    page = browser.post(f"/admin/assets/{asset}/transfer/?to={owner}", REASON)
    assert page.status_code == 200
    assert "۱ مرداد ۱۴۰۵" in text_of(page)
    assert "سوابق خدمت نزد مالک پیشین می‌ماند" in text_of(page)
    assert kit.row(Asset, asset).customer_id != owner


def test_a_confirmed_transfer_is_made_and_told_on_the_assets_page(everywhere: Browser) -> None:
    kit = everywhere.kit
    asset, owner = kit.purchase(customer_id=kit.customer(name="مالک نخست")), kit.customer(name="مالک دوم")
    page = everywhere.post(f"/admin/assets/{asset}/transfer/?to={owner}", REASON)
    form = {name: hidden(page, name) for name in ("version", "transferred_on", "reason", "step")}
    assert everywhere.post(f"/admin/assets/{asset}/transfer/?to={owner}", form).status_code == 303
    (transfer,) = kit.rows(AssetTransfer)
    assert (transfer.to_customer_id, transfer.transferred_on) == (owner, date(2026, 7, 23))
    story = text_of(everywhere.get(f"/admin/assets/{asset}/")).split("مالکان ۲", 1)[1]
    assert story.index("مالک دوم") < story.index("فروش دستگاه") < story.index("مالک نخست")


def test_it_can_be_corrected_instead_of_confirmed(browser: Browser, kit: Kit, places: tuple[int, int]) -> None:
    asset, owner = places
    page = browser.post(f"/admin/assets/{asset}/transfer/?to={owner}", REASON | {"step": "edit"})
    assert (page.status_code, hidden(page, "transferred_on")) == (200, "۱۴۰۵/۰۵/۰۱")
    assert kit.rows(AssetTransfer) == []


def test_what_the_operation_refuses_is_said_at_its_field(browser: Browser, kit: Kit, places: tuple[int, int]) -> None:
    asset, owner = places
    form = REASON | {"transferred_on": "۱۴۰۵/۰۶/۰۱", "step": "confirm"}
    page = browser.post(f"/admin/assets/{asset}/transfer/?to={owner}", form)
    assert page.status_code == 422
    assert "تاریخ انتقال:" in text_of(page)
    assert kit.rows(AssetTransfer) == []


def test_an_asset_that_was_transferred_meanwhile_is_shown_first(
    browser: Browser, kit: Kit, places: tuple[int, int]
) -> None:
    asset, owner = places
    other = kit.customer(name="مالک سوم")
    command = TransferAsset(
        asset_id=asset, version=1, customer_id=other, transferred_on=date(2026, 7, 1), reason="فروش"
    )
    assert transfer_asset(kit.desk, kit.agent, command).problems == ()
    page = browser.post(f"/admin/assets/{asset}/transfer/?to={owner}", REASON | {"step": "confirm"})
    assert page.status_code == 409
    assert "مالک کنونی‌اش «مالک سوم» است" in text_of(page)
    assert hidden(page, "version") == "2"


@pytest.mark.parametrize("address", ["?to=999999", "?to=abc"])
def test_the_next_owner_has_to_be_there(browser: Browser, places: tuple[int, int], address: str) -> None:
    assert browser.get(f"/admin/assets/{places[0]}/transfer/{address}").status_code == 404


def test_a_viewer_may_not_transfer(browser: Browser, places: tuple[int, int]) -> None:
    browser.sign_in("viewer")
    assert browser.get(f"/admin/assets/{places[0]}/transfer/").status_code == 403
