"""A small application with sign-in alone, on either database, with one member of staff."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, jsonify
from jinja2 import DictLoader

from backoffice.access.credentials import hash_password
from backoffice.models import Office, OfficeKind, Role, Staff, StaffRole
from backoffice.operations.premises import Premises
from backoffice.signin import init_signin
from tests.builders import installed_plugins

PASSWORD = "a long enough password"
LOGIN_PAGE = """{{ csrf_token() }}|{{ login_user_form.form_errors|join(' ') }}"""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def staff(database, clock):
    with database.writing() as session:
        office = Office(code="HQ", name="Head office", kind=OfficeKind.HEAD_OFFICE, is_origin=True)
        role = Role(name="agent", description="")
        session.add_all([office, role])
        session.flush()
        member = Staff(
            username="nasrin",
            name="نسرین",
            password=hash_password(PASSWORD),
            fs_uniquifier="nasrin-1",
            office_id=office.id,
            created_at=clock(),
        )
        session.add(member)
        session.flush()
        session.add(StaffRole(staff_id=member.id, role_id=role.id))
    return member


@pytest.fixture
def app(database, clock, staff):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "k" * 32
    app.jinja_loader = DictLoader({"admin/login.html": LOGIN_PAGE})
    desk = Premises(database=database, registry=installed_plugins(), clock=clock)
    viewers = init_signin(app, desk, in_production=False)

    @app.route("/admin/", methods=["GET", "POST"])
    def index():
        return viewers.by_session().name

    @app.route("/who", methods=["GET", "POST"])
    def who():
        viewer = viewers.by_token_or_session()
        return jsonify(viewer.name if viewer else None)

    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def csrf(client):
    def token():
        return client.get("/admin/login").text.split("|")[0]

    return token


@pytest.fixture
def sign_in(client, csrf):
    def attempt(username="nasrin", password=PASSWORD, **more):
        form = {"username": username, "password": password, "csrf_token": csrf()}
        return client.post("/admin/login", data={**form, **more})

    return attempt
