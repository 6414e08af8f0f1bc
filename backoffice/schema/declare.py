"""Short forms for declaring GraphQL fields and arguments, each with the description that everything here must have."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

Member: TypeAlias = tuple[Any, Any]
"""The annotation and the Strawberry field of a class member."""


def class_of(name: str, members: Mapping[str, Member], *bases: type) -> type:
    """A class with these members, to be declared as a type or an input."""
    annotations = {member: kind for member, (kind, _) in members.items()}
    fields = {member: made for member, (_, made) in members.items()}
    return type(name, bases, {"__annotations__": annotations, **fields})


def field(description: str, *arguments: StrawberryArgument) -> Any:
    """A field of an output type with its arguments, or a required field of an input type."""
    made = strawberry.field(description=description)
    made.arguments = list(arguments)
    return made


def optional(description: str) -> Any:
    """A field of an input type that may be left out, which is not the same as null."""
    return strawberry.field(description=description, default=strawberry.UNSET)


def argument(name: str, kind: object, description: str) -> StrawberryArgument:
    """An argument of a field: ``name`` in snake_case, ``kind`` the annotation it would have as a parameter."""
    return StrawberryArgument(name, None, StrawberryAnnotation(kind), description=description)
