"""Plans: how each outline is read, made once on a ground and run at any moment."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import literal_column

from backoffice.access.access_class import AccessClass
from backoffice.plugins import Registry
from backoffice.query.decisions import as_source, bound
from backoffice.query.entities.service_type import SERVICE_TYPE, named, types_in_use
from backoffice.query.field_kinds import Condition
from backoffice.query.given import Binds, Given
from backoffice.query.global_id import key_of
from backoffice.query.ground import Ground
from backoffice.query.level import Level
from backoffice.query.outline import Outlined
from backoffice.query.record_stats import Statistics
from backoffice.query.registry import Entities
from backoffice.query.root_page import RootPage
from backoffice.query.run import Run
from backoffice.query.shape import shape_of

KEPT = 200
"""As many plans are kept, those used last."""

DECISION = "CoverageDecision"


class Kind(Enum):
    """What can be read of an outline."""

    OBJECT = auto()
    PAGE = auto()
    LIST = auto()
    DECISION = auto()
    STATISTICS = auto()


class Plan(Protocol):
    """How one outline is read: immutable once made, so that any number of threads may run it at once."""

    def read(self, run: Run) -> Any:
        """What is answered."""


class ObjectPlan:
    """One object, found by one key: ``id`` (global id or primary key) or a business key."""

    def __init__(self, ground: Ground, field: Outlined) -> None:
        self._field = field
        self._binds = Binds()
        self._level = Level(ground.of(field.name), ground)
        self._shape = shape_of(self._level, self._level.source, field)
        chosen = self._level.statement().where(self._found(ground, Given(field.known, (), self._binds)))
        key = self._level.source.rows[self._level.source.key]
        self._statement = chosen.order_by(key).limit(literal_column("1"))

    def _found(self, ground: Ground, given: Given) -> Condition:
        entity, rows = ground.entities[self._field.name], self._level.source.rows
        (name,) = given
        if name != "id":
            return entity.lookups[name](rows, given[name], ground)
        key = rows[entity.key]
        found: Condition = key == given[name].bind(key.type, lambda value: key_of(entity.name, value))
        return found

    def read(self, run: Run) -> object:
        """The object's dict, None where there is none."""
        rows = run.rows(self._statement, self._binds.values(run.moment.arguments(self._field)))
        beside = self._level.beside(run, rows)
        return next((self._shape(row, beside) for row in rows), None)


class ListPlan:
    """All objects of a type, in its usual order."""

    def __init__(self, ground: Ground, field: Outlined) -> None:
        self._level = Level(ground.of(field.name), ground)
        self._shape = shape_of(self._level, self._level.source, field)
        rows, orders = self._level.source.rows, ground.entities[field.name].listed_by
        columns = (rows[one.column].desc() if one.descending else rows[one.column] for one in orders)
        self._statement = self._level.statement().order_by(*columns)

    def read(self, run: Run) -> list[object]:
        """Their dicts."""
        rows = run.rows(self._statement, {})
        beside = self._level.beside(run, rows)
        return [self._shape(row, beside) for row in rows]


class TypesPlan:
    """The service types: those of the plugins, then those that only records remain of."""

    def __init__(self, ground: Ground, field: Outlined) -> None:
        self._plugins = ground.plugins
        self._statement = types_in_use(ground)
        self._shape = SERVICE_TYPE.shaper(field.outline)

    def read(self, run: Run) -> list[object]:
        """Their dicts."""
        used = (row[0] for row in run.rows(self._statement, {}))
        gone = sorted(code for code in used if code and self._plugins.is_retired(code))
        codes = (*self._plugins.service_types, *gone)
        return [self._shape(named(code, self._plugins), run.moment) for code in codes]


class DecisionPlan:
    """A decision that is not stored, which is the run's argument, in the shape of a stored one."""

    def __init__(self, ground: Ground, field: Outlined) -> None:
        self._field = field
        entity = ground.entities[field.name]
        self._level = Level(ground.over(entity, as_source(entity)), ground)
        self._shape = shape_of(self._level, self._level.source, field)
        self._statement = self._level.statement()

    def read(self, run: Run) -> object:
        """The decision's dict."""
        rows = run.rows(self._statement, bound(run.moment.arguments(self._field)["decision"]))
        return self._shape(rows[0], self._level.beside(run, rows))


class Plans:
    """The plans on the entities and plugins of one face. Threads share them."""

    def __init__(self, entities: Entities, plugins: Registry) -> None:
        self._entities = entities
        self._plugins = plugins
        self._kept = lru_cache(maxsize=KEPT)(self._made)

    @property
    def made(self) -> int:
        """How many were made so far, for all that was asked."""
        return self._kept.cache_info().misses

    def plan(self, kind: Kind, field: Outlined, *, dialect: str, access: AccessClass) -> Plan:
        """The plan of what is asked of the type that ``field`` is named after. Raises ``InvalidPage``."""
        return self._kept(kind, field, dialect, access)

    def _made(self, kind: Kind, field: Outlined, dialect: str, access: AccessClass) -> Plan:
        ground = Ground(self._entities, self._plugins, dialect, access)
        return _MAKERS[kind](ground, field)


def _page(ground: Ground, field: Outlined) -> Plan:
    return RootPage(field.name, field, ground, shape_of)


def _list(ground: Ground, field: Outlined) -> Plan:
    return (TypesPlan if field.name == SERVICE_TYPE.name else ListPlan)(ground, field)


_MAKERS: Mapping[Kind, Callable[[Ground, Outlined], Plan]] = {
    Kind.OBJECT: ObjectPlan,
    Kind.PAGE: _page,
    Kind.LIST: _list,
    Kind.DECISION: DecisionPlan,
    Kind.STATISTICS: Statistics,
}
