"""Values into and out of a marshmallow schema, which alone judges them; what it says becomes problems."""

import datetime as dt
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from marshmallow import RAISE, Schema, ValidationError
from marshmallow.exceptions import SCHEMA

from backoffice.domain.canonical import canonical_json
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import is_writing
from backoffice.plugins.messages import translate


@dataclass(frozen=True)
class Loaded:
    """What came of loading: Python values by field name, or problems. Never both."""

    values: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(schema: type[Schema], raw: Mapping[str, object], path: tuple[str, ...] = ()) -> Loaded:
    """Judge what a person or a program sent: JSON values, or the Python values that scalars give (dates, decimals).

    ``path`` is where the values stand in the input, and begins the path of each problem. An unknown field is a problem.
    Null is the same as absent.
    """
    json = _json_object(raw)
    if problems := tuple(_unstorable(json, path)):
        return Loaded(problems=problems)
    try:
        values = schema(unknown=RAISE).load(json)
    except ValidationError as error:
        messages: object = error.normalized_messages()  # type: ignore[no-untyped-call]
        return Loaded(problems=tuple(_problems(messages, path)))
    if not isinstance(values, Mapping):
        raise TypeError(f"{schema.__qualname__}.load() gave a {type(values).__name__}; its values must stay a mapping")
    return Loaded(values)


def dump(schema: type[Schema], values: Mapping[str, object]) -> dict[str, object]:
    """Loaded values as the JSON that is stored and that ``load`` accepts again. Raises where a schema makes no JSON."""
    stored = _json_object(schema().dump(values))
    canonical_json(stored)
    if problems := tuple(_unstorable(stored, ())):
        raise ValueError(f"{schema.__qualname__}.dump() gave what cannot be stored in {problems[0].path}")
    return stored


def to_json(value: object) -> object:
    """A value as JSON has it: ISO dates, decimals as strings, enum members by name. Anything else stays as it is."""
    match value:
        case Mapping():
            return _json_object(value)
        case enum.Enum():
            return value.name
        case Decimal():
            return str(value)
        case dt.date():
            return value.isoformat()
        case str():
            return value
        case Sequence():
            return [to_json(item) for item in value]
    return value


def _json_object(values: Mapping[str, object]) -> dict[str, object]:
    return {key: to_json(value) for key, value in values.items() if value is not None}


def _problems(messages: object, path: tuple[str, ...]) -> Iterator[Problem]:
    """Marshmallow's tree of messages, flat."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from _problems(below, path if key == SCHEMA else (*path, str(key)))
    elif isinstance(messages, list):
        for message in messages:
            yield from _problems(message, path)
    else:
        detail, params, text = translate(str(messages))
        yield Problem(ErrorCode.INVALID, detail, path, params, text)


def _unstorable(value: object, path: tuple[str, ...]) -> Iterator[Problem]:
    """Text that is no writing: PostgreSQL refuses NUL in JSON, and half a surrogate pair has no UTF-8 form."""
    match value:
        case str() if not is_writing(value):
            text = Label("نویسه‌ای دارد که ذخیره‌شدنی نیست.", "Contains a character that cannot be stored.")
            yield Problem(ErrorCode.INVALID, "unstorable_text", path, text=text)
        case dict():
            for key, item in value.items():
                yield from _unstorable(item, (*path, str(key)))
        case list():
            for position, item in enumerate(value):
                yield from _unstorable(item, (*path, str(position)))
