"""The inputs of the root fields, from the fields of the commands that they become."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING
from enum import Enum
from typing import Any, get_args, get_origin

import strawberry

from backoffice.domain.spelling import pascal
from backoffice.operations.catalogue import AnyOperation
from backoffice.operations.command import CommandField, fields_of
from backoffice.operations.kinds import Id, Ids, PluginData, Quantity, Unit
from backoffice.operations.result import UNSET
from backoffice.operations.services.ending import Ending
from backoffice.operations.services.record_service import PreviewService
from backoffice.operations.services.states import Step
from backoffice.plugins import Part
from backoffice.schema import declare
from backoffice.schema.declare import Member
from backoffice.schema.scalars import Rial

SHARED: Mapping[frozenset[CommandField], tuple[str, str]] = {
    frozenset(fields_of(Step)): ("StepServiceInput", "A service record that takes its next step."),
    frozenset(fields_of(Ending)): (
        "EndServiceInput",
        "Why a service record is taken back a step or will not stand.",
    ),
}
"""Names and descriptions, by the contract, of the inputs of all commands that are given the same fields."""

SERVICE_TYPE = "service_type"
"""The field that a mutation does not take: the member that is set of the plugin's part names the service type."""


def input_name(operation: AnyOperation) -> str:
    """The name of the input of the operation's mutation."""
    return _named(operation)[0]


def _named(operation: AnyOperation) -> tuple[str, str]:
    own = (f"{pascal(operation.name)}Input", operation.description)
    return SHARED.get(frozenset(operation.fields), own)


def takes_plugin_data(operation: AnyOperation) -> bool:
    """Whether the operation is given a plugin's part, and so needs a service type that is installed."""
    return any(isinstance(field.given.kind, PluginData) for field in operation.fields)


class Inputs:
    """The inputs of one schema, each made once. ``one_of`` are those of the plugins' parts, none without plugins."""

    def __init__(self, one_of: Mapping[Part, type]) -> None:
        self._one_of = one_of
        self._made: dict[str, type] = {}

    def of(self, operation: AnyOperation) -> type:
        """The input of an operation's mutation."""
        name, about = _named(operation)
        if name not in self._made:
            wanted = [field for field in operation.fields if field.name != SERVICE_TYPE]
            self._made[name] = self._input(name, about, wanted)
        return self._made[name]

    def of_coverage(self) -> type:
        """The input of ``coverage``: by the contract it says when the service was asked for, and no key."""
        wanted = [field for field in fields_of(PreviewService) if field.name != "idempotency_key"]
        about = "The facts that a coverage decision is made from: the same that recording would have."
        return self._input("CoverageInput", about, wanted, required={"requested_at"})

    def _input(self, name: str, about: str, wanted: Iterable[CommandField], *, required: Collection[str] = ()) -> type:
        members = {
            field.name: self._member(field, required=field.default is MISSING or field.name in required)
            for field in wanted
            if self._one_of or not isinstance(field.given.kind, PluginData)
        }
        return strawberry.input(declare.class_of(name, members), name=name, description=about)

    def _member(self, field: CommandField, *, required: bool) -> Member:
        kind, about = self._annotation(field), field.given.about
        if required:
            return kind, declare.field(about)
        if isinstance(field.default, Enum) and field.default is not UNSET:
            return kind | None, strawberry.field(default=field.default, description=about)
        return kind | None, declare.optional(about)

    def _annotation(self, field: CommandField) -> Any:
        match field.given.kind:
            case Id():
                return strawberry.ID
            case Ids():
                return list[strawberry.ID]
            case Quantity(unit=Unit.RIALS):
                return Rial
            case PluginData(part=part):
                return self._one_of[Part(part)]
            case _:
                return _listed(field.type)


def _listed(kind: Any) -> Any:
    """``tuple[str, ...]`` as a list."""
    return list[get_args(kind)[0]] if get_origin(kind) is tuple else kind  # type: ignore[misc]  # made at run time
