"""The root fields for changing: each is one operation, whose object is then read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.command import Command
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.desk import Desk
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.query.global_id import to_global_id
from backoffice.query.selection import Field, Selection
from backoffice.schema import inputs
from backoffice.schema.commands import command_of
from backoffice.schema.context import Context
from backoffice.schema.declare import argument, field
from backoffice.schema.payloads import (
    AssetPayload,
    CustomerPayload,
    ProductPayload,
    ServiceRecordPayload,
    SitePayload,
)
from backoffice.schema.planned import Ask, Resolver
from backoffice.schema.user_errors import Refused, user_errors

Operation = Callable[[Desk, Viewer, Any], Result]


def input_of(kind: type) -> Any:
    """The one argument that every mutation takes."""
    return argument("input", kind, "What to do.")


@strawberry.type(name="Mutation", description="Everything that can be changed. Each field is one transaction.")
class Mutation:
    """The root of changing; ``recordService`` and ``completeService`` are added in ``compose``, with the plugins."""

    create_customer: CustomerPayload = field("Enter a customer.", input_of(inputs.CreateCustomerInput))
    update_customer: CustomerPayload = field("Change a customer.", input_of(inputs.UpdateCustomerInput))
    create_site: SitePayload = field("Enter a site of a customer.", input_of(inputs.CreateSiteInput))
    update_site: SitePayload = field(
        "Change a site of a customer. What was decided keeps its distance.", input_of(inputs.UpdateSiteInput)
    )
    create_product: ProductPayload = field("Enter a product.", input_of(inputs.CreateProductInput))
    update_product: ProductPayload = field("Change a product.", input_of(inputs.UpdateProductInput))
    release_product_version: ProductPayload = field(
        "Enter a released version of a product.", input_of(inputs.ReleaseProductVersionInput)
    )
    withdraw_product_version: ProductPayload = field(
        "Withdraw a version that stands; it stays on record with its reason.",
        input_of(inputs.WithdrawProductVersionInput),
    )
    set_product_upgrades: ProductPayload = field(
        "Say which products a product can be upgraded to.", input_of(inputs.SetProductUpgradesInput)
    )
    register_purchase: AssetPayload = field(
        "Enter a sold unit, with its first support periods under the plan's terms of today.",
        input_of(inputs.RegisterPurchaseInput),
    )
    renew_support: AssetPayload = field("Add a support period.", input_of(inputs.RenewSupportInput))
    transfer_asset: AssetPayload = field(
        "Give an asset to its next owner; its periods and allowances go with it.", input_of(inputs.TransferAssetInput)
    )
    schedule_service: ServiceRecordPayload = field(
        "Set when a service that is REQUESTED or SCHEDULED is to be done, and by whom.",
        input_of(inputs.ScheduleServiceInput),
    )
    start_service: ServiceRecordPayload = field(
        "Begin a service that is REQUESTED or SCHEDULED.", input_of(inputs.StepServiceInput)
    )
    close_service: ServiceRecordPayload = field("Close a service that is DONE.", input_of(inputs.StepServiceInput))
    reopen_service: ServiceRecordPayload = field(
        "Take a service that is DONE back to IN_PROGRESS; it keeps its allowance.", input_of(inputs.EndServiceInput)
    )
    override_coverage: ServiceRecordPayload = field(
        "Decide in the place of the engine, whose own decision stays beside. Above the desk's limit a second person "
        "approves it first, and the record stays as it is until then.",
        input_of(inputs.OverrideCoverageInput),
    )
    cancel_service: ServiceRecordPayload = field(
        "Cancel a service that is REQUESTED, SCHEDULED or IN_PROGRESS; its allowance is given back.",
        input_of(inputs.EndServiceInput),
    )
    void_service: ServiceRecordPayload = field(
        "Take back a service that is DONE or CLOSED; its allowance is given back and its charge reversed."
        " CONFLICT where the charge is in the books.",
        input_of(inputs.EndServiceInput),
    )


RECORD_SERVICE = (
    "Record a service: decide, and reserve what it uses. "
    "With `performedAt` it records work already done: it is DONE at once."
)
COMPLETE_SERVICE = (
    "Complete a service that is REQUESTED, SCHEDULED or IN_PROGRESS: decide again with what really happened."
)


OUT_OF_SIGHT = Problem(code=ErrorCode.NOT_FOUND, path=("idempotency_key",))


@dataclass(frozen=True)
class Change:
    """One mutation: its command and operation, and the object whose state it answers with."""

    command: type[Command]
    operation: Operation
    object_type: str

    @property
    def payload(self) -> str:
        """The name of the payload's type."""
        return f"{self.object_type}Payload"

    def __call__(self, ask: Ask) -> dict[str, object]:
        """Carry the change out, and answer its payload."""
        context = ask.context
        result = self._result(context, ask.arguments["input"])
        context.snapshot.renew()
        if self._is_out_of_sight(context, result):
            result = Result(id=None, problems=(OUT_OF_SIGHT,))
        return {asked.key: self._value(context, result, asked) for asked in ask.selection.of(self.payload)}

    def _result(self, context: Context, values: Mapping[str, object]) -> Result:
        try:
            command = command_of(self.command, values, id_of=self.object_type)
        except Refused as refused:
            return Result(id=None, problems=refused.problems)
        return self.operation(context.desk, context.viewer, command)

    def _is_out_of_sight(self, context: Context, result: Result) -> bool:
        """Whether what a repeated key made is not for this viewer any more, such as another office's record by now."""
        if result.id is None or result.changed or result.problems:
            return False
        return self._read(context, result.id, Selection({})) is None

    def _value(self, context: Context, result: Result, asked: Field) -> object:
        selection = asked.selection or Selection({})
        if asked.name == "errors":
            return user_errors(result.problems, context.language, selection)
        if asked.name == "coverage":
            decided = result.decision
            return None if decided is None else context.snapshot.reader().decision(decided, selection)
        return None if result.id is None else self._read(context, result.id, selection)

    def _read(self, context: Context, key: int, selection: Selection) -> object:
        by = {"id": to_global_id(self.object_type, key)}
        return context.snapshot.reader().one(self.object_type, by, selection)


MUTATIONS: Mapping[str, Resolver] = {
    "Mutation.createCustomer": Change(CreateCustomer, create_customer, "Customer"),
    "Mutation.updateCustomer": Change(UpdateCustomer, update_customer, "Customer"),
    "Mutation.createSite": Change(CreateSite, create_site, "Site"),
    "Mutation.updateSite": Change(UpdateSite, update_site, "Site"),
    "Mutation.createProduct": Change(CreateProduct, create_product, "Product"),
    "Mutation.updateProduct": Change(UpdateProduct, update_product, "Product"),
    "Mutation.releaseProductVersion": Change(ReleaseProductVersion, release_product_version, "Product"),
    "Mutation.withdrawProductVersion": Change(WithdrawProductVersion, withdraw_product_version, "Product"),
    "Mutation.setProductUpgrades": Change(SetProductUpgrades, set_product_upgrades, "Product"),
    "Mutation.registerPurchase": Change(RegisterPurchase, register_purchase, "Asset"),
    "Mutation.renewSupport": Change(RenewSupport, renew_support, "Asset"),
    "Mutation.recordService": Change(RecordService, record_service, "ServiceRecord"),
    "Mutation.completeService": Change(CompleteService, complete_service, "ServiceRecord"),
    "Mutation.transferAsset": Change(TransferAsset, transfer_asset, "Asset"),
    "Mutation.scheduleService": Change(ScheduleService, schedule_service, "ServiceRecord"),
    "Mutation.startService": Change(StartService, start_service, "ServiceRecord"),
    "Mutation.closeService": Change(CloseService, close_service, "ServiceRecord"),
    "Mutation.reopenService": Change(ReopenService, reopen_service, "ServiceRecord"),
    "Mutation.overrideCoverage": Change(OverrideCoverage, override_coverage, "ServiceRecord"),
    "Mutation.cancelService": Change(CancelService, cancel_service, "ServiceRecord"),
    "Mutation.voidService": Change(VoidService, void_service, "ServiceRecord"),
}
