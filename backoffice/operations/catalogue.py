"""All operations of the desk as one value."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from backoffice.operations.cases import load_head
from backoffice.operations.customers.create_customer import create_customer
from backoffice.operations.customers.create_site import create_site
from backoffice.operations.customers.register_purchase import register_purchase
from backoffice.operations.customers.renew_support import renew_support
from backoffice.operations.customers.set_opening_balances import set_opening_balances
from backoffice.operations.customers.transfer_asset import transfer_asset
from backoffice.operations.customers.update_customer import update_customer
from backoffice.operations.customers.update_site import update_site
from backoffice.operations.operation import Operation
from backoffice.operations.overrides.approve_override import approve_override
from backoffice.operations.overrides.decline_override import decline_override
from backoffice.operations.overrides.override_coverage import override_coverage
from backoffice.operations.plans.add_plan_addendum import add_plan_addendum
from backoffice.operations.plans.import_plan import import_plan
from backoffice.operations.plans.publish_draft import publish_draft
from backoffice.operations.plans.publish_plan import publish_plan
from backoffice.operations.products.create_product import create_product
from backoffice.operations.products.release_product_version import release_product_version
from backoffice.operations.products.set_product_upgrades import set_product_upgrades
from backoffice.operations.products.update_product import update_product
from backoffice.operations.products.withdraw_product_version import withdraw_product_version
from backoffice.operations.proofs.rebuild_summary import rebuild_summary
from backoffice.operations.reference.add_office import add_office, change_office
from backoffice.operations.reference.load_reference import load_reference
from backoffice.operations.reference.save_channel import add_channel, change_channel
from backoffice.operations.reratings.accept_reratings import accept_reratings
from backoffice.operations.reratings.dismiss_reratings import dismiss_reratings
from backoffice.operations.services.cancel_service import cancel_service
from backoffice.operations.services.close_service import close_service
from backoffice.operations.services.complete_service import complete_service
from backoffice.operations.services.confirm_charge import confirm_charge
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.reopen_service import reopen_service
from backoffice.operations.services.schedule_service import schedule_service
from backoffice.operations.services.start_service import start_service
from backoffice.operations.services.void_service import void_service
from backoffice.operations.signin.count_failed_sign_in import count_failed_sign_in
from backoffice.operations.signin.rehash_password import rehash_password
from backoffice.operations.signin.sign_in import sign_in
from backoffice.operations.signin.sign_out import sign_out
from backoffice.operations.staff.add_staff import add_staff
from backoffice.operations.staff.create_token import create_token
from backoffice.operations.staff.deactivate_staff import deactivate_staff
from backoffice.operations.staff.move_staff import move_staff
from backoffice.operations.staff.reactivate_staff import reactivate_staff
from backoffice.operations.staff.reset_password import reset_password
from backoffice.operations.staff.revoke_token import revoke_token
from backoffice.operations.staff.set_staff_roles import set_staff_roles
from backoffice.operations.tariffs.approve_tariff import approve_tariff
from backoffice.operations.tariffs.import_tariff import import_tariff
from backoffice.operations.tariffs.import_taxes import import_taxes
from backoffice.operations.tariffs.map_tariff import map_tariff, unmap_tariff

AnyOperation: TypeAlias = Operation[Any, Any]
"""An operation of whatever command."""


class Operations(Mapping[str, AnyOperation]):
    """Operations by name, in the order in which they are shown. Raises ValueError for a name that two of them have."""

    def __init__(self, *operations: AnyOperation) -> None:
        self._by_name = {operation.name: operation for operation in operations}
        if len(self._by_name) < len(operations):
            names = [operation.name for operation in operations]
            raise ValueError(
                f"operations of the same name: {sorted({name for name in names if names.count(name) > 1})}"
            )

    def __getitem__(self, name: str) -> AnyOperation:
        """The operation of this name; raises KeyError for another."""
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._by_name)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_name)

    def on(self, entity: str) -> tuple[AnyOperation, ...]:
        """Those that are offered on the objects of ``entity``."""
        return tuple(operation for operation in self.values() if operation.subject == entity)


def core_operations() -> Operations:
    """The operations that the desk has without any plugin."""
    return Operations(
        create_customer,
        update_customer,
        create_site,
        update_site,
        register_purchase,
        renew_support,
        transfer_asset,
        set_opening_balances,
        create_product,
        update_product,
        release_product_version,
        withdraw_product_version,
        set_product_upgrades,
        record_service,
        schedule_service,
        start_service,
        complete_service,
        close_service,
        reopen_service,
        override_coverage,
        approve_override,
        decline_override,
        cancel_service,
        void_service,
        confirm_charge,
        accept_reratings,
        dismiss_reratings,
        import_plan,
        publish_draft,
        publish_plan,
        add_plan_addendum,
        import_tariff,
        approve_tariff,
        import_taxes,
        map_tariff,
        unmap_tariff,
        add_office,
        change_office,
        add_channel,
        change_channel,
        add_staff,
        set_staff_roles,
        move_staff,
        deactivate_staff,
        reactivate_staff,
        reset_password,
        create_token,
        revoke_token,
        sign_in,
        sign_out,
        count_failed_sign_in,
        rehash_password,
        load_reference,
        load_head,
        rebuild_summary,
    )
