"""A desk with the things of two customers and the records of two offices, and everyone who may knock, all signed in."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Viewer
from backoffice.access.viewers import system_viewer
from backoffice.app import create_app
from backoffice.domain.actor import Actor, ActorKind
from backoffice.domain.coverage import Outcome
from backoffice.models import (
    ApiToken,
    Asset,
    AuditEntry,
    Charge,
    ChargeStatus,
    Customer,
    Product,
    ProductVersion,
    RatingSuggestion,
    ServiceRecord,
    Site,
    Staff,
    SupportPeriod,
    SupportPlan,
    TariffEdition,
)
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.plans.import_plan import ImportPlan, import_plan
from backoffice.operations.services.record_service import record_service
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.staff.create_token import CreateToken, create_token
from backoffice.operations.staff.deactivate_staff import DeactivateStaff, deactivate_staff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.operations.tariffs.map_tariff import MapTariff, map_tariff
from backoffice.schema import graphql_blueprint
from backoffice.settings import Settings
from tests.builders import OTHER_OFFICE, PASSWORD, Kit, Row, StillClock, kit_on, prepare_desk, recording
from tests.operations.reratable import LINES, late_edition, provisional

STAFF = ("viewer", "agent", "other_agent", "supervisor", "finance", "admin")
ANONYMOUS, TOKEN, CUSTOMER = "anonymous", "token", "customer"
EVERYONE = (ANONYMOUS, *STAFF, TOKEN, CUSTOMER)
SCOPE = "customer.read"
UNKNOWN = 999_999
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
MAPPED = "training"
OURS, THEIRS, NOBODYS = "ours", "theirs", "unknown"


@dataclass(frozen=True)
class Objects:
    """One object of every kind: primary keys by GraphQL type, and the keys people know them by."""

    name: str
    keys: Mapping[str, int]
    known_as: Mapping[str, str]

    def key(self, kind: str) -> int:
        """The primary key of the object of a kind; ``ServiceRecord:done`` is one that was done."""
        if kind not in self.keys:
            raise KeyError(f"tests/authorization/stage.py: add a {kind} to the objects of the matrix")
        return self.keys[kind]


def prepare_stage(database: Database) -> None:
    """Two customers with a site, an asset and records each: of the head office, and of the agency."""
    prepare_desk(database)
    kit = kit_on(database)
    _add_staff(kit)
    product = kit.product(sku="MATRIX", name="دستگاه")
    kit.version(product)
    kit.product(sku="NEXT", name="دستگاه بعدی")
    for code, username in (("OURS", "agent"), ("THEIRS", "other_agent")):
        customer = kit.customer(code=code, name=f"مشتری {code}", phones=("+989121112233",))
        site = kit.site(customer, 12_000)
        asset = kit.purchase(customer_id=customer, product_id=product, site_id=site, serial_number=f"SN-{code}")
        viewer = kit.staff(username)
        for done in (False, True):
            _record(kit, viewer, asset, done=done)
        _ask_for_an_override(kit, _record(kit, viewer, asset, done=False))
    _record(kit, kit.staff("other_agent"), _asset(kit, "OURS"), done=False)
    kit.customer(code="NEXT", name="مشتری بعدی")
    _add_reference(kit)


def _add_staff(kit: Kit) -> None:
    """Somebody who asks for overrides, and two of each office that nobody asks as: one works here, one has left."""
    for username, role, office in (
        ("second", "supervisor", "HQ"),
        ("clerk", "viewer", "HQ"),
        ("other_clerk", "viewer", OTHER_OFFICE),
        ("left", "viewer", "HQ"),
        ("other_left", "viewer", OTHER_OFFICE),
    ):
        command = AddStaff(username=username, role=role, password=PASSWORD, office=office)
        made = add_staff(kit.desk, system_viewer(), command)
        assert made.id is not None, made.problems
        if "left" in username:
            deactivate_staff(kit.desk, system_viewer(), DeactivateStaff(id=made.id, reason=""))
        else:
            assert create_token(kit.desk, system_viewer(), CreateToken(username=username)).told


def _record(kit: Kit, viewer: Viewer, asset: int, *, done: bool) -> int:
    moment = {"performed_at": kit.clock.now} if done else {}
    command = recording(asset, service_type="troubleshooting", **moment)
    made = record_service(kit.desk, viewer, command)
    assert made.id is not None, made.problems
    return made.id


def _ask_for_an_override(kit: Kit, record: int) -> None:
    amount = kit.desk.override_limit * 2
    command = OverrideCoverage(id=record, version=1, outcome=Outcome.TARIFF, amount=amount, reason="استثنا")
    assert override_coverage(kit.desk, kit.staff("second"), command).problems == ()


def _add_reference(kit: Kit) -> None:
    """A draft of a plan and of an edition, a charge, a suggestion to price again, a mapping of one service."""
    provisional(kit)
    late_edition(kit)
    plan = (EXAMPLES / "plan.toml").read_bytes()
    assert import_plan(kit.desk, system_viewer(), ImportPlan(content=plan)).problems == ()
    edition = ImportTariff(file_name="edition.csv", content=edition_file(1406))
    assert import_tariff(kit.desk, system_viewer(), edition).problems == ()
    mapping = MapTariff(service_type=MAPPED, labour="hour", call_out=None, kilometre=None)
    assert map_tariff(kit.desk, system_viewer(), mapping).problems == ()


def edition_file(year: int) -> bytes:
    """The first edition of a year."""
    return f"jalali_year,{year}\nversion,1\neffective_from,{year}/01/01\nsource,guild\n{LINES}".encode()


def _ask_for_override(kit: Kit, record: int) -> None:
    """By the supervisor; the admin, who is another one, may approve it."""
    beyond = kit.desk.override_limit * 2
    command = OverrideCoverage(id=record, version=1, outcome=Outcome.TARIFF, amount=beyond, reason="برای آزمون")
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()


def _asset(kit: Kit, code: str) -> int:
    return kit.rows(Asset, serial_number=f"SN-{code}")[0].id


def objects_of(desk: Desk) -> tuple[Objects, Objects, Objects]:
    """Ours are of the head office and of one customer, theirs of the agency and of the other, the last nobody's."""
    ours = _objects(desk, OURS, "OURS", "agent")
    theirs = _objects(desk, THEIRS, "THEIRS", "other_agent")
    known_as = {**dict.fromkeys(ours.known_as, "NOBODYS"), "number": f"SR-{UNKNOWN}"}
    return ours, theirs, Objects(NOBODYS, dict.fromkeys(ours.keys, UNKNOWN), known_as)


def _objects(desk: Desk, name: str, code: str, username: str) -> Objects:
    clerk, left = ("clerk", "left") if name == OURS else ("other_clerk", "other_left")
    with desk.database.reading() as session:
        find = _Finder(session)
        customer, staff = find.one(Customer, code=code), find.one(Staff, username=username)
        asset = find.one(Asset, customer_id=customer.id)
        own = find.all(ServiceRecord, customer_id=customer.id, office_id=staff.office_id)
        requested, done, waiting = (record.id for record in own)
        plan, draft = find.all(SupportPlan)[0], find.all(SupportPlan, published_at=None)[0]
        edition_draft = find.all(TariffEdition, approved_at=None)[-1]
        suggestion = find.all(RatingSuggestion)[0]
        keys = {
            "Customer": customer.id,
            "NextOwner": find.one(Customer, code="NEXT").id,
            "Site": find.one(Site, customer_id=customer.id).id,
            "Product": asset.product_id,
            "ProductVersion": find.one(ProductVersion, product_id=asset.product_id).id,
            "NextProduct": find.one(Product, sku="NEXT").id,
            "Asset": asset.id,
            "SupportPeriod": find.all(SupportPeriod, asset_id=asset.id)[0].id,
            "ServiceRecord": requested,
            "ServiceRecord:done": done,
            "ServiceRecord:waiting": waiting,
            "Staff": staff.id,
            "StaffAccount": find.one(Staff, username=clerk).id,
            "StaffAccount:left": find.one(Staff, username=left).id,
            "ApiToken": find.one(ApiToken, staff_id=find.one(Staff, username=clerk).id).id,
            "Office": staff.office_id,
            "SupportPlan": plan.id,
            "SupportPlan:draft": draft.id,
            "TariffEdition": find.all(TariffEdition)[0].id,
            "TariffEdition:draft": edition_draft.id,
            "RatingSuggestion": suggestion.id,
            "Charge": find.all(Charge, status=ChargeStatus.PROPOSED)[0].id,
            "AuditEntry": find.all(AuditEntry)[0].id,
        }
    number = f"SR-{requested:06d}"
    return Objects(name, keys, {"code": code, "sku": "MATRIX", "serialNumber": f"SN-{code}", "number": number})


@dataclass(frozen=True)
class _Finder:
    """Rows by their values, in the order of their keys."""

    session: Session

    def all(self, model: type[Row], **where: object) -> list[Row]:
        chosen = select(model).filter_by(**where).order_by(*model.__table__.primary_key)
        return list(self.session.scalars(chosen))

    def one(self, model: type[Row], **where: object) -> Row:
        (row,) = self.all(model, **where)
        return row


@dataclass(frozen=True)
class Caller:
    """Someone with a browser or a program: how they ask, and the token that their forms carry."""

    name: str
    client: FlaskClient
    headers: Mapping[str, str]
    csrf: str = ""

    def graphql(self, document: str, variables: Mapping[str, object]) -> TestResponse:
        """A POST to the API."""
        body = {"query": document, "variables": dict(variables)}
        return self.client.post("/graphql", json=body, headers={**self.headers, "Accept-Language": "en"})

    def get(self, address: str) -> TestResponse:
        """A page, closed."""
        return _closed(self.client.get(address, headers=dict(self.headers)))

    def post(self, address: str, form: Mapping[str, Any]) -> TestResponse:
        """A form sent with this caller's own token, and what came of it."""
        data = {**form, "csrf_token": self.csrf}
        return _closed(self.client.post(address, data=data, headers=dict(self.headers)))


class Stage:
    """The application with its callers; ``put_back`` makes the database again what it was at the beginning."""

    def __init__(self, database: Database, directory: Path) -> None:
        settings = Settings(
            var=directory,
            database_url=database.engine.url.render_as_string(hide_password=False),
            secret_key="a key for the tests of the matrix",
        )
        self.clock = StillClock()
        self.app = create_app(settings, clock=self.clock)
        self.desk: Desk = self.app.extensions["backoffice"]
        self.ours, self.theirs, self.nobodys = objects_of(self.desk)
        self.callers = self._callers()
        self._file = database.engine.url.database if database.engine.dialect.name == "sqlite" else None
        self._kept = directory / "kept.sqlite"
        if self._file is not None:
            _copy(self._file, str(self._kept))

    @property
    def objects(self) -> tuple[Objects, Objects, Objects]:
        """Ours, theirs, and those that are not there."""
        return self.ours, self.theirs, self.nobodys

    def put_back(self) -> None:
        """Undo what callers changed. On SQLite only."""
        assert self._file is not None
        _copy(str(self._kept), self._file)

    def close(self) -> None:
        """Let the database go."""
        self.desk.database.engine.dispose()

    def _callers(self) -> Mapping[str, Caller]:
        anonymous = self.app.test_client()
        callers = [Caller(ANONYMOUS, anonymous, {}, csrf_token(anonymous.get("/admin/login").text))]
        callers += [self._signed_in(name) for name in STAFF]
        program = self.app.test_client()
        bearer = {"Authorization": f"Bearer {self._token()}"}
        callers.append(Caller(TOKEN, program, bearer, csrf_token(program.get("/admin/login").text)))
        callers.append(Caller(CUSTOMER, self._portal().test_client(), {}))
        return {caller.name: caller for caller in callers}

    def _signed_in(self, username: str) -> Caller:
        client = self.app.test_client()
        form = {"username": username, "password": PASSWORD, "csrf_token": csrf_token(client.get("/admin/login").text)}
        assert client.post("/admin/login", data=form).status_code == 302
        token = csrf_token(client.get("/admin/").text)
        return Caller(username, client, {"X-CSRF-Token": token}, token)

    def _token(self) -> str:
        made = create_token(self.desk, system_viewer(), CreateToken(username="admin", scopes=(SCOPE,)))
        assert made.told
        return made.told

    def _portal(self) -> Flask:
        """The API as a customer will have it: nobody can sign in as one yet, but the rules are there."""
        actor = Actor(ActorKind.CUSTOMER, self.ours.key("Customer"), CUSTOMER)
        viewer = Viewer(actor, permissions=ROLES["viewer"])
        portal = Flask("portal")
        portal.register_blueprint(graphql_blueprint(self.desk, lambda: viewer))
        return portal


def csrf_token(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None, "a page without a form"
    return found[1]


def _closed(response: TestResponse) -> TestResponse:
    response.get_data()
    response.close()
    return response


def _copy(source: str, target: str) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
