"""What an operation is asked: the base of the commands, and what is known of their fields."""

from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from backoffice.domain.canonical import content_hash
from backoffice.domain.label import Label
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.problem import Problem
from backoffice.operations.kinds import Key, Kind
from backoffice.operations.result import UNSET, Unset


@dataclass(frozen=True)
class Given:
    """What a command's field is given, said beside its type: ``Annotated[str, Given(Text(), Label(…), about="…")]``.

    ``label`` is what people read beside it, ``about`` one English sentence for programmers.
    """

    kind: Kind
    label: Label
    about: str


@dataclass(frozen=True)
class CommandField:
    """One field of a command, resolved.

    ``type`` is the Python type without None and ``Unset``; ``nullable`` says whether None is a value of it.
    ``default`` is ``MISSING`` for what must be given, ``UNSET`` where what is left out stays as it is.
    """

    name: str
    given: Given
    type: Any
    nullable: bool
    default: object


@dataclass(frozen=True, kw_only=True)
class Command:
    """Base of all commands. Each may be sent twice: the same key and input give the same answer and one effect."""

    idempotency_key: Annotated[
        str | None,
        Given(
            Key(),
            Label(fa="کلید یکتایی", en="Idempotency key"),
            about="Repeat the request with the same key, of 1 to 255 characters, to get the same answer and one effect."
            " The object is answered as it is by then, the decision as it was made.",
        ),
    ] = None

    def contradictions(self) -> Iterable[Problem]:
        """What speaks against the fields together, where each by itself is as it should be."""
        return ()

    def input_hash(self, operation: str) -> str:
        """What tells one input of ``operation`` from another: every field that compares, but the idempotency key.

        What was not given tells nothing, so that a field that comes with the next release makes no input another one;
        a None does where it says another thing than leaving the field out.
        """
        telling = [field for field in fields(self) if field.compare and field.name != "idempotency_key"]
        given = {field.name: _plain(getattr(self, field.name)) for field in telling if self._says(field)}
        return content_hash({"operation": operation, "input": given})

    def _says(self, field: "Field[Any]") -> bool:
        value = getattr(self, field.name)
        return value is not UNSET and (value is not None or field.default is UNSET)


def fields_of(command: type[Command]) -> tuple[CommandField, ...]:
    """The fields that a command is given, in the order of its declaration."""
    hashable: Any = command  # a class is, though its instances compare by their fields
    resolved: tuple[CommandField, ...] = _resolved(hashable)
    return resolved


@cache
def _resolved(command: Any) -> tuple[CommandField, ...]:
    hints = get_type_hints(command, include_extras=True)
    found = []
    for field in fields(command):
        given = next((one for one in get_args(hints[field.name]) if isinstance(one, Given)), None)
        if given is not None:
            types = _types(get_args(hints[field.name])[0])
            inner = [one for one in types if one not in (NoneType, Unset)]
            found.append(CommandField(field.name, given, inner[0], NoneType in types, field.default))
    return tuple(found)


def is_left_out(field: CommandField) -> bool:
    """Whether a null given for the field says no more than leaving it out does."""
    return field.default is not UNSET and field.default is not MISSING


def _types(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, PlanTerm | SupportPlan):
        return value.to_document()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
