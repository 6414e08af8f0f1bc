"""Staff at work: journeys through the desk as a person takes them, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import sign_in
from tests.builders import Kit

pytestmark = pytest.mark.browser


def test_a_call_is_recorded_over_the_customers_page(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer(name="علی کریمی")
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/customers/{customer}/")
    page.keyboard.press("n")
    drawer = page.locator("#drawer")
    drawer.get_by_text("نصب نرم‌افزار").click()
    expect(drawer.locator("#answer")).to_contain_text("رایگان از سهمیه، بار ۱ از ۲")
    with page.expect_response("**/answer/**"):
        drawer.get_by_text("انجام شده است").click()
    with page.expect_response("**/answer/**"):
        drawer.get_by_label("مدت کار (دقیقه)").fill("۳۰")
        drawer.get_by_label("مدت کار (دقیقه)").press("Tab")
    expect(drawer.locator("#answer:not([aria-busy]) [name=expected_fingerprint]")).to_have_count(1)
    drawer.get_by_role("button", name="ثبت خدمت").click()
    expect(page.get_by_text("خدمت ثبت شد.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("انجام‌شده")


def test_an_answer_that_fails_leaves_no_old_one_behind(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/records/new/?customer={customer}&service=installation")
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")

    def broken(route: Route) -> None:
        route.fulfill(status=500, body="")

    page.route("**/answer/**", broken)
    page.get_by_label("در محل شرکت").check()
    expect(page.locator("#answer")).to_contain_text("پاسخ نرسید")
    expect(page.locator("#answer")).not_to_contain_text("رایگان")
    expect(page.locator("#answer [name=expected_fingerprint]")).to_have_count(0)


def test_a_session_that_ended_keeps_what_was_typed(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/records/new/?customer={customer}&service=installation")
    page.get_by_label("یادداشت").fill("نصب دوباره")
    page.context.clear_cookies()
    page.get_by_label("در محل شرکت").check()
    expect(page.locator("#answer")).to_contain_text("نشست شما پایان یافته است")

    with page.context.expect_page() as opened:
        page.locator("#answer").get_by_role("link", name="ورود").click()
    sign_in(opened.value)
    page.get_by_role("button", name="وارد شدم").click()
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")
    expect(page.get_by_label("یادداشت")).to_have_value("نصب دوباره")
    page.get_by_role("button", name="ثبت خدمت").click()
    expect(page.get_by_text("خدمت ثبت شد.")).to_be_visible()


def test_a_customer_is_found_by_keyboard_alone(page: Page, kit: Kit) -> None:
    kit.customer(name="علی کریمی")
    page.keyboard.press("Control+k")
    page.keyboard.type("كريمي")
    expect(page.locator("#palette-list [aria-selected=true]")).to_contain_text("علی کریمی")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("علی کریمی")


def test_a_date_is_picked_by_keyboard(page: Page, address: str, kit: Kit) -> None:
    page.goto(f"{address}/admin/assets/new/?customer={kit.customer()}")
    field = page.get_by_label("تاریخ خرید", exact=False).first
    field.fill("1404/12/29")
    page.get_by_role("button", name="انتخاب تاریخ خرید از تقویم").press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(field).to_have_value("۱۴۰۵/۰۱/۰۱")


def test_signing_out_ends_the_session(page: Page, address: str) -> None:
    page.locator(".account summary").click()
    page.get_by_role("button", name="خروج").click()
    page.goto(f"{address}/admin/customers/")
    expect(page.locator("h1")).to_have_text("ورود")


def test_what_is_written_while_an_answer_is_on_its_way_stays(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/records/new/?customer={customer}&service=installation")
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")

    def late(route: Route) -> None:
        page.get_by_label("یادداشت").first.fill("نصب دوباره پس از تعویض ویندوز")
        route.continue_()

    page.route("**/answer/**", late, times=1)
    page.get_by_label("انجام شده است").check()
    expect(page.get_by_text("نتیجهٔ کار")).to_be_visible()
    expect(page.get_by_label("یادداشت").first).to_have_value("نصب دوباره پس از تعویض ویندوز")


def test_a_drawer_asks_before_it_closes_over_what_was_written(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/customers/{customer}/")
    page.keyboard.press("n")
    drawer = page.locator("#drawer")
    with page.expect_response("**/answer/**"):
        drawer.get_by_text("نصب نرم‌افزار").click()
    drawer.get_by_label("یادداشت").fill("نصب دوباره")
    page.once("dialog", lambda question: question.dismiss())
    drawer.get_by_role("button", name="بستن").click()
    expect(drawer.get_by_label("یادداشت")).to_have_value("نصب دوباره")
    page.once("dialog", lambda question: question.accept())
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_drawer_that_was_only_asked_closes_at_once(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/customers/{customer}/")
    page.keyboard.press("n")
    drawer = page.locator("#drawer")
    drawer.get_by_text("نصب نرم‌افزار").click()
    expect(drawer.locator("#answer .decision")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_drawer_closed_before_its_answer_came_drops_it(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/customers/{customer}/")
    page.keyboard.press("n")
    held: list[Route] = []
    page.route("**/answer/**", lambda route: held.append(route))
    with page.expect_request("**/answer/**"):
        page.locator("#drawer").get_by_text("نصب نرم‌افزار").click()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-frame")).to_be_empty()
    with page.expect_event("requestfinished"):
        held.pop().continue_()
    page.evaluate("new Promise(requestAnimationFrame)")  # the page's watch has the last word


def test_a_list_is_walked_by_keyboard_on_any_layout(page: Page, address: str, kit: Kit) -> None:
    for name in ("آرش", "پروین", "ژاله"):
        kit.customer(name=name)
    page.goto(f"{address}/admin/customers/")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="پروین")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("پروین")


def test_the_keys_are_told_at_a_question_mark(page: Page) -> None:
    page.keyboard.press("Shift+Slash")
    expect(page.get_by_role("dialog", name="کلیدها")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="کلیدها")).to_be_hidden()


def test_a_mistyped_distance_is_mended_and_the_next_visit_is_free(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer, site_id=kit.site(customer, 390_000, title="انبار", distance_source="نقشه"))
    visit = f"{address}/admin/records/new/?customer={customer}&service=on_site_visit"
    page.goto(visit)
    expect(page.locator("#answer")).to_contain_text("فاصلهٔ مشتری ۳۹۰ کیلومتر است")
    page.goto(f"{address}/admin/customers/{customer}/")
    page.get_by_role("link", name="ویرایش انبار").click()
    expect(page.get_by_label("منبع فاصله")).to_have_value("نقشه")
    page.get_by_label("فاصلهٔ جاده‌ای").fill("۳۹")
    page.get_by_role("button", name="ذخیره").click()
    expect(page.get_by_role("region", name="محل‌ها")).to_contain_text("۳۹ کیلومتر")
    page.goto(visit)
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")


def test_of_two_who_edit_at_once_the_second_sees_both_versions(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer(name="کارگاه سپید", city="کرج")
    place = f"{address}/admin/customers/{customer}/edit/"
    page.goto(place)
    page.get_by_label("شهر").fill("قزوین")
    other = page.context.new_page()
    other.goto(place)
    other.get_by_label("شهر").fill("تهران")
    other.get_by_role("button", name="ذخیره").click()
    expect(other.locator("h1")).to_have_text("کارگاه سپید")
    page.get_by_role("button", name="ذخیره").click()
    expect(page.get_by_role("region", name="نسخهٔ کنونی")).to_contain_text("تهران")
    expect(page.get_by_role("region", name="آنچه شما نوشتید")).to_contain_text("قزوین")
    page.get_by_role("button", name="نوشتهٔ من جای آن بنشیند").click()
    expect(page.locator(".meta")).to_contain_text("قزوین")
