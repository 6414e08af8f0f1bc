"""What every answer of the whole application has, and how it says that it can or cannot work."""

import json
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backoffice.app import create_app
from backoffice.migrations.revisions import head_revision
from backoffice.models.database import engine_for
from backoffice.settings import Settings
from backoffice.web.application_engine import db
from backoffice.web.log import json_lines
from tests.builders import prepare_desk
from tests.screens import SCREENS


def application(database, tmp_path):
    url = database.engine.url.render_as_string(hide_password=False)
    environ = {"BACKOFFICE_VAR": str(tmp_path), "BACKOFFICE_DATABASE_URL": url}
    return create_app(Settings.from_environment(environ))


@pytest.fixture
def app(make_database, tmp_path):
    app = application(make_database(prepare_desk), tmp_path)
    yield app
    app.extensions["backoffice"].database.engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


def test_every_answer_tells_its_request_id(client):
    assert client.get("/healthz", headers={"X-Request-Id": "desk-1"}).headers["X-Request-Id"] == "desk-1"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "ب"], ids=["empty", "blank", "long", "persian"])
def test_a_request_id_that_is_no_plain_word_is_replaced(client, given):
    told = client.get("/healthz", headers={"X-Request-Id": given.encode()}).headers["X-Request-Id"]

    assert len(told) == 32
    assert told != given


@pytest.mark.parametrize("address", ["/healthz", "/admin/login", "/graphql", "/nowhere"])
def test_no_answer_lets_a_page_run_or_load_what_is_not_ours(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_bare_address_leads_to_the_admin(client):
    answer = client.get("/")

    assert (answer.status_code, answer.location) == (302, "/admin/")


@pytest.mark.parametrize("address", ["/nowhere", "/verify", "/login", "/logout", "/fs-static/js/base64.js"])
def test_what_is_not_there_is_told_in_persian_and_begins_no_session(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "پیدا نشد" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ["/graphql/nowhere", "/healthz/nowhere"])
def test_programs_are_not_answered_with_a_page_of_ours(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "پادرا" not in answer.text


def away():
    """A database that is not there."""
    raise OperationalError("SELECT 1", {}, Exception("gone"))


EVERY_ADDRESS = {
    *("/", "/admin/login", "/admin/logout", "/admin/static/<version>/<path:name>"),
    *("/graphql", "/graphql/static/<path:filename>", "/healthz", "/readyz"),
}


def test_nothing_answers_but_our_screens_and_these(app):
    """Whatever an extension brings along would be seen here; the screens are in docs/authorization.md."""
    screens = {"admin", *(screen.path for screen in SCREENS)}
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] not in screens}

    assert rules == EVERY_ADDRESS


def test_a_migrated_database_is_ready(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json["checks"]["migrations"] == {"ok": True, "revision": head_revision()}
    assert "installation" in answer.json["checks"]["plugins"]["loaded"]
    assert answer.json["checks"]["queue"]["ok"] is True


def test_a_database_without_tables_is_alive_but_not_ready(empty_engine, tmp_path):
    url = empty_engine.url.render_as_string(hide_password=False)
    app = create_app(Settings.from_environment({"BACKOFFICE_VAR": str(tmp_path), "BACKOFFICE_DATABASE_URL": url}))

    assert app.test_client().get("/healthz").status_code == 200
    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json["checks"]["migrations"] == {
        "ok": False,
        "revision": None,
        "error": "the database has no tables yet (backoffice init makes them)",
    }
    app.extensions["backoffice"].database.engine.dispose()


def test_a_database_that_is_away_is_asked_once_whether_it_is_there(app, client, monkeypatch):
    looks = []

    def look():
        looks.append("at the database")
        away()

    monkeypatch.setattr(app.extensions["backoffice"].database, "reading", look)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert {name: check["ok"] for name, check in answer.json["checks"].items()} == {
        "database": False,
        "migrations": False,
        "plugins": True,
        "queue": False,
    }
    assert looks == ["at the database"]


def test_while_the_database_is_away_pages_say_so_and_when_to_come_back(app, client, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    client.get("/admin/login")
    monkeypatch.setattr(app.extensions["backoffice"].database, "reading", away)

    answer = client.get("/admin/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "SELECT" not in answer.text


def test_while_the_database_is_away_the_api_tells_a_browser_in_json(app, client, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    client.set_cookie("backoffice", "the key of a session")
    monkeypatch.setattr(app.extensions["backoffice"].database, "reading", away)

    answer = client.get("/graphql", query_string={"query": "{ __typename }"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_a_session_that_cannot_be_kept_is_a_database_that_is_away(app, client, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(app.extensions["backoffice"].database, "writing", away)

    answer = client.get("/admin/login")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "اکنون در دسترس نیست" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_what_the_api_does_not_expect_is_told_in_json(app, client, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    client.set_cookie("backoffice", "the key of a session")
    monkeypatch.setattr(app.extensions["backoffice"].database, "reading", lambda: 1 / 0)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = client.get("/graphql", query_string={"query": "{ __typename }"})

    assert answer.status_code == 500
    assert answer.json["errors"][0]["extensions"]["code"] == "INTERNAL"


def test_what_the_api_does_not_expect_is_logged_under_the_id_of_its_request(app, client, monkeypatch, caplog):
    client.set_cookie("backoffice", "the key of a session")
    monkeypatch.setattr(app.extensions["backoffice"].database, "reading", lambda: 1 / 0)
    caplog.handler.setFormatter(json_lines())

    answer = client.get("/graphql", query_string={"query": "{ __typename }"})

    [said] = [json.loads(line) for line in caplog.text.splitlines()]
    assert said["request"] == answer.json["errors"][0]["extensions"]["requestId"]
    assert "ZeroDivisionError" in said["exception"]


def test_flask_sqlalchemy_has_the_engine_of_the_desk_and_no_other(app):
    with app.app_context():
        assert dict(db.engines) == {None: app.extensions["backoffice"].database.engine}


def test_a_file_of_sqlite_is_where_every_command_looks_for_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = "sqlite:///desk.sqlite"
    app = create_app(Settings.from_environment({"BACKOFFICE_VAR": str(tmp_path), "BACKOFFICE_DATABASE_URL": url}))
    everywhere = engine_for(url)

    assert app.extensions["backoffice"].database.engine.url == everywhere.url
    app.extensions["backoffice"].database.engine.dispose()
    everywhere.dispose()


def test_the_application_serves_its_tables_as_migrated(app):
    with app.extensions["backoffice"].database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM staff")) > 0
