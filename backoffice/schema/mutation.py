"""The root fields for changing: each is one operation of the desk, whose object is then read back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import strawberry

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.spelling import camel
from backoffice.operations.catalogue import AnyOperation
from backoffice.operations.result import Result
from backoffice.query.selection import Field, Selection
from backoffice.schema.commands import command_of
from backoffice.schema.context import Context
from backoffice.schema.declare import argument, class_of, field
from backoffice.schema.inputs import Inputs
from backoffice.schema.payloads import PAYLOADS
from backoffice.schema.roots import Ask, Root
from backoffice.schema.user_errors import Refused, user_errors

ABOUT = "Everything that can be changed. Each field is one transaction."

OUT_OF_SIGHT = Problem(code=ErrorCode.NOT_FOUND, path=("idempotency_key",))


def mutation_of(operations: Iterable[AnyOperation], inputs: Inputs) -> type:
    """The type ``Mutation`` with a field for each of these operations."""
    members = {
        operation.name: (
            PAYLOADS[operation.entity],
            field(operation.description, argument("input", inputs.of(operation), "What to do.")),
        )
        for operation in operations
    }
    return strawberry.type(class_of("Mutation", members), name="Mutation", description=ABOUT)


def mutation_roots(operations: Iterable[AnyOperation]) -> Mapping[str, Root]:
    """The roots of ``Mutation``."""
    return {
        f"Mutation.{camel(operation.name)}": Root(
            permission=operation.permission, resolver=Change(operation.entity, _doing(operation))
        )
        for operation in operations
    }


Doing: TypeAlias = Callable[[Context, Mapping[str, Any]], Result]
"""Does what an input asks for."""


def _doing(operation: AnyOperation) -> Doing:
    return lambda context, values: operation(context.desk, context.viewer, command_of(operation.command, values))


@dataclass(frozen=True)
class Change:
    """One mutation: what it does, and the entity of the object that it answers with."""

    entity: str
    doing: Doing

    def __call__(self, ask: Ask) -> dict[str, object]:
        """Carry the change out, and answer its payload."""
        context = ask.context
        result = self._result(context, ask.arguments["input"])
        context.snapshot.renew()
        if self._is_out_of_sight(context, result):
            result = Result(id=None, problems=(OUT_OF_SIGHT,))
        return {asked.key: self._value(context, result, asked) for asked in ask.selection.of(f"{self.entity}Payload")}

    def _result(self, context: Context, values: Mapping[str, Any]) -> Result:
        try:
            return self.doing(context, values)
        except Refused as refused:
            return Result(id=None, problems=refused.problems)

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
        return context.snapshot.reader().one(self.entity, {"id": key}, selection)
