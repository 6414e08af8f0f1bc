"""A desk for tests: the shipped plan, the tariffs of the worked decisions, one member of staff per role, a clock."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import select

from backoffice import __version__
from backoffice.access.viewer import Viewer
from backoffice.access.viewers import roles_of, system_viewer, viewer_of
from backoffice.domain.coverage import Decision
from backoffice.domain.service import Mode
from backoffice.models import CustomerKind, Office, OfficeKind, Staff
from backoffice.models.base import Base
from backoffice.models.database import Database
from backoffice.operations.cases import LoadHead, load_head
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.desk import Desk
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.reference.load_reference import LoadReference, load_reference
from backoffice.operations.result import Result
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.plugins import Registry, load
from backoffice.wording import LANGUAGES, problem_text
from tests.stand_ins import STAND_IN

DATA = Path(__file__).parent / "data"
CASES: Mapping[str, Any] = json.loads((DATA / "decisions.json").read_text(encoding="utf-8"))
OTHERS: Sequence[Mapping[str, Any]] = tuple(
    scenario
    for name in ("edges.json", "terms.json")
    for scenario in json.loads((DATA / name).read_text(encoding="utf-8"))["scenarios"]
)
"""More worked decisions, for the same tariffs: at the edges of days, years, periods and allowances; for each term."""

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
"""10 Mordad 1405, half past twelve in Tehran: inside the year of what was bought on ``PURCHASED_ON``."""

PURCHASED_ON = date(2025, 8, 6)
PASSWORD = "a long enough password"
ROLES = ("viewer", "agent", "supervisor", "finance", "admin")
OTHER_OFFICE = "TABRIZ"

Row = TypeVar("Row", bound=Base)


class StillClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move the clock by so many days, hours, ... (``timedelta``)."""
        self.now += timedelta(**by)


@cache
def installed_plugins() -> Registry:
    """The plugins of this checkout; one that cannot be used fails the test."""
    return load(None, strict=True, host_version=__version__)


def prepare_reference(database: Database) -> None:
    """What ``init`` makes: head office, roles, channels, the shipped plan. No tariffs, nobody who signs in."""
    _succeeded(load_reference(_desk(database), system_viewer(), LoadReference()))


def prepare_desk(database: Database) -> None:
    """Reference data, the tariffs of the worked decisions, an agency, and one member of staff per role.

    User names are the roles' names, and ``other_agent`` is an agent of the agency; the password is ``PASSWORD``.
    """
    prepare_reference(database)
    desk = _desk(database)
    _succeeded(load_head(desk, system_viewer(), LoadHead(data=CASES)))
    with database.writing() as session:
        session.add(Office(code=OTHER_OFFICE, name="نمایندگی تبریز", kind=OfficeKind.AGENCY, is_origin=False))
    for role in ROLES:
        _succeeded(add_staff(desk, system_viewer(), AddStaff(username=role, role=role, password=PASSWORD)))
    other = AddStaff(username="other_agent", role="agent", password=PASSWORD, office=OTHER_OFFICE)
    _succeeded(add_staff(desk, system_viewer(), other))


@cache
def shipped_plugins() -> Registry:
    """Those of ``plugins/``, without what stands in for one that was taken away."""
    owners = installed_plugins().owners
    names = tuple(code for code, owner in owners.items() if not owner.startswith(STAND_IN))
    return load(names, strict=True, host_version=__version__)


@dataclass
class Kit:
    """A prepared desk in hand. The methods act as an agent of the head office and expect to succeed."""

    desk: Desk
    clock: StillClock
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def staff(self, username: str) -> Viewer:
        """The viewer that a member of staff is; asked for once."""
        if username not in self._viewers:
            with self.desk.database.reading() as session:
                member = session.scalars(select(Staff).where(Staff.username == username)).one()
                self._viewers[username] = viewer_of(member, roles_of(session, member.id))
        return self._viewers[username]

    @property
    def agent(self) -> Viewer:
        return self.staff("agent")

    @property
    def supervisor(self) -> Viewer:
        return self.staff("supervisor")

    def at(self, moment: datetime) -> Desk:
        """The desk at another moment."""
        return replace(self.desk, clock=lambda: moment)

    def customer(self, **given: Any) -> int:
        """A customer's id."""
        command = CreateCustomer(**{"name": "شرکت نمونه", "kind": CustomerKind.COMPANY} | given)
        return _succeeded(create_customer(self.desk, self.agent, command))

    def site(self, customer_id: int, distance_metres: int | None = None, **given: Any) -> int:
        """A site's id."""
        command = CreateSite(
            **{"customer_id": customer_id, "title": "کارگاه", "distance_metres": distance_metres} | given
        )
        return _succeeded(create_site(self.desk, self.agent, command))

    def product(self, **given: Any) -> int:
        """A product's id."""
        command = CreateProduct(
            **{"sku": f"sku-{uuid4().hex}", "name": "دستگاه نمونه", "support_plan": "padra-standard"} | given
        )
        return _succeeded(create_product(self.desk, self.supervisor, command))

    def version(self, product_id: int, **given: Any) -> int:
        """The id of a product of which a version was released on ``PURCHASED_ON`` unless given otherwise."""
        command = ReleaseProductVersion(
            **{"product_id": product_id, "label": "5.2", "released_on": PURCHASED_ON} | given
        )
        return _succeeded(release_product_version(self.desk, self.supervisor, command))

    def purchase(self, **given: Any) -> int:
        """An asset's id: bought on ``PURCHASED_ON`` by a new customer unless given otherwise."""
        command = RegisterPurchase(
            **{
                "customer_id": given.get("customer_id") or self.customer(),
                "product_id": given.get("product_id") or self.product(),
                "serial_number": f"PD-{uuid4().hex}",
                "purchased_on": PURCHASED_ON,
            }
            | given
        )
        return _succeeded(register_purchase(self.desk, self.agent, command))

    def record(self, asset_id: int | None, **given: Any) -> Result:
        """A remote installation unless given otherwise; whatever comes of it."""
        return record_service(self.desk, self.agent, recording(asset_id, **given))

    def recorded(self, asset_id: int | None, **given: Any) -> int:
        """The id of a record that is sure to be made."""
        return _succeeded(self.record(asset_id, **given))

    def done(self, asset_id: int | None, **given: Any) -> int:
        """The id of a record of work done now."""
        return self.recorded(asset_id, performed_at=self.clock.now, **given)

    def complete(self, record_id: int, version: int = 1, **given: Any) -> Result:
        """Complete a record; whatever comes of it."""
        command = CompleteService(**{"id": record_id, "version": version} | given)
        return complete_service(self.desk, self.agent, command)

    def row(self, model: type[Row], row_id: int) -> Row:
        """A row as it is now."""
        with self.desk.database.reading() as session:
            return session.get_one(model, row_id)

    def rows(self, model: type[Row], **where: object) -> list[Row]:
        """The rows with these values, by their primary key."""
        with self.desk.database.reading() as session:
            chosen = select(model).filter_by(**where).order_by(*model.__table__.primary_key)
            return list(session.scalars(chosen))


def recording(asset_id: int | None, **given: Any) -> RecordService:
    """The command that records a remote installation by phone, unless given otherwise."""
    usual = {"service_type": "installation", "mode": Mode.REMOTE, "channel": "phone", "request": {}}
    return RecordService(**usual | {"asset_id": asset_id} | given)


def kit_on(database: Database) -> Kit:
    """A kit on a database that ``prepare_desk`` prepared."""
    clock = StillClock()
    return Kit(_desk(database, clock), clock)


def decision_of(result: Result) -> Decision:
    """The decision that a result carries."""
    assert result.decision is not None, result.problems
    return result.decision.decision


def problem_codes(result: Result) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Code, detail and path of each problem, all of which can be put into words."""
    for problem in result.problems:
        assert all(problem_text(problem, language) for language in LANGUAGES)
    return [(problem.code.value, problem.detail, problem.path) for problem in result.problems]


def _desk(database: Database, clock: StillClock | None = None) -> Desk:
    return Desk(database, installed_plugins(), clock or StillClock())


def _succeeded(result: Result) -> int:
    assert result.problems == ()
    assert result.id is not None
    return result.id
