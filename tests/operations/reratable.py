"""Records that wait for a better decision: priced before their year's edition, or charged for want of a slot."""

from datetime import UTC, datetime

from sqlalchemy import update

from backoffice.domain.service import Mode
from backoffice.models import Charge, ChargeStatus, RatingSuggestion, SuggestionStatus
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.result import Result
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from tests.builders import Kit, recording

SPRING = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
"""21 Farvardin 1405: before the year's first edition."""

LINES = "code,unit,rate_rials\nhour,hour,9000000\nkm,kilometre,45000\ncallout,call_out,2000000"
TRAINING = {"service_type": "training", "minutes": 60}
"""Remotely, of which a period has one for free."""


def provisional(kit: Kit, at: datetime = SPRING, **given: object) -> int:
    """The id of a visit far away, done at that moment; priced provisionally unless the year has its edition."""
    given = {"mode": Mode.ON_SITE, "distance_metres": 90_000, "performed_at": at, "requested_at": at} | given
    result = record_service(kit.at(at), kit.agent, recording(kit.purchase(), **given))
    assert result.id is not None
    return result.id


def late_edition(kit: Kit, begins: str = "1405/01/01", lines: str = LINES) -> int:
    """The id of a third edition of 1405, imported by finance and approved by an administrator."""
    content = f"jalali_year,1405\nversion,3\neffective_from,{begins}\nsource,guild\n{lines}"
    finance = kit.staff("finance")
    imported = import_tariff(kit.desk, finance, ImportTariff(file_name="t.csv", content=content.encode()))
    assert imported.problems == ()
    approved = approve_tariff(kit.desk, kit.staff("admin"), ApproveTariff(jalali_year=1405, version=3))
    assert (approved.problems, approved.id) == ((), imported.id)
    return approved.id


def charge_in(kit: Kit, record_id: int, status: ChargeStatus) -> None:
    """Take the record's charge so far by hand: no operation exports or settles charges."""
    with kit.desk.database.writing() as session:
        session.execute(update(Charge).where(Charge.record_id == record_id).values(status=status))


def trained(kit: Kit, asset_id: int, count: int = 1) -> list[int]:
    """The ids of so many trainings done now."""
    return [kit.done(asset_id, **TRAINING) for _ in range(count)]


def void(kit: Kit, record_id: int, version: int = 1) -> Result:
    return void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=version, reason="اشتباه ثبت شد"))


def suggestions(kit: Kit, *record_ids: int) -> list[RatingSuggestion]:
    return [one for one in kit.rows(RatingSuggestion) if one.record_id in record_ids]


def ids_of(kit: Kit, *record_ids: int) -> tuple[int, ...]:
    """The open suggestions about these records, in the order in which they were made."""
    found = suggestions(kit, *record_ids)
    return tuple(one.id for one in found if one.status is SuggestionStatus.SUGGESTED)


def accept(kit: Kit, *record_ids: int) -> Result:
    return accept_reratings(kit.desk, kit.supervisor, AcceptReratings(ids=ids_of(kit, *record_ids)))
