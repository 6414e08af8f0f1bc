"""Signing in and out, as a browser does it."""

import pytest
from sqlalchemy import select

from backoffice.models import AuditEntry, Staff, StaffSession
from backoffice.signin.form import WRONG
from tests.signin.conftest import PASSWORD


def cookie_of(client):
    return client.get_cookie("backoffice").value


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(client):
    answer = client.get("/admin/")

    assert answer.status_code == 302
    assert answer.location == "/admin/login?next=/admin/"


def test_the_sign_in_page_leads_back_to_the_same_filters(client, sign_in):
    sent = client.get("/admin/?status=open&q=علی")
    assert sent.location == "/admin/login?next=/admin/%3Fstatus%3Dopen%26q%3D%D8%B9%D9%84%DB%8C"

    assert sign_in(next="/admin/?status=open").location == "/admin/?status=open"


def test_a_name_and_its_password_open_the_admin(client, sign_in):
    answer = sign_in()

    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert client.get("/admin/").text == "نسرین"


def test_the_name_may_be_typed_in_any_case(client, sign_in):
    assert sign_in(username=" NASRIN ").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, sign_in):
    wrong, unknown = sign_in(password="not the password"), sign_in(username="nobody")

    assert WRONG in wrong.text
    assert wrong.text.split("|")[1] == unknown.text.split("|")[1]
    assert wrong.status_code == unknown.status_code == 200


@pytest.mark.parametrize("password", ["", "x" * 129, "x" * 100_000], ids=len)
def test_what_can_be_no_password_is_wrong_like_any_other(sign_in, password):
    answer, wrong = sign_in(password=password), sign_in(password="not the password")

    assert answer.status_code == 200
    assert answer.text.split("|")[1] == wrong.text.split("|")[1]


@pytest.mark.parametrize("body", [{"username": 5, "password": ["x"]}, [1], "nasrin"])
def test_nobody_signs_in_by_json(client, csrf, body):
    answer = client.post("/admin/login", json=body, headers={"X-CSRF-Token": csrf()})

    assert answer.status_code == 415


def test_a_sign_in_without_the_csrf_token_is_refused(client, sign_in):
    assert sign_in(csrf_token="").status_code == 400
    assert client.get("/admin/").status_code == 302


def test_signing_in_gives_the_session_a_new_key(client, csrf, sign_in):
    csrf()
    before = cookie_of(client)

    sign_in()

    assert cookie_of(client) != before


def test_the_key_from_before_signing_in_is_worth_nothing(app, client, csrf, sign_in):
    csrf()
    before = cookie_of(client)
    sign_in()
    thief = app.test_client()
    thief.set_cookie("backoffice", before)

    assert thief.get("/admin/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(app, client, csrf, sign_in):
    sign_in()
    copied = cookie_of(client)
    token = client.get("/admin/login", follow_redirects=False)
    assert token.status_code == 302  # signed in already

    with client.session_transaction() as session:
        assert session["staff_id"]
    answer = client.post("/admin/logout", data={"csrf_token": signed_in_csrf(app, client)})

    thief = app.test_client()
    thief.set_cookie("backoffice", copied)
    assert answer.status_code == 302
    assert thief.get("/admin/").status_code == 302


def test_signing_out_without_the_csrf_token_is_refused(client, sign_in):
    sign_in()

    assert client.post("/admin/logout").status_code == 400
    assert client.get("/admin/").status_code == 200


def test_a_post_under_the_admin_without_the_csrf_token_is_refused(client, sign_in):
    sign_in()

    assert client.post("/admin/").status_code == 400


def test_the_database_never_has_the_key_of_a_session(client, database, sign_in):
    sign_in()

    with database.reading() as session:
        assert cookie_of(client) not in set(session.scalars(select(StaffSession.id)))


def test_an_idle_session_ends_after_half_an_hour(client, clock, sign_in):
    sign_in()
    clock.move(minutes=29)
    assert client.get("/admin/").status_code == 200
    clock.move(minutes=29)
    assert client.get("/admin/").status_code == 200
    clock.move(minutes=31)

    assert client.get("/admin/").status_code == 302


def test_a_session_in_use_ends_after_twelve_hours(client, clock, sign_in):
    sign_in()
    for _ in range(28):
        clock.move(minutes=25)
        assert client.get("/admin/").status_code == 200
    clock.move(minutes=25)

    assert client.get("/admin/").status_code == 302


def test_five_wrong_passwords_lock_the_account_for_a_minute(client, clock, sign_in):
    for _ in range(5):
        sign_in(password="not the password")

    assert WRONG in sign_in().text
    clock.move(seconds=61)
    assert sign_in().status_code == 302


def test_a_good_sign_in_forgets_the_failed_ones(client, database, sign_in):
    for _ in range(4):
        sign_in(password="not the password")
    sign_in()

    with database.reading() as session:
        assert session.scalar(select(Staff.failed_sign_ins)) == 0


def test_a_disabled_account_does_not_open(client, database, sign_in):
    with database.writing() as session:
        session.scalars(select(Staff)).one().active = False

    assert WRONG in sign_in().text


def test_disabling_an_account_ends_its_open_sessions(client, database, sign_in):
    sign_in()
    with database.writing() as session:
        session.scalars(select(Staff)).one().active = False

    assert client.get("/admin/").status_code == 302


def test_a_sign_in_that_would_lead_to_another_site_is_refused(client, sign_in):
    assert sign_in(next="https://example.invalid/").location is None


def test_a_sign_in_leads_on_to_the_page_that_asked_for_it(client, sign_in):
    assert sign_in(next="/admin/?page=2").location == "/admin/?page=2"


def signed_in_csrf(app, client):
    """The token that a page of a signed-in browser carries."""
    from flask_wtf.csrf import generate_csrf

    with client.session_transaction() as kept, app.test_request_context():
        from flask import session

        token = generate_csrf()
        kept["csrf_token"] = session["csrf_token"]
    return token


JSON = {"Accept": "application/json"}


def test_there_is_no_other_page_of_flask_security_and_none_of_its_files(app):
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}

    assert rules == {"/admin/login", "/admin/logout"}


def test_signing_in_is_answered_by_a_page_even_to_whoever_asks_for_json(client, csrf, sign_in):
    assert client.get("/admin/login", headers=JSON).mimetype == "text/html"
    form = {"username": "nasrin", "password": PASSWORD, "csrf_token": csrf()}
    answer = client.post("/admin/login?include_auth_token", data=form, headers=JSON)

    assert answer.status_code == 302
    assert "token" not in answer.text.lower()


@pytest.mark.parametrize("name", ["Authentication-Token", "auth_token"])
def test_a_token_of_flask_security_opens_nothing(app, client, staff, name):
    with app.test_request_context():
        account = app.extensions["security"].datastore.find_user(username="nasrin")
        token = account.get_auth_token()

    assert client.get("/admin/", headers={name: token}).status_code == 302
    assert client.get("/admin/", query_string={name: token}).status_code == 302


def trail(database, operation):
    with database.reading() as session:
        return session.scalars(select(AuditEntry).where(AuditEntry.operation == operation)).all()


def test_signing_in_and_out_is_in_the_audit_trail_with_where_from(app, client, database, sign_in, staff):
    sign_in()
    client.post("/admin/logout", data={"csrf_token": signed_in_csrf(app, client)})
    entries = [*trail(database, "sign_in"), *trail(database, "sign_out")]
    assert [(entry.operation, entry.staff_id, entry.address) for entry in entries] == [
        ("sign_in", staff.id, "127.0.0.1"),
        ("sign_out", staff.id, "127.0.0.1"),
    ]


def test_a_session_names_its_actor_once_somebody_has_signed_in(client, database, sign_in, staff):
    client.get("/admin/login")
    with database.reading() as session:
        assert [row.actor_kind for row in session.scalars(select(StaffSession))] == [None]
    sign_in()
    with database.reading() as session:
        rows = session.scalars(select(StaffSession)).all()
    assert [(row.actor_kind, row.actor_id, row.staff_id) for row in rows] == [("staff", staff.id, staff.id)]


def test_reading_leaves_nothing_in_the_audit_trail(client, database, sign_in):
    sign_in()
    before = len(trail(database, "sign_in"))
    for _ in range(3):
        assert client.get("/admin/").status_code == 200
    assert len(trail(database, "sign_in")) == before == 1


def test_a_lock_is_in_the_audit_trail(client, database, sign_in, staff):
    for _ in range(6):
        sign_in(password="a long wrong password")
    (entry,) = trail(database, "count_failed_sign_in")
    assert (entry.actor, entry.entity_id, entry.address) == ("system", staff.id, "127.0.0.1")
