"""A small desk that has something of everything: offices, customers, periods, allowances, records of many types."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product as pairs

from sqlalchemy import update

from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import TEHRAN
from backoffice.domain.service import Mode
from backoffice.models import (
    Asset,
    Channel,
    Customer,
    CustomerKind,
    CustomerStage,
    Office,
    ProductVersion,
    ServiceRecord,
    SiteDistance,
    SupportPeriod,
    SupportPlan,
    TariffEdition,
)
from backoffice.models.database import Database
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.plugins import Registry
from tests.builders import NOW, Kit, installed_plugins, kit_on, prepare_desk, recording

GONE = frozenset({"customization", "success_call"})
"""Service types whose plugins are taken away after some records were made of them."""

CUSTOMERS = (
    ("شرکت چاپ رنگین", "CHAP", "تهران", CustomerKind.COMPANY, ("09121112233", "021-22334455")),
    ("كارگاه علي يزدي", "YAZD-1", "یزد", CustomerKind.COMPANY, ("0912 444 55 66",)),
    ("خانم رضایی", "R%_1", None, CustomerKind.PERSON, ()),
    ("چاپ و نشر خانه\u200cکتاب", "book", "تهران", CustomerKind.PERSON, ("+989121112234",)),
)

MODES = (Mode.REMOTE, Mode.PHONE, Mode.ON_SITE, Mode.AT_COMPANY)
REQUESTS = {
    "troubleshooting": {"error_message": "خطای ۴۲", "software_version": "5.1"},
    "access_codes": {"code_kind": "SERIAL"},
    "customization": {"needed_by": "2026-09-01", "wish": "گزارش تازه"},
    "training": {"topic": "آشنایی"},
}


def without_the_gone() -> Registry:
    """The plugins that are left when the desk is read."""
    registry = installed_plugins()
    kept = {code: kind for code, kind in registry.service_types.items() if code not in GONE}
    return replace(registry, service_types=kept)


def prepare_world(database: Database) -> None:
    """Everything through the operations, but for what none of them does yet."""
    prepare_desk(database)
    kit = kit_on(database)
    products = [
        kit.product(sku="PD-100", name="اسکنر پادرا", family="اسکنر"),
        kit.product(sku="pd_200", name="پرینتر خانه", family=None),
        kit.product(sku="X%9", name="Press PD-100", family="چاپ"),
    ]
    _release(kit, products)
    assets: list[int] = []
    for number, (name, code, city, kind, phones) in enumerate(CUSTOMERS):
        customer = kit.customer(name=name, code=code, city=city, kind=kind, phones=phones)
        sites = [kit.site(customer, distance, title=f"محل {distance}") for distance in (None, 18_000, 140_000)[:number]]
        for serial, days in enumerate((20, 360, 900)[: number + 1]):
            bought = kit.purchase(
                customer_id=customer,
                product_id=products[(number + serial) % 3],
                serial_number=f"PD-{number}A{serial}ي" if serial else f"SN_{number}",
                purchased_on=(NOW - timedelta(days=days)).date(),
                site_id=sites[-1] if sites and serial != 1 else None,
            )
            assets.append(bought)
    kit.customer(name="مشتری آینده", code="LEAD", stage=CustomerStage.PROSPECT, kind=CustomerKind.PERSON)
    _serve(kit, assets)
    _renew(kit, assets)
    _add_what_no_operation_does(database)


def _release(kit: Kit, products: Sequence[int]) -> None:
    """Versions out of their order, one withdrawn and released anew, and upgrades in a circle and beyond."""
    scanner, printer, press = products
    for product, label, days in (
        (scanner, "5.1", 300),
        (scanner, "5.2", 20),
        (scanner, "5.0", 500),
        (printer, "۱٫۰ آزمایشی", 20),
        (printer, "1.0", 20),
    ):
        released_on = (NOW - timedelta(days=days)).date()
        command = ReleaseProductVersion(product_id=product, label=label, released_on=released_on, notes=f"نکتهٔ {days}")
        assert release_product_version(kit.desk, kit.supervisor, command).problems == ()
    for version in (*kit.rows(ProductVersion, label="5.2"), *kit.rows(ProductVersion, product_id=printer)):
        command = WithdrawProductVersion(product_version_id=version.id, reason="ثبت اشتباه")
        assert withdraw_product_version(kit.desk, kit.supervisor, command).problems == ()
    again = ReleaseProductVersion(product_id=scanner, label="5.2", released_on=(NOW - timedelta(days=40)).date())
    assert release_product_version(kit.desk, kit.supervisor, again).problems == ()
    for product, targets in ((scanner, (press, printer)), (printer, (scanner,))):
        command = SetProductUpgrades(id=product, version=1, target_ids=targets)
        assert set_product_upgrades(kit.desk, kit.supervisor, command).problems == ()


def _serve(kit: Kit, assets: list[int]) -> None:
    """Records by both offices, over some months, and what became of them."""
    types = sorted(installed_plugins().service_types)
    made: list[Result] = []
    for number, (asset, code) in enumerate(pairs(assets, types)):
        if number % 4 == 3:
            continue
        made += _one_service(kit, number, asset, code)
    made += _one_service(kit, 1, None, "demo", customer_id=kit.rows(Customer, code="LEAD")[0].id)
    done = [one.id for one in made if one.id is not None]
    for number, record in enumerate(kit.rows(ServiceRecord)):
        viewer = kit.supervisor
        ending = {"id": record.id, "version": record.version, "reason": f"دلیل {number}"}
        if number % 7 == 0 and record.performed_at is not None:
            void_service(kit.desk, viewer, VoidService(**ending))
        elif number % 5 == 0 and record.performed_at is None:
            cancel_service(kit.desk, viewer, CancelService(**ending))
    assert len(done) > 40


def _one_service(kit: Kit, number: int, asset: int | None, code: str, **given: object) -> Iterator[Result]:
    """One that is refused for want of an input or an offer leaves no record, and is tried in the next mode."""
    viewer: Viewer = kit.staff(("agent", "other_agent", "supervisor")[number % 3])
    at = NOW - timedelta(days=11 * (number % 9), minutes=number // 2)
    performed = {"performed_at": at + timedelta(hours=2), "minutes": 20 + number} if number % 2 else {}
    for turn in range(len(MODES)):
        command = recording(
            asset,
            service_type=code,
            mode=MODES[(number + turn) % len(MODES)],
            channel=("phone", "portal", "whatsapp")[number % 3],
            requested_at=at,
            request=REQUESTS.get(code, {}),
            **performed,
            **given,
        )
        result = record_service(replace(kit.desk, clock=lambda: at + timedelta(days=1)), viewer, command)
        if result.id is not None:
            yield result
            return


def _renew(kit: Kit, assets: list[int]) -> None:
    for asset in assets[::3]:
        last = max(period.ends_before for period in kit.rows(SupportPeriod, asset_id=asset, track="support"))
        command = RenewSupport(asset_id=asset, starts_on=last)
        assert renew_support(kit.desk, kit.supervisor, command).problems == ()


def _add_what_no_operation_does(database: Database) -> None:
    """An asset with a new owner, assignees, more versions of the plan, more distances, a channel that is not used."""
    with database.writing() as session:
        offices = {office.code: office.id for office in session.query(Office)}
        records = session.query(ServiceRecord).order_by(ServiceRecord.id).all()
        staff = {record.author_id for record in records}
        for number, record in enumerate(records):
            values: dict[str, object] = {"assignee_id": min(staff) if number % 3 == 0 else None}
            if number % 4 == 0:
                values["scheduled_at"] = record.requested_at + timedelta(days=3)
            if number % 7 == 0:  # by a release of the plugin that was taken back
                values["request_version"] = 99
            session.execute(update(ServiceRecord).where(ServiceRecord.id == record.id).values(**values))
        moved = session.query(Asset).filter_by(serial_number="SN_3").one()
        new_owner = session.query(Customer).filter_by(code="CHAP").one()
        session.execute(update(Asset).where(Asset.id == moved.id).values(customer_id=new_owner.id, site_id=None))
        plan = session.query(SupportPlan).first()
        assert plan is not None
        for version, published in ((2, NOW), (3, None)):
            session.add(
                SupportPlan(
                    code=plan.code,
                    version=version,
                    name=f"طرح {version}",
                    document_hash=plan.document_hash,
                    published_at=published,
                    created_at=NOW,
                )
            )
        session.add(Channel(code="fax", labels={"fa": "دورنگار", "en": "Fax"}, position=0, active=False))
        session.add(
            TariffEdition(jalali_year=1405, version=9, effective_from=date(2026, 7, 1), source="-", created_at=NOW)
        )
        for site in session.query(SiteDistance).all():
            other = SiteDistance(
                site_id=site.site_id, office_id=offices["TABRIZ"], metres=1, measured_on=date(2026, 1, 1)
            )
            session.add(other)
        session.flush()
        later = session.query(SupportPeriod).filter(SupportPeriod.starts_on > NOW.date()).first()
        assert later is not None
        later.cancelled_at = NOW


MONTH = datetime(2026, 6, 22, tzinfo=TEHRAN).astimezone(UTC)
"""The first moment of Tir 1405."""
