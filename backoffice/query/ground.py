"""The ground that a plan is made on, and the only place that makes aliases of tables: each comes with its row rule."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import FromClause

from backoffice.access.access_class import AccessClass
from backoffice.plugins import Registry
from backoffice.query.field_kinds import Source
from backoffice.query.registry import Entities, Entity


@dataclass(frozen=True)
class Ground:
    """All that is known when a plan is made. ``dialect`` is SQLAlchemy's name of the database.

    Nothing of one viewer, one day or one language is in it: those come with the ``Moment`` that runs the plan.
    """

    entities: Entities
    plugins: Registry
    dialect: str
    access: AccessClass

    def of(self, name: str) -> Source:
        """A new alias of an entity's table."""
        return self.over(self.entities[name], self.entities[name].table.alias())

    def joined(self, name: str, *, optional: bool) -> Source:
        """A new alias of an entity's table, which an outer join may leave without a row where it is ``optional``."""
        entity = self.entities[name]
        table = entity.table.alias()
        return Source(name, entity.key, table, table.c, entity.visible(table.c, self.access), optional)

    def over(self, entity: Entity, table: FromClause) -> Source:
        """``table`` in the place of the entity's own, whose columns it has."""
        return Source(entity.name, entity.key, table, table.c, entity.visible(table.c, self.access))

    def entity(self, source: Source) -> Entity:
        """The entity that a source is an alias of."""
        return self.entities[source.entity]

    def may_read(self, name: str) -> bool:
        """Whether the objects of an entity may be reached from those of others."""
        permission = self.entities[name].permission
        return permission is None or self.access.may(permission)
