"""What the demo's desk is furnished with before its first customer: offices, staff, products, tariffs and taxes."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from backoffice.access.viewers import system_viewer
from backoffice.demo.operation_player import DemoFailed
from backoffice.demo.purchases import Model, Version
from backoffice.demo.words import words
from backoffice.domain.calendar import business_day, jalali_year, parse_jalali
from backoffice.domain.problem import ErrorCode
from backoffice.models import Office, OfficeKind, Product, ProductVersion
from backoffice.operations.cases import LoadHead, load_head
from backoffice.operations.desk import Desk
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.operations.reference.add_office import AddOffice, add_office
from backoffice.operations.result import Result
from backoffice.operations.staff.add_staff import AddStaff, add_staff


def furnish(desk: Desk, models: Iterable[Model]) -> None:
    """Add the demo's offices and staff, and these products."""
    furniture = words("desk")
    for office in furniture["offices"]:
        _succeeded(add_office(desk, system_viewer(), AddOffice(**office | {"kind": OfficeKind(office["kind"])})))
    for one in furniture["staff"]:
        _succeeded(add_staff(desk, system_viewer(), AddStaff(password=secrets.token_urlsafe(32), **one)))
    for model in models:
        command = CreateProduct(sku=model.sku, name=model.name, family=model.family, support_plan=desk.default_plan)
        _succeeded(create_product(desk, system_viewer(), command))


def release_versions(desk: Desk, models: Iterable[Model]) -> None:
    """Enter the released versions of the demo's products, and what these can be upgraded to."""
    today = business_day(desk.clock())
    with desk.database.reading() as session:
        ids = dict(session.execute(select(Product.sku, Product.id)).all())
    for model in models:
        for version in model.versions:
            _release(desk, ids[model.sku], version, today - timedelta(days=version.days_ago))
        if model.upgrades_to:
            targets = tuple(ids[sku] for sku in model.upgrades_to)
            command = SetProductUpgrades(id=ids[model.sku], version=1, target_ids=targets)
            _succeeded(set_product_upgrades(desk, system_viewer(), command))


def load_tariffs(desk: Desk) -> bool:
    """Add invented tariff editions, dated VAT and billed minutes; False where the desk has some already."""
    result = load_head(desk, system_viewer(), LoadHead(data=tariffs(business_day(desk.clock()))))
    if any(problem.code is ErrorCode.CONFLICT for problem in result.problems):
        return False
    _succeeded(result)
    return True


def tariffs(today: date) -> Mapping[str, Any]:
    """The invented tariffs as a head of a file of cases, for the Jalali years up to that of ``today``."""
    told = words("tariffs")
    return {
        "note": told["note"],
        "tariffEditions": [_edition(edition, jalali_year(today)) for edition in told["editions"]],
        "taxRates": [{"before": None, **tax} for tax in told["taxes"]],
        "billing": told["billing"],
    }


def is_furnished(desk: Desk) -> bool:
    """Whether the demo has been here before."""
    codes = [office["code"] for office in words("desk")["offices"]]
    with desk.database.reading() as session:
        return session.scalar(select(Office.id).where(Office.code.in_(codes)).limit(1)) is not None


def _edition(edition: Mapping[str, Any], this_year: int) -> Mapping[str, Any]:
    year = this_year - edition["years_ago"]
    month, day = edition["from"]
    return {
        "jalaliYear": year,
        "version": edition["version"],
        "effectiveFrom": parse_jalali(f"{year}/{month}/{day}").isoformat(),
        "rates": edition["rates"],
    }


def _release(desk: Desk, product_id: int, version: Version, day: date) -> None:
    release = ReleaseProductVersion(product_id=product_id, label=version.label, released_on=day, notes=version.notes)
    _succeeded(release_product_version(desk, system_viewer(), release))
    if version.withdrawn is not None:
        released = select(ProductVersion.id).filter_by(product_id=product_id, label=version.label)
        with desk.database.reading() as session:
            version_id = session.scalars(released).one()
        withdrawal = WithdrawProductVersion(product_version_id=version_id, reason=version.withdrawn)
        _succeeded(withdraw_product_version(desk, system_viewer(), withdrawal))


def _succeeded(result: Result) -> None:
    if result.problems:
        raise DemoFailed("; ".join(str(problem) for problem in result.problems))
