"""Whatever people do in whatever order: the books agree, and statistics say what a plain count says."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import lists, sampled_from, tuples
from sqlalchemy import func, select

from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import WORKED, RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    Asset,
    AuditEntry,
    Charge,
    ChargeStatus,
    CoverageDecision,
    OverrideRequest,
    RatingSuggestion,
    ServiceRecord,
    SuggestionStatus,
    SupportPeriod,
)
from backoffice.operations.command import Command
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from backoffice.operations.desk import Desk
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.approve_override import ApproveOverride, approve_override
from backoffice.operations.overrides.decline_override import DeclineOverride, decline_override
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.preview_reratings import SeeReratings
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.query.entities import core_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from tests.builders import Kit, kit_on, prepare_desk, recording
from tests.databases import Copies
from tests.query.drawn_records import counted

LONG = "BACKOFFICE_TEST_EXAMPLES"
"""How many sequences of events to try, drawn anew each time, instead of the same few."""

BEGIN = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
"""5 Farvardin 1405: six weeks before the year's first tariff."""

SERVICES: Sequence[Mapping[str, Any]] = (
    {"service_type": "training", "minutes": 60},
    {"service_type": "training", "minutes": 90},
    {"service_type": "training"},
    {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 12_000},
    {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 30_000},
    {"mode": Mode.AT_COMPANY, "minutes": 90},
    {"minutes": 45},
    {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 150_000},
    {"service_type": "customization"},
    {"service_type": "troubleshooting"},
)
"""Most draw on an allowance of one; others on one of two, are charged, quoted or free. An installation unless said."""

OVERRIDES = ((Outcome.FREE, None), (Outcome.QUOTE, None), (Outcome.TARIFF, 1_500_000), (Outcome.TARIFF, 90_000_000))
COMPLETIONS: Sequence[Mapping[str, Any]] = (
    {},
    {"minutes": 400},
    {"distance_metres": 150_000},
    {"distance_metres": 9_000},
)
OPEN = frozenset({RecordStatus.REQUESTED, RecordStatus.SCHEDULED, RecordStatus.IN_PROGRESS})
GROUPS: Sequence[Sequence[str]] = (
    (),
    ("STATUS",),
    ("OUTCOME", "STATUS"),
    ("SERVICE_TYPE", "MODE"),
    ("PRODUCT", "JALALI_MONTH"),
    ("JALALI_MONTH", "OUTCOME", "CHANNEL"),
)
SUMS = ("count", "amount", "shadow_amount")
STATS = want(*SUMS, keys=want("value"))
WHY = {"reason": "آزمون"}

Row = TypeVar("Row")


class Office:
    """Two offices at work on two devices of one customer, whose allowances are used up; another may buy one.

    Every deed is told by two numbers: which of what there is, and how.
    """

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.kit.clock.now = BEGIN
        self.versions = count(3)  # of the year's tariff, beside the desk's own two
        self.customers = [self.kit.customer(), self.kit.customer()]
        self.assets = [self.kit.purchase(customer_id=self.customers[0]) for _ in range(2)]
        for asset_id, service in ((0, 0), (0, 0), (0, 0), (0, 3), (0, 3), (1, 0), (1, 0)):
            self.kit.done(self.assets[asset_id], **SERVICES[service])

    def let_time_pass(self, which: int, how: int) -> None:
        self.kit.clock.move(days=how % 20)

    def record(self, which: int, how: int) -> None:
        now = self.kit.clock.now
        moments = {"requested_at": now - timedelta(days=how % 9), "performed_at": None if how % 4 == 0 else now}
        command = recording(self.assets[which % 3 // 2], **SERVICES[how % len(SERVICES)], **moments)
        self.do(record_service, command, "other_agent" if how % 3 == 0 else "agent")

    def schedule(self, which: int, how: int) -> None:
        tomorrow = self.kit.clock.now + timedelta(days=1)
        self.do(schedule_service, ScheduleService(**self.about(which, OPEN), scheduled_at=tomorrow))

    def start(self, which: int, how: int) -> None:
        self.do(start_service, StartService(**self.about(which, OPEN)))

    def complete(self, which: int, how: int) -> None:
        happened = COMPLETIONS[how % len(COMPLETIONS)]
        self.do(complete_service, CompleteService(**self.about(which, OPEN), **happened))

    def close(self, which: int, how: int) -> None:
        self.do(close_service, CloseService(**self.about(which, {RecordStatus.DONE})))

    def reopen(self, which: int, how: int) -> None:
        self.do(reopen_service, ReopenService(**self.about(which, {RecordStatus.DONE}), **WHY))

    def cancel(self, which: int, how: int) -> None:
        self.do(cancel_service, CancelService(**self.about(which, OPEN), **WHY))

    def void(self, which: int, how: int) -> None:
        self.do(void_service, VoidService(**self.about(which, WORKED), **WHY))

    def override(self, which: int, how: int) -> None:
        outcome, amount = OVERRIDES[how % len(OVERRIDES)]
        command = OverrideCoverage(**self.about(which, RecordStatus), outcome=outcome, amount=amount, **WHY)
        self.do(override_coverage, command, "supervisor")

    def settle_an_override(self, which: int, how: int) -> None:
        request = one_of(self.kit.rows(OverrideRequest), which)
        if request is not None and how % 3:
            self.do(approve_override, ApproveOverride(id=request.id))
        elif request is not None:
            self.do(decline_override, DeclineOverride(id=request.id, **WHY))

    def enter_an_opening_balance(self, which: int, how: int) -> None:
        keys = sorted({row.key for row in self.kit.rows(Allowance)})
        balance = OpeningBalance(key=keys[which % len(keys)], used=how % 4 - 1)
        command = SetOpeningBalances(asset_id=self.assets[which % 2], balances=(balance,), **WHY)
        self.do(set_opening_balances, command)

    def transfer(self, which: int, how: int) -> None:
        asset = self.kit.row(Asset, self.assets[which % 2])
        (to,) = set(self.customers) - {asset.customer_id}
        when = {"version": asset.version, "transferred_on": self.kit.clock.now.date()}
        self.do(transfer_asset, TransferAsset(asset_id=asset.id, customer_id=to, **when, **WHY))

    def renew(self, which: int, how: int) -> None:
        asset_id = self.assets[which % 2]
        last = max(row.ends_before for row in self.kit.rows(SupportPeriod, asset_id=asset_id, track="support"))
        self.do(renew_support, RenewSupport(asset_id=asset_id, starts_on=last))

    def approve_a_tariff(self, which: int, how: int) -> None:
        version, rate = next(self.versions), how % 9 + 1
        lines = f"code,unit,rate_rials\nhour,hour,{rate}000000\nkm,kilometre,{rate}0000\ncallout,call_out,{rate}500000"
        content = f"jalali_year,1405\nversion,{version}\neffective_from,1405/01/01\nsource,guild\n{lines}".encode()
        self.do(import_tariff_alone, ImportTariff(file_name="t.csv", content=content), "finance")
        self.do(approve_tariff, ApproveTariff(jalali_year=1405, version=version))

    def confirm_a_charge(self, which: int, how: int) -> None:
        charge = one_of(self.kit.rows(Charge, status=ChargeStatus.PROPOSED), which)
        if charge is not None:
            self.do(confirm_charge, ConfirmCharge(id=charge.id), "finance")

    def take_a_charge_to_the_books(self, which: int, how: int) -> None:
        """By hand: no operation exports charges yet."""
        charge = one_of(self.kit.rows(Charge, status=ChargeStatus.CONFIRMED), which)
        if charge is not None:
            with self.kit.desk.database.writing() as session:
                session.get_one(Charge, charge.id).status = ChargeStatus.EXPORTED

    def settle_suggestions(self, which: int, how: int) -> None:
        there = self.kit.rows(RatingSuggestion, status=SuggestionStatus.SUGGESTED)
        ids = tuple({one.id for number in (which, how) if (one := one_of(there, number))})
        if ids and how % 4:
            foresee(accept_reratings, self.kit.desk, self.kit.staff("finance"), SeeReratings(ids=tuple(ids)))
            self.do(accept_reratings, AcceptReratings(ids=ids), "finance")
        elif ids:
            self.do(dismiss_reratings, DismissReratings(ids=ids, **WHY), "finance")

    def do(self, run: Callable[[Desk, Viewer, Any], Result], command: Command, username: str = "admin") -> None:
        """Whatever comes of it; a refusal leaves nothing behind."""
        before = self._traces()
        result = run(self.kit.desk, self.kit.staff(username), command)
        assert not result.problems or self._traces() == before, result.problems

    def about(self, which: int, statuses: Collection[RecordStatus]) -> dict[str, int]:
        """The id and version of a record in one of these states; of any, where there is none."""
        records = self.kit.rows(ServiceRecord)
        record = one_of([row for row in records if row.status in statuses] or records, which)
        return {"id": 0, "version": 1} if record is None else {"id": record.id, "version": record.version}

    def everything_agrees(self) -> None:
        """What holds of every desk at any time."""
        with self.kit.desk.database.reading() as session:
            assert reconcile(session) == ()
            decided = session.scalars(select(CoverageDecision.id)).all()
            assert [one for one in decided if not replay(session, one).same] == []
            records = session.execute(select(*ServiceRecord.__table__.c)).mappings().all()
            for username in ("admin", "other_agent"):
                viewer = self.kit.staff(username)
                plans = Plans(core_entities(), self.kit.desk.registry)
                reader = Reader(session, viewer, today=self.kit.clock.now.date(), plans=plans)
                for names in GROUPS:
                    told = reader.stats({"group_by": names}, STATS)
                    rows = [(tuple(k["value"] for k in row["keys"]), *map(row.get, SUMS)) for row in told]
                    assert rows == counted(records, names, {}, viewer), names
        self.nobody_who_paid_for_want_of_a_free_slot_was_forgotten()

    def nobody_who_paid_for_want_of_a_free_slot_was_forgotten(self) -> None:
        live = [slot.allowance_id for slot in self.kit.rows(AllowanceSlot, released_at=None)]
        free = {(a.period_id, a.key): a.id for a in self.kit.rows(Allowance) if live.count(a.id) < a.quantity}
        slots = {slot.id: slot.allowance_id for slot in self.kit.rows(AllowanceSlot)}
        suggestions = [row for row in self.kit.rows(RatingSuggestion) if row.freed_slot_id is not None]
        waiting = {(one.against_id, slots[one.freed_slot_id]) for one in suggestions if one.settled_at is None}
        dismissed = {one.record_id for one in suggestions if one.status is SuggestionStatus.DISMISSED}
        for record in self.kit.rows(ServiceRecord):
            decision = self.kit.row(CoverageDecision, record.coverage_id)
            for reason in decision.reasons:
                if record.status in WORKED and reason["code"] == "allowance_exhausted":
                    allowance = free.get((decision.period_id, reason["params"]["allowance"]))
                    found = (decision.id, allowance) in waiting or record.id in dismissed
                    assert allowance is None or found, record.id

    def _traces(self) -> int:
        with self.kit.desk.database.reading() as session:
            return session.scalars(select(func.count()).select_from(AuditEntry)).one()


def one_of(rows: Sequence[Row], which: int) -> Row | None:
    return rows[which % len(rows)] if rows else None


def import_tariff_alone(desk: Desk, viewer: Viewer, command: ImportTariff) -> Result:
    return import_tariff(desk, viewer, command)


DEEDS: Mapping[Callable[[Office, int, int], None], int] = {
    Office.record: 12,
    Office.void: 5,
    Office.settle_suggestions: 7,
    Office.complete: 3,
    Office.cancel: 2,
    Office.reopen: 2,
    Office.override: 2,
    Office.settle_an_override: 2,
    Office.enter_an_opening_balance: 2,
    Office.confirm_a_charge: 2,
    Office.let_time_pass: 2,
    Office.approve_a_tariff: 1,
    Office.take_a_charge_to_the_books: 1,
    Office.close: 1,
    Office.schedule: 1,
    Office.start: 1,
    Office.transfer: 1,
    Office.renew: 1,
}
"""How often each is done, beside the others."""

Happening = tuple[Callable[[Office, int, int], None], int, int]


def test_in_whatever_order_things_happen_the_books_agree(copies: Copies) -> None:
    long = int(os.environ.get(LONG, "0"))
    deeds = sampled_from([deed for deed, often in DEEDS.items() for _ in range(often)])
    number = sampled_from(range(120))
    happenings = lists(tuples(deeds, number, number), min_size=40, max_size=80)

    @settings(
        max_examples=long or 6,
        derandomize=not long,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(happenings)
    def in_that_order(happened: Sequence[Happening]) -> None:
        with copies.copy(prepare_desk) as database:
            office = Office(kit_on(database))
            for deed, which, how in happened:
                deed(office, which, how)
            office.everything_agrees()

    in_that_order()
