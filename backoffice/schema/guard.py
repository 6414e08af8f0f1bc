"""From the bytes of a request to what GraphQL is asked, refusing what could keep the desk busy or confuse it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from backoffice.schema.errors import Code, RequestRefused
from backoffice.schema.limits import LIST_INPUT, NUMBER_LENGTH

BODY_BYTES = 1_000_000
JSON_DEPTH = 50


@dataclass(frozen=True)
class GraphQLRequest:
    """What GraphQL is asked."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


def question_of(parameters: Mapping[str, object]) -> GraphQLRequest:
    """The question in the parameters of a request, whichever way they came. Raises ``RequestRefused``."""
    query = parameters.get("query")
    if not isinstance(query, str) or not query.strip():
        _refuse("The parameter query is missing; it is a string.")
    name = parameters.get("operationName")
    if name is not None and not isinstance(name, str):
        _refuse("The parameter operationName is a string.")
    for parameter in ("variables", "extensions"):
        if not isinstance(parameters.get(parameter), dict | None):
            _refuse(f"The parameter {parameter} is an object.")
    variables: Any = parameters.get("variables") or {}
    return GraphQLRequest(query, name or None, variables)


def json_object(body: bytes | str) -> Mapping[str, object]:
    """The JSON object that a body or a parameter holds. Raises ``RequestRefused`` for anything else."""
    value = _parsed(_text(body))
    if isinstance(value, list):
        _refuse("Batching is off: send one operation in a request.")
    if not isinstance(value, dict):
        _refuse("The body is a JSON object.")
    for leaf in _leaves(value):
        if isinstance(leaf, str) and not _is_text(leaf):
            _refuse("NUL characters and halves of surrogate pairs are not allowed.")
    return value


def _text(body: bytes | str) -> str:
    if isinstance(body, str):
        return body
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("The body is not valid UTF-8.")


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_no_constant,
        )
    except RecursionError:
        _refuse("The JSON is nested too deeply.")
    except ValueError:
        _refuse("The body is not valid JSON.")


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        _refuse("A key occurs twice in one JSON object.")
    return made


def _integer(text: str) -> int:
    if len(text) > NUMBER_LENGTH:
        _refuse("A number has too many digits.")
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    if len(text) > NUMBER_LENGTH or number in (float("inf"), float("-inf")):
        _refuse("A number is too large or has too many digits.")
    return number


def _no_constant(name: str) -> NoReturn:
    _refuse(f"{name} is not JSON.")


def _leaves(value: object) -> Iterator[object]:
    """Keys and values without nesting of their own; refuses what is nested too deeply or listed too long."""
    level: list[object] = [value]
    for _ in range(JSON_DEPTH):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                yield from item
                below.extend(item.values())
            elif isinstance(item, list):
                _refuse_long(item)
                below.extend(item)
            else:
                yield item
        if not below:
            return
        level = below
    _refuse("The JSON is nested too deeply.")


def _refuse_long(items: list[object]) -> None:
    if len(items) > LIST_INPUT:
        message = f"A list has {len(items)} elements; at most {LIST_INPUT} are allowed."
        raise RequestRefused(Code.LIMIT_EXCEEDED, message)


def _is_text(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _refuse(message: str) -> NoReturn:
    raise RequestRefused(Code.BAD_REQUEST, message)
