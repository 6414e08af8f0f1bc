"""Every form that the admin leads to, sent with one of its fields missing, as no browser does and programs may."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest

from tests.admin.conftest import Browser, override_waiting
from tests.authorization.screens import VALUES
from tests.builders import Kit
from tests.forms import Forms

HOME, LOGOUT = "/admin/", "/admin/logout"
Form = tuple[str, dict[str, str]]


def page_at(browser: Browser, address: str) -> Forms:
    page = Forms()
    answer = browser.get(address)
    if answer.status_code == 200 and answer.mimetype == "text/html":
        page.feed(answer.text)
    return page


def forms_of(browser: Browser) -> Iterator[Form]:
    """Each form that links lead to, filled in, once, whichever object it is about."""
    seen, waiting, told = {HOME}, [HOME], {LOGOUT}
    for address in waiting:
        page = page_at(browser, address)
        for target, form in zip(page.targets, page.found, strict=True):
            if _kind(to := urljoin(address, target)) in told:
                continue
            told.add(_kind(to))
            yield to, {name: value or VALUES.get(name, "") for name, value in form.items()}
        for link in sorted(page.links):
            kind = _kind(link)
            if link.startswith(HOME) and kind not in seen:
                seen.add(kind)
                waiting.append(link)


def _kind(address: str) -> str:
    """The address, whichever object it is about."""
    return re.sub(r"[0-9]+|=[^&]*", "", address)


def a_days_work(kit: Kit) -> None:
    """Something of everything, for links to lead to."""
    customer = kit.customer(phones=("09121234567",))
    kit.site(customer, 12_000)
    asset = kit.purchase(customer_id=customer)
    kit.recorded(asset)
    override_waiting(kit, asset)


@pytest.mark.parametrize("username", ["admin", "supervisor"])
def test_no_form_stumbles_over_a_field_that_is_missing(browser: Browser, username: str) -> None:
    a_days_work(browser.kit)
    browser.sign_in(username)
    sent = 0
    for target, form in [*forms_of(browser)]:
        for missing in form:
            answer = browser.post(target, {name: value for name, value in form.items() if name != missing})
            assert answer.status_code < 500, (target, missing)
            sent += 1
    assert sent > 50
