"""One operation from its document to its answer: parsed, measured, validated, executed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from backoffice.schema.context import Context
from backoffice.schema.errors import Code, Formatted, RequestRefused, field_errors, refuse_unavailable, request_errors
from backoffice.schema.guard import GraphQLRequest
from backoffice.schema.limits import DOCUMENT_BYTES, TOKENS, excesses


@dataclass(frozen=True)
class Answer:
    """What came of an operation. ``executed``: no data where its document or variables were refused."""

    executed: bool
    data: dict[str, Any] | None = None
    errors: tuple[Formatted, ...] = ()

    @property
    def document(self) -> dict[str, object]:
        """The response's body."""
        errors: dict[str, object] = {"errors": list(self.errors)} if self.errors else {}
        return {**errors, "data": self.data} if self.executed else errors


@dataclass(frozen=True)
class Engine:
    """A schema, and whether its errors may suggest names that a client mistyped (not in production)."""

    schema: GraphQLSchema
    suggestions: bool


def answer(engine: Engine, question: GraphQLRequest, context: Context, *, changes: bool) -> Answer:
    """Carry the operation out. ``changes``: whether it may be a mutation.

    Raises ``RequestRefused`` for one that is too large, and when the database is away.
    """
    try:
        document = _parsed(question.query)
    except GraphQLError as error:
        return _refused([error], Code.BAD_REQUEST, context)
    if found := excesses(document):
        raise RequestRefused(Code.LIMIT_EXCEEDED, found[0])
    invalid = validate(engine.schema, document, hide_suggestions=not engine.suggestions)
    if invalid:
        return _refused(invalid, Code.GRAPHQL_VALIDATION_FAILED, context)
    _refuse_other_operations(document, question.operation_name, changes=changes)
    return _executed(engine, document, question, context)


def _parsed(query: str) -> DocumentNode:
    if len(query.encode()) > DOCUMENT_BYTES:
        raise RequestRefused(Code.LIMIT_EXCEEDED, f"A document has at most {DOCUMENT_BYTES} bytes.")
    try:
        return parse(query, max_lexical_tokens=TOKENS)
    except GraphQLError as error:
        if error.message.endswith(f"more than {TOKENS} tokens. Parsing aborted."):
            raise RequestRefused(Code.LIMIT_EXCEEDED, f"A document has at most {TOKENS} tokens.") from None
        raise


def _refuse_other_operations(document: DocumentNode, name: str | None, *, changes: bool) -> None:
    operation = get_operation_ast(document, name)
    if operation is None:
        raise RequestRefused(Code.BAD_REQUEST, "operationName names no operation of the document.")
    if operation.operation is not OperationType.QUERY and not changes:
        raise RequestRefused(Code.BAD_REQUEST, "GET is for queries only; send this by POST.", status=405)


def _executed(engine: Engine, document: DocumentNode, question: GraphQLRequest, context: Context) -> Answer:
    try:
        result = execute_sync(
            engine.schema,
            document,
            context_value=context,
            variable_values=dict(question.variables),
            operation_name=question.operation_name,
            hide_suggestions=not engine.suggestions,
        )
    finally:
        context.snapshot.close()
    errors = result.errors or []
    refuse_unavailable(errors)
    if result.data is None and errors and all(error.path is None for error in errors):
        return _refused(errors, Code.BAD_REQUEST, context)  # the variables: no field was reached
    return Answer(
        executed=True, data=result.data, errors=tuple(field_errors(errors, context.language, context.request_id))
    )


def _refused(errors: Sequence[GraphQLError], code: Code, context: Context) -> Answer:
    return Answer(executed=False, errors=tuple(request_errors(errors, code, context.request_id)))
