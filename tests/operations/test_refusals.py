"""Every operation against all that stands in its way: no permission, nothing there, another office, another state.

Each refusal is data with a code, a detail and the path of a field, and says itself in Persian and in English.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.access.permissions import PERMISSIONS
from backoffice.access.viewer import Forbidden, Viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.plan import PlanTerm, Side, TermOutcome
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import (
    AuditEntry,
    Charge,
    CustomerKind,
    OfficeKind,
    OverrideRequest,
    RatingSuggestion,
    ServiceRecord,
    SuggestionStatus,
)
from backoffice.operations.cases import LoadHead, load_head
from backoffice.operations.catalogue import core_operations
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.approve_override import ApproveOverride, approve_override
from backoffice.operations.overrides.decline_override import DeclineOverride, decline_override
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.plans.add_plan_addendum import Addendum, AddPlanAddendum, add_plan_addendum
from backoffice.operations.plans.import_plan import ImportPlan, import_plan
from backoffice.operations.plans.publish_draft import PublishDraft, publish_draft
from backoffice.operations.plans.publish_plan import PublishPlan, publish_plan
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.operations.proofs.rebuild_summary import RebuildSummary, rebuild_summary
from backoffice.operations.reference.add_office import AddOffice, ChangeOffice, add_office, change_office
from backoffice.operations.reference.load_reference import LoadReference, load_reference
from backoffice.operations.reference.save_channel import AddChannel, ChangeChannel, add_channel, change_channel
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.preview_reratings import SeeReratings
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.operations.services.record_service import PreviewService, RecordService, record_service
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.signin.count_failed_sign_in import CountFailedSignIn, count_failed_sign_in
from backoffice.operations.signin.rehash_password import RehashPassword, rehash_password
from backoffice.operations.signin.sign_in import SignIn, sign_in
from backoffice.operations.signin.sign_out import SignOut, sign_out
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.staff.create_token import CreateToken, create_token
from backoffice.operations.staff.deactivate_staff import DeactivateStaff, deactivate_staff
from backoffice.operations.staff.move_staff import MoveStaff, move_staff
from backoffice.operations.staff.reactivate_staff import ReactivateStaff, reactivate_staff
from backoffice.operations.staff.reset_password import ResetPassword, reset_password
from backoffice.operations.staff.revoke_token import RevokeToken, revoke_token
from backoffice.operations.staff.set_staff_roles import SetStaffRoles, set_staff_roles
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.operations.tariffs.import_taxes import ImportTaxes, import_taxes
from backoffice.operations.tariffs.map_tariff import MapTariff, UnmapTariff, map_tariff, unmap_tariff
from backoffice.operations.tariffs.review_tariff import review_tariff
from backoffice.wording import problem_text
from tests.builders import CASES, NOW, PURCHASED_ON, Kit, problem_codes
from tests.operations.test_permissions import MACHINERY, MODULES, functions_of_a_viewer

UNKNOWN = 999_999
NEVER = (0, -1, 2**63, 2**64)
ID_FIELDS = ("id", "customer_id", "product_id", "product_version_id", "asset_id")
TODAY = NOW.date()
FILE = {"file_name": "t.csv", "content": b""}
PLAN = shipped_plan()
TERM = PlanTerm(key="x.inside", side=Side.INSIDE, service_type="x", outcome=TermOutcome.FREE, seed_ref="x")
SERVICE = {"service_type": "installation", "mode": Mode.REMOTE, "channel": "phone", "request": {}}
ASKED = {"service_type": "installation", "mode": Mode.REMOTE}
WHY = {"reason": "آزمون"}

Found = tuple[str, str | None, tuple[str, ...]]
NO_ID: Found = ("NOT_FOUND", None, ("id",))
STALE: Found = ("STALE", None, ("version",))


@dataclass(frozen=True)
class Operation:
    """An operation with its permission, a command about nothing that is there, and what it says to that."""

    run: Callable[..., Any]
    permission: str
    arguments: tuple[Any, ...]
    says: Found | None = None

    @property
    def name(self) -> str:
        return getattr(self.run, "name", None) or self.run.__name__


def of(run: Callable[..., Any], permission: str, *arguments: Any, says: Found | None = None) -> Operation:
    return Operation(run, permission, arguments, says)


def foreseen(operation: Any) -> Callable[..., Any]:
    """Foreseeing an operation, as if that were one."""

    def foreseeing(desk: Any, viewer: Viewer, command: Any) -> Result:
        return foresee(operation, desk, viewer, command)

    foreseeing.__name__ = f"foresee {operation.name}"
    return foreseeing


preview_service, preview_completion = foreseen(record_service), foreseen(complete_service)
preview_plan, preview_plan_addendum = foreseen(import_plan), foreseen(add_plan_addendum)
preview_tariff, preview_taxes = foreseen(import_tariff), foreseen(import_taxes)
preview_reratings = foreseen(accept_reratings)


def nothing(field: str, detail: str | None = None) -> Found:
    return ("NOT_FOUND", detail, (field,))


OPERATIONS = [
    of(load_reference, "system.operate", LoadReference()),
    of(rebuild_summary, "system.operate", RebuildSummary()),
    of(load_head, "tariff.approve", LoadHead(data=CASES)),
    of(add_office, "office.manage", AddOffice(code="X", name="x", kind=OfficeKind.AGENCY)),
    of(change_office, "office.manage", ChangeOffice(id=UNKNOWN), says=NO_ID),
    of(add_channel, "channel.manage", AddChannel(code="sms", label_fa="پیامک", label_en="SMS")),
    of(change_channel, "channel.manage", ChangeChannel(code="pigeon"), says=nothing("code")),
    of(add_staff, "staff.manage", AddStaff(username="x", role="agent", password="x")),
    of(set_staff_roles, "staff.manage", SetStaffRoles(id=UNKNOWN, roles=("agent",)), says=NO_ID),
    of(move_staff, "staff.manage", MoveStaff(id=UNKNOWN, office="HQ"), says=NO_ID),
    of(deactivate_staff, "staff.manage", DeactivateStaff(id=UNKNOWN), says=NO_ID),
    of(reactivate_staff, "staff.manage", ReactivateStaff(id=UNKNOWN), says=NO_ID),
    of(reset_password, "staff.manage", ResetPassword(id=UNKNOWN, password="a long enough one"), says=NO_ID),
    of(sign_in, "system.operate", SignIn(id=UNKNOWN), says=NO_ID),
    of(sign_out, "system.operate", SignOut(id=UNKNOWN), says=NO_ID),
    of(count_failed_sign_in, "system.operate", CountFailedSignIn(id=UNKNOWN), says=NO_ID),
    of(rehash_password, "system.operate", RehashPassword(id=UNKNOWN, password_hash="x"), says=NO_ID),
    of(create_token, "token.manage", CreateToken(username="nobody"), says=nothing("username", "unknown_user")),
    of(revoke_token, "token.manage", RevokeToken(id=UNKNOWN), says=NO_ID),
    of(publish_plan, "plan.write", PublishPlan(plan=PLAN)),
    of(import_plan, "plan.write", ImportPlan(content=b"")),
    of(preview_plan, "plan.write", ImportPlan(content=b"")),
    of(publish_draft, "plan.write", PublishDraft(code="gold"), says=nothing("code", "unknown_plan")),
    of(
        add_plan_addendum,
        "plan.write",
        AddPlanAddendum(plan="gold", version=1, effective_from=TODAY, terms=(TERM,), **WHY),
        says=nothing("plan", "unknown_plan_version"),
    ),
    of(
        preview_plan_addendum,
        "plan.write",
        Addendum(plan="gold", version=1, effective_from=TODAY, terms=(TERM,)),
        says=nothing("plan", "unknown_plan_version"),
    ),
    of(import_tariff, "tariff.write", ImportTariff(**FILE)),
    of(preview_tariff, "tariff.write", ImportTariff(**FILE)),
    of(review_tariff, "tariff.read", 1405, 9),
    of(
        approve_tariff,
        "tariff.approve",
        ApproveTariff(jalali_year=1405, version=9),
        says=("NOT_FOUND", "unknown_tariff_edition", ()),
    ),
    of(import_taxes, "tariff.write", ImportTaxes(**FILE)),
    of(preview_taxes, "tariff.write", ImportTaxes(**FILE)),
    of(
        map_tariff,
        "tariff.write",
        MapTariff(service_type="x", labour="hour"),
        says=nothing("service_type", "service_type"),
    ),
    of(unmap_tariff, "tariff.write", UnmapTariff(service_type="x"), says=nothing("service_type")),
    of(create_customer, "customer.write", CreateCustomer(name="x", kind=CustomerKind.PERSON)),
    of(update_customer, "customer.write", UpdateCustomer(id=UNKNOWN, version=1), says=NO_ID),
    of(create_site, "customer.write", CreateSite(customer_id=UNKNOWN, title="x"), says=nothing("customer_id")),
    of(update_site, "customer.write", UpdateSite(id=UNKNOWN, version=1), says=NO_ID),
    of(
        create_product,
        "product.write",
        CreateProduct(sku="x", name="x", support_plan="gold"),
        says=nothing("support_plan", "support_plan"),
    ),
    of(update_product, "product.write", UpdateProduct(id=UNKNOWN, version=1), says=NO_ID),
    of(
        release_product_version,
        "product.write",
        ReleaseProductVersion(product_id=UNKNOWN, label="5.2", released_on=TODAY),
        says=nothing("product_id"),
    ),
    of(
        withdraw_product_version,
        "product.write",
        WithdrawProductVersion(product_version_id=UNKNOWN, **WHY),
        says=nothing("product_version_id"),
    ),
    of(
        set_product_upgrades,
        "product.write",
        SetProductUpgrades(id=UNKNOWN, version=1, target_ids=()),
        says=NO_ID,
    ),
    of(
        register_purchase,
        "asset.write",
        RegisterPurchase(customer_id=UNKNOWN, product_id=1, serial_number="x", purchased_on=PURCHASED_ON),
        says=nothing("customer_id"),
    ),
    of(renew_support, "support.renew", RenewSupport(asset_id=UNKNOWN, starts_on=TODAY), says=nothing("asset_id")),
    of(
        transfer_asset,
        "asset.write",
        TransferAsset(asset_id=UNKNOWN, version=1, customer_id=1, transferred_on=TODAY, **WHY),
        says=nothing("asset_id"),
    ),
    of(
        set_opening_balances,
        "support.opening",
        SetOpeningBalances(asset_id=UNKNOWN, balances=(OpeningBalance(key="x", used=1),), **WHY),
        says=nothing("asset_id"),
    ),
    of(preview_service, "record.read", PreviewService(asset_id=UNKNOWN, **ASKED), says=nothing("asset_id")),
    of(preview_completion, "record.read", CompleteService(id=UNKNOWN, version=1), says=NO_ID),
    of(record_service, "record.write", RecordService(asset_id=UNKNOWN, **SERVICE), says=nothing("asset_id")),
    of(
        schedule_service,
        "record.write",
        ScheduleService(id=UNKNOWN, version=1, scheduled_at=NOW),
        says=NO_ID,
    ),
    of(start_service, "record.write", StartService(id=UNKNOWN, version=1), says=NO_ID),
    of(complete_service, "record.write", CompleteService(id=UNKNOWN, version=1), says=NO_ID),
    of(close_service, "record.write", CloseService(id=UNKNOWN, version=1), says=NO_ID),
    of(reopen_service, "record.write", ReopenService(id=UNKNOWN, version=1, **WHY), says=NO_ID),
    of(cancel_service, "record.write", CancelService(id=UNKNOWN, version=1, **WHY), says=NO_ID),
    of(void_service, "record.void", VoidService(id=UNKNOWN, version=1, **WHY), says=NO_ID),
    of(
        override_coverage,
        "coverage.override",
        OverrideCoverage(id=UNKNOWN, version=1, outcome=Outcome.FREE, **WHY),
        says=NO_ID,
    ),
    of(approve_override, "coverage.override", ApproveOverride(id=UNKNOWN), says=NO_ID),
    of(decline_override, "coverage.override", DeclineOverride(id=UNKNOWN, **WHY), says=NO_ID),
    of(confirm_charge, "charge.confirm", ConfirmCharge(id=UNKNOWN), says=NO_ID),
    of(preview_reratings, "charge.rerate", SeeReratings(ids=(UNKNOWN,))),
    of(accept_reratings, "charge.rerate", AcceptReratings(ids=(UNKNOWN,)), says=nothing("ids")),
    of(dismiss_reratings, "charge.rerate", DismissReratings(ids=(UNKNOWN,), **WHY), says=nothing("ids")),
]
ABOUT_SOMETHING = [operation for operation in OPERATIONS if operation.says is not None]
BY_ID = [
    operation
    for operation in ABOUT_SOMETHING
    if any(getattr(operation.arguments[0], field, None) == UNKNOWN for field in ID_FIELDS)
]

R = RecordStatus
STEPS: dict[Callable[..., Any], frozenset[RecordStatus]] = {
    schedule_service: frozenset({R.REQUESTED, R.SCHEDULED}),
    start_service: frozenset({R.REQUESTED, R.SCHEDULED}),
    complete_service: frozenset({R.REQUESTED, R.SCHEDULED, R.IN_PROGRESS}),
    close_service: frozenset({R.DONE}),
    reopen_service: frozenset({R.DONE}),
    cancel_service: frozenset({R.REQUESTED, R.SCHEDULED, R.IN_PROGRESS}),
    void_service: frozenset({R.DONE, R.CLOSED}),
    override_coverage: frozenset({R.REQUESTED, R.SCHEDULED, R.IN_PROGRESS, R.DONE, R.CLOSED}),
}
"""From which states the API says that each step may be taken."""

CREATED: dict[Callable[..., Any], Callable[[Kit], int]] = {
    update_customer: lambda kit: kit.customer(),
    update_site: lambda kit: kit.site(kit.customer()),
    update_product: lambda kit: kit.product(),
    set_product_upgrades: lambda kit: kit.product(),
}
"""What else is changed by its version, as it is when it was just created."""

VERSIONED = [operation for operation in OPERATIONS if operation.run in {*STEPS, *CREATED, transfer_asset}]


def named(operation: Operation) -> str:
    return operation.name


def admin(kit: Kit) -> Viewer:
    return kit.staff("admin")


def elsewhere(kit: Kit) -> Viewer:
    """Someone who may do everything, to the records of the agency alone."""
    return replace(kit.staff("other_agent"), permissions=frozenset(PERMISSIONS))


def result_of(answer: object) -> Result:
    """The result that an operation gave, which some give beside something else."""
    result = getattr(answer, "result", answer)
    assert isinstance(result, Result)
    return result


def told(answer: object) -> list[Found]:
    """What the problems are; each says itself in two languages, in each in its own letters."""
    result = result_of(answer)
    for problem in result.problems:
        persian, english = problem_text(problem, "fa"), problem_text(problem, "en")
        assert any("\u0600" <= letter <= "\u06ff" for letter in persian)
        assert any(letter.isascii() and letter.isalpha() for letter in english)
    return problem_codes(result)


def about_its_field(operation: Operation, answer: object) -> list[Found]:
    """What is told at the field that ``operation.says`` is about: whatever else is not there is told at its own."""
    assert operation.says is not None
    return [found for found in told(answer) if found[2] == operation.says[2]]


def traces(kit: Kit) -> int:
    with kit.desk.database.reading() as session:
        return session.scalars(select(func.count()).select_from(AuditEntry)).one()


def command_on(operation: Operation, record: ServiceRecord) -> Any:
    return replace(operation.arguments[0], id=record.id, version=record.version)


def in_state(kit: Kit, status: RecordStatus) -> ServiceRecord:
    """A record that came to this state step by step."""
    done = status in {R.DONE, R.CLOSED, R.VOIDED}
    record_id = (kit.done if done else kit.recorded)(kit.purchase())
    steps: dict[RecordStatus, Callable[[], object]] = {
        R.SCHEDULED: lambda: schedule_service(
            kit.desk, kit.agent, ScheduleService(id=record_id, version=1, scheduled_at=NOW + timedelta(days=1))
        ),
        R.IN_PROGRESS: lambda: start_service(kit.desk, kit.agent, StartService(id=record_id, version=1)),
        R.CLOSED: lambda: close_service(kit.desk, kit.agent, CloseService(id=record_id, version=1)),
        R.CANCELLED: lambda: cancel_service(kit.desk, kit.agent, CancelService(id=record_id, version=1, **WHY)),
        R.VOIDED: lambda: void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=1, **WHY)),
    }
    if status in steps:
        steps[status]()
    record = kit.row(ServiceRecord, record_id)
    assert record.status is status
    return record


def test_no_operation_is_left_out():
    there = {
        function.name
        for module in MODULES
        if module.stem not in MACHINERY
        for function in functions_of_a_viewer(ast.parse(module.read_text(encoding="utf-8")))
    }
    listed = {operation.name for operation in OPERATIONS if not operation.name.startswith("foresee ")}
    assert listed == there | set(core_operations())


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_without_its_permission_nothing_is_done(kit: Kit, operation: Operation):
    viewer = replace(admin(kit), permissions=frozenset(PERMISSIONS) - {operation.permission})
    before = traces(kit)
    with pytest.raises(Forbidden) as caught:
        operation.run(kit.desk, viewer, *operation.arguments)
    assert (caught.value.permission, traces(kit)) == (operation.permission, before)
    assert told(Result(id=None, problems=(Problem(ErrorCode.FORBIDDEN),))) == [("FORBIDDEN", None, ())]


@pytest.mark.parametrize("operation", ABOUT_SOMETHING, ids=named)
def test_about_what_is_not_there_it_says_so_at_the_field(kit: Kit, operation: Operation):
    before = traces(kit)
    answer = operation.run(kit.desk, admin(kit), *operation.arguments)
    assert (about_its_field(operation, answer), result_of(answer).id, traces(kit)) == ([operation.says], None, before)


@pytest.mark.parametrize("operation", BY_ID, ids=named)
def test_a_number_that_can_be_no_id_is_just_not_found(kit: Kit, operation: Operation):
    command = operation.arguments[0]
    field = next(name for name in ID_FIELDS if getattr(command, name, None) == UNKNOWN)
    answers = [operation.run(kit.desk, admin(kit), replace(command, **{field: never})) for never in NEVER]
    assert [about_its_field(operation, answer) for answer in answers] == [[operation.says]] * len(NEVER)


@pytest.mark.parametrize(
    ("operation", "given", "says"),
    [
        (register_purchase, {"product_id": UNKNOWN}, nothing("product_id")),
        (register_purchase, {"site_id": UNKNOWN}, nothing("site_id")),
        (register_purchase, {"support_plan": "gold"}, nothing("support_plan", "support_plan")),
        (update_product, {"support_plan": "gold"}, nothing("support_plan", "support_plan")),
        (set_product_upgrades, {"target_ids": (UNKNOWN,)}, nothing("target_ids")),
        *((set_product_upgrades, {"target_ids": (never,)}, nothing("target_ids")) for never in NEVER),
        (renew_support, {"support_plan": "gold"}, nothing("support_plan", "support_plan")),
        (transfer_asset, {"customer_id": UNKNOWN}, nothing("customer_id")),
        (set_opening_balances, {}, ("NOT_FOUND", "opening_allowance", ("balances", "support", "x"))),
        (preview_service, {"customer_id": UNKNOWN}, nothing("customer_id")),
        (preview_service, {"site_id": UNKNOWN}, nothing("site_id")),
        (record_service, {"customer_id": UNKNOWN}, nothing("customer_id")),
        (record_service, {"site_id": UNKNOWN}, nothing("site_id")),
        (record_service, {"channel": "pigeon"}, ("INVALID", "channel", ("channel",))),
        (record_service, {"service_type": "x"}, ("INVALID", "service_type", ("service_type",))),
        (schedule_service, {"assignee_id": UNKNOWN}, nothing("assignee_id")),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_so_it_does_about_whatever_else_it_names(kit: Kit, operation: Callable[..., Any], given: dict, says: Found):
    asset_id, commands = kit.purchase(), {entry.run: entry.arguments[0] for entry in OPERATIONS if entry.arguments}
    usual = {
        register_purchase: {"customer_id": kit.customer(), "product_id": kit.product()},
        update_product: {"id": kit.product()},
        set_product_upgrades: {"id": kit.product()},
        renew_support: {"asset_id": asset_id},
        transfer_asset: {"asset_id": asset_id},
        set_opening_balances: {"asset_id": asset_id},
        preview_service: {"asset_id": asset_id},
        record_service: {"asset_id": asset_id},
    }
    there = usual[operation] if operation in usual else {"id": kit.recorded(asset_id)}
    assert told(operation(kit.desk, admin(kit), replace(commands[operation], **there | given))) == [says]


@pytest.mark.parametrize("operation", [entry for entry in OPERATIONS if entry.run in STEPS], ids=named)
def test_a_record_of_another_office_is_not_there(kit: Kit, operation: Operation):
    record = in_state(kit, min(STEPS[operation.run]))
    before = traces(kit)
    assert told(operation.run(kit.desk, elsewhere(kit), command_on(operation, record))) == [NO_ID]
    assert (kit.row(ServiceRecord, record.id).version, traces(kit)) == (record.version, before)


def test_nor_is_what_hangs_on_it(kit: Kit):
    paid = {"mode": Mode.ON_SITE, "distance_metres": 90_000}
    record_id = kit.done(kit.purchase(), **paid)
    record = kit.row(ServiceRecord, record_id)
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.TARIFF, amount=90_000_000, **WHY)
    override_coverage(kit.desk, kit.supervisor, command)
    with kit.desk.database.writing() as session:
        suggestion = RatingSuggestion(
            record_id=record_id,
            against_id=record.coverage_id,
            edition_id=1,
            status=SuggestionStatus.SUGGESTED,
            suggested_at=NOW,
        )
        session.add(suggestion)
    request_id = kit.rows(OverrideRequest, record_id=record_id)[0].id
    charge_id = kit.rows(Charge, record_id=record_id)[0].id
    stranger, ids = elsewhere(kit), (suggestion.id,)
    completing = CompleteService(id=record_id, version=1)
    assert told(foresee(complete_service, kit.desk, stranger, completing)) == [NO_ID]
    assert told(approve_override(kit.desk, stranger, ApproveOverride(id=request_id))) == [NO_ID]
    assert told(decline_override(kit.desk, stranger, DeclineOverride(id=request_id, **WHY))) == [NO_ID]
    assert told(confirm_charge(kit.desk, stranger, ConfirmCharge(id=charge_id))) == [NO_ID]
    assert told(accept_reratings(kit.desk, stranger, AcceptReratings(ids=ids))) == [nothing("ids")]
    dismissing = DismissReratings(ids=ids, **WHY)
    assert told(dismiss_reratings(kit.desk, stranger, dismissing)) == [nothing("ids")]
    seeing = SeeReratings(ids=ids)
    assert preview_reratings(kit.desk, stranger, seeing).told == ()
    assert [one.record_id for one in preview_reratings(kit.desk, admin(kit), seeing).told] == [record_id]


@pytest.mark.parametrize("operation", VERSIONED, ids=named)
@pytest.mark.parametrize("off", [-1, 1], ids=["an old version", "a version to come"])
def test_another_version_is_stale_and_names_the_unchanged_object(kit: Kit, operation: Operation, off: int):
    command = operation.arguments[0]
    if operation.run in STEPS:
        record = in_state(kit, min(STEPS[operation.run]))
        there = {"id": record.id, "version": record.version + off}
    elif operation.run in CREATED:
        there = {"id": CREATED[operation.run](kit), "version": 1 + off}
    else:
        there = {"asset_id": kit.purchase(), "version": 1 + off}
    answer = operation.run(kit.desk, admin(kit), replace(command, **there))
    assert (told(answer), result_of(answer).id) == ([STALE], there.get("id") or there["asset_id"])


@pytest.mark.parametrize("status", RecordStatus)
@pytest.mark.parametrize("operation", [entry for entry in OPERATIONS if entry.run in STEPS], ids=named)
def test_a_step_is_taken_from_its_states_and_from_no_other(kit: Kit, operation: Operation, status: RecordStatus):
    record = in_state(kit, status)
    answer = operation.run(kit.desk, admin(kit), command_on(operation, record))
    if status in STEPS[operation.run]:
        assert (told(answer), kit.row(ServiceRecord, record.id).version) == ([], record.version + 1)
        return
    detail = "record_ended" if operation.run is override_coverage else "status"
    assert told(answer) == [("CONFLICT", detail, ("id",))]
    assert (kit.row(ServiceRecord, record.id).status, answer.id) == (status, None)


@pytest.mark.parametrize("status", RecordStatus)
def test_a_completion_is_foreseen_only_where_there_can_be_one(kit: Kit, status: RecordStatus):
    record = in_state(kit, status)
    answer = foresee(complete_service, kit.desk, admin(kit), CompleteService(id=record.id, version=1))
    assert told(answer) == ([] if status in STEPS[complete_service] else [("CONFLICT", "status", ("id",))])
