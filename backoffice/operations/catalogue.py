"""All operations of the desk as one value."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from backoffice.operations.operation import Operation
from backoffice.operations.overrides.approve_override import approve_override
from backoffice.operations.overrides.decline_override import decline_override
from backoffice.operations.overrides.override_coverage import override_coverage
from backoffice.operations.services.cancel_service import cancel_service
from backoffice.operations.services.close_service import close_service
from backoffice.operations.services.complete_service import complete_service
from backoffice.operations.services.confirm_charge import confirm_charge
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.reopen_service import reopen_service
from backoffice.operations.services.schedule_service import schedule_service
from backoffice.operations.services.start_service import start_service
from backoffice.operations.services.void_service import void_service

AnyOperation: TypeAlias = Operation[Any]
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
    )
