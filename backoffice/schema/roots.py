"""A root field: what it is asked, what answers it, and the permission that needs. None is without: default deny."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLSchema

from backoffice.access.permissions import PERMISSIONS
from backoffice.query.registry import Entity
from backoffice.query.selection import Selection
from backoffice.schema.context import Context

SIGNED_IN = None
"""Open to everyone who is signed in."""

PERMISSION = "permission"
"""Where graphql-core's field keeps the permission of its root."""


@dataclass(frozen=True)
class Ask:
    """What one root field is asked: its arguments in Python's names, and what is wanted of its answer."""

    context: Context
    arguments: Mapping[str, Any]
    selection: Selection


Resolver = Callable[[Ask], object]


class UndeclaredPermission(TypeError):
    """A root field, or what it leads to, says no permission, or one that is none of the desk's."""


@dataclass(frozen=True, kw_only=True)
class Root:
    """What answers a root field, and the permission that is asked for first; ``SIGNED_IN`` where there is none.

    Raises ``UndeclaredPermission`` for a permission that the desk does not have.
    """

    permission: str | None
    resolver: Resolver

    def __post_init__(self) -> None:
        if self.permission is not SIGNED_IN and self.permission not in PERMISSIONS:
            raise UndeclaredPermission(f"there is no permission {self.permission!r}")


def permission_to_see(entity: Entity) -> str:
    """The permission of whoever reads an entity by itself. Raises ``UndeclaredPermission`` for one that says none."""
    if entity.permission is None:
        raise UndeclaredPermission(f"{entity.name} says no permission: it is not to be read by itself")
    return entity.permission


def permissions_of(schema: GraphQLSchema) -> Mapping[str, str | None]:
    """The permission of each root field of a schema, by ``Query.field`` and ``Mutation.field``."""
    roots = [root for root in (schema.query_type, schema.mutation_type) if root is not None]
    return {
        f"{root.name}.{name}": field.extensions[PERMISSION] for root in roots for name, field in root.fields.items()
    }
