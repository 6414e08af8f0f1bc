"""Every screen, as a reader gets it."""

from tests.admin.conftest import Browser, text_of


def test_the_dashboard_greets_in_persian(browser: Browser) -> None:
    page = browser.get("/admin/")
    assert page.status_code == 200
    assert "میز کار" in text_of(page)
