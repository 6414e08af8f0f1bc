"""A form whose session ended while it was filled in, in the whole application."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backoffice.app import create_app
from backoffice.settings import Settings
from tests.admin.conftest import hidden, text_of
from tests.builders import PASSWORD, Kit, kit_on, prepare_desk
from tests.databases import Copies

OURS = {"Origin": "http://localhost"}
TYPED = {
    "name": "علی «کریمی»",
    "kind": "person",
    "stage": "prospect",
    "phones": "09121112233\r\n09121112244",
    "city": "",
}


@pytest.fixture
def kit(sqlite_copies: Copies) -> Iterator[Kit]:
    with sqlite_copies.copy(prepare_desk) as database:
        yield kit_on(database)


@pytest.fixture
def client(kit: Kit, tmp_path: Path) -> FlaskClient:
    url = kit.desk.database.engine.url.render_as_string(hide_password=False)
    return create_app(Settings(var=tmp_path, database_url=url), clock=kit.clock).test_client()


def _get(client: FlaskClient, address: str) -> TestResponse:
    return client.get(address)


def _sign_in(client: FlaskClient) -> None:
    form = {"username": "agent", "password": PASSWORD, "csrf_token": hidden(_get(client, "/admin/login"), "csrf_token")}
    assert client.post("/admin/login", data=form).status_code == 302


def _kept(page: TestResponse) -> dict[str, str]:
    """The form that the page carries along, as a browser would send it."""
    names = re.findall(r'<input type="hidden" name="([^"]+)"', page.text)
    return {name: hidden(page, name) for name in names}


@pytest.fixture
def late(client: FlaskClient, kit: Kit) -> TestResponse:
    """What came of a form that was sent after its session had ended."""
    _sign_in(client)
    token = hidden(_get(client, "/admin/customers/new/"), "csrf_token")
    kit.clock.move(hours=2)
    return client.post("/admin/customers/new/", data=TYPED | {"csrf_token": token}, headers=OURS)


def test_what_was_typed_comes_back_to_whoever_is_signed_out(late: TestResponse) -> None:
    assert late.status_code == 400
    assert "نشست شما پایان یافته است" in text_of(late)
    assert {name: value for name, value in _kept(late).items() if name != "csrf_token"} == TYPED
    assert 'action="/admin/customers/new/"' in late.text


def test_after_signing_in_anew_it_is_sent_and_saved(client: FlaskClient, late: TestResponse) -> None:
    _sign_in(client)
    once_more = client.post("/admin/customers/new/", data=_kept(late), headers=OURS)
    assert "هنوز فرستاده نشده است" in text_of(once_more)
    saved = client.post("/admin/customers/new/", data=_kept(once_more), headers=OURS)
    assert saved.status_code == 303
    assert "علی «کریمی»" in text_of(_get(client, saved.location))


def test_an_address_keeps_what_it_asks_for(client: FlaskClient) -> None:
    page = client.post("/admin/assets/1/transfer/?to=2", data={"reason": "فروش"}, headers=OURS)
    assert 'action="/admin/assets/1/transfer/?to=2"' in page.text


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_what_another_site_made_up_does_not_come_back(client: FlaskClient, origin: dict[str, str]) -> None:
    page = client.post("/admin/customers/new/", data=TYPED, headers=origin)
    assert page.status_code == 400
    assert "علی" not in page.text


def test_passwords_do_not_come_back(client: FlaskClient) -> None:
    typed = {"username": "agent", "password": "a secret of mine"}
    for address in ("/admin/login", "/admin/customers/new/"):
        page = client.post(address, data=typed, headers=OURS)
        assert page.status_code == 400
        assert "a secret of mine" not in page.text
