"""The demo as it stands in the database, on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.access.viewers import system_viewer
from backoffice.demo import load_demo
from backoffice.demo.reference_data import load_tariffs
from backoffice.domain.calendar import business_day
from backoffice.domain.period import Track
from backoffice.domain.record import RecordStatus
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    Channel,
    Customer,
    CustomerPhone,
    CustomerStage,
    Office,
    Product,
    ProductUpgrade,
    ProductVersion,
    ServiceRecord,
    Site,
    SiteDistance,
    SupportPeriod,
    TariffEdition,
)
from backoffice.models.database import Database
from backoffice.operations.cases import LoadHead, load_head
from backoffice.operations.desk import Desk
from backoffice.operations.proofs.reconcile import reconcile
from tests.builders import CASES, installed_plugins, prepare_reference
from tests.databases import Copies, MakeDatabase
from tests.plugins.test_first_party import OFFERED

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = business_day(NOW)


def desk_on(database: Database) -> Desk:
    return Desk(database, installed_plugins(), lambda: NOW)


def prepare_demo(database: Database) -> None:
    prepare_reference(database)
    list(load_demo(desk_on(database)))


@pytest.fixture(scope="module")
def database(copies: Copies) -> Iterator[Database]:
    """The demo, loaded once and only read."""
    with copies.copy(prepare_demo) as database:
        yield database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.reading() as session:
        yield session


def counted(session: Session, column: object) -> Counter[str]:
    return Counter(session.scalars(select(column)))


def stands(session: Session) -> Counter[str]:
    """Where each unit stands today by its support periods."""
    periods: dict[int, list[SupportPeriod]] = {}
    for period in session.scalars(select(SupportPeriod).where(SupportPeriod.track == Track.SUPPORT)):
        periods.setdefault(period.asset_id, []).append(period)
    return Counter(stand(of_one) for of_one in periods.values())


def stand(periods: list[SupportPeriod]) -> str:
    if any(period.starts_on <= TODAY < period.ends_before for period in periods):
        ahead = any(period.starts_on > TODAY for period in periods)
        return "inside, renewed ahead" if ahead else "inside"
    return "between" if any(period.starts_on > TODAY for period in periods) else "outside"


def test_there_are_sixty_customers(session: Session):
    assert counted(session, Customer.stage) == {CustomerStage.CUSTOMER: 55, CustomerStage.PROSPECT: 5}


def test_ninety_units_stand_inside_outside_and_between_periods(session: Session):
    assert stands(session) == {"inside": 62, "inside, renewed ahead": 6, "outside": 17, "between": 5}


def test_products_have_versions_and_one_was_withdrawn(session: Session):
    assert set(session.scalars(select(ProductVersion.product_id))) == set(session.scalars(select(Product.id)))
    withdrawn = session.scalars(select(ProductVersion).where(ProductVersion.withdrawn_on.is_not(None))).all()
    assert [version.label for version in withdrawn] == ["4.2"]


def test_most_products_can_be_upgraded_to_another(session: Session):
    upgraded = session.scalars(select(ProductUpgrade.product_id).distinct()).all()
    assert len(upgraded) > session.scalars(select(func.count(Product.id))).one() / 2


def test_some_periods_end_within_two_weeks(session: Session):
    ending = select(func.count()).where(
        SupportPeriod.track == Track.SUPPORT,
        SupportPeriod.ends_before > TODAY,
        SupportPeriod.ends_before <= TODAY + timedelta(days=14),
    )
    assert session.scalars(ending).one() >= 7


def test_some_units_were_renewed_after_a_gap(session: Session):
    gaps = select(func.count()).where(
        SupportPeriod.anchor_on == SupportPeriod.starts_on, SupportPeriod.kind == "renewal"
    )
    assert session.scalars(gaps).one() == 14


def test_some_allowances_are_used_up(session: Session):
    live = select(func.count()).where(AllowanceSlot.allowance_id == Allowance.id, AllowanceSlot.released_at.is_(None))
    used_up = select(func.count()).where(Allowance.quantity == live.scalar_subquery())
    assert session.scalars(used_up).one() >= 20


def test_about_five_hundred_services_are_recorded(session: Session):
    assert 480 <= counted(session, ServiceRecord.status).total() <= 500


def test_every_service_type_was_given(session: Session):
    assert set(counted(session, ServiceRecord.service_type)) == set(OFFERED)


def test_requests_came_by_every_channel(session: Session):
    assert set(counted(session, ServiceRecord.channel_code)) == set(session.scalars(select(Channel.code)))


def test_most_services_are_done_and_some_are_open_cancelled_or_voided(session: Session):
    statuses = counted(session, ServiceRecord.status)
    assert set(statuses) == set(RecordStatus)
    assert statuses["done"] + statuses["closed"] > 400


def test_services_were_free_by_allowance_by_tariff_and_by_quote(session: Session):
    assert set(counted(session, ServiceRecord.outcome)) == {"free", "allowance", "tariff", "quote"}


def test_head_office_branch_and_agency_have_records(session: Session):
    assert set(counted(session, ServiceRecord.office_id)) == set(session.scalars(select(Office.id)))


def test_the_services_are_of_the_last_fourteen_months(session: Session):
    first, last = session.execute(
        select(func.min(ServiceRecord.requested_at), func.max(ServiceRecord.requested_at))
    ).one()
    assert NOW - timedelta(days=430) < first < NOW - timedelta(days=390)
    assert NOW - timedelta(days=1) < last <= NOW


def test_some_distances_are_unknown(session: Session):
    known = session.scalars(select(func.count()).select_from(SiteDistance)).one()
    assert 0 < known < session.scalars(select(func.count()).select_from(Site)).one()


def test_no_phone_is_likely_to_be_anybodys(session: Session):
    assert [raw for raw in session.scalars(select(CustomerPhone.raw)) if "000" not in raw] == []


def test_customers_and_products_are_named_as_demo(session: Session):
    codes = [*session.scalars(select(Customer.code)), *session.scalars(select(Product.sku))]
    assert [code for code in codes if not code.startswith("DEMO-")] == []


def test_the_books_agree(session: Session):
    assert reconcile(session) == ()


def test_a_second_load_adds_nothing(database: Database):
    assert list(load_demo(desk_on(database), seed=2)) == ["The demo data are here already; nothing was added."]


def test_tariffs_that_are_there_stay(make_database: MakeDatabase):
    desk = desk_on(make_database(prepare_reference))
    load_head(desk, system_viewer(), LoadHead(data=CASES))
    assert not load_tariffs(desk)
    with desk.database.reading() as session:
        assert set(session.scalars(select(TariffEdition.source))) == {CASES["note"]}
