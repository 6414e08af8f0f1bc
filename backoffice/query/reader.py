"""The way out for every reading: a viewer, a session and a day, asked for what selections want.

Answers are dicts by response keys with Python values: aware datetimes, dates, Decimals, enum members. An object of an
interface carries ``__typename``. A field whose target the viewer lacks the permission for is ``Denied``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, cast

from sqlalchemy import Select, false
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Decision
from backoffice.plugins import Registry
from backoffice.query.context import Context
from backoffice.query.decisions import as_source
from backoffice.query.entities import CORE
from backoffice.query.entities.service_type import SERVICE_TYPE, named, types_in_use
from backoffice.query.fields import Condition, Rows
from backoffice.query.global_id import key_of
from backoffice.query.level import Level, Row
from backoffice.query.pages import LONGEST
from backoffice.query.registry import Entities, Entity
from backoffice.query.root_page import RootPage
from backoffice.query.selection import Field, Selection, listing
from backoffice.query.shape import shape_of
from backoffice.query.sources import source_of
from backoffice.query.stats import Statistics

Answer: TypeAlias = dict[str, object]
Answers: TypeAlias = list[Answer]


class Taken(Protocol):
    """What holds a decision just taken, of a preview or a refusal."""

    @property
    def decision(self) -> Decision:
        """The decision."""


class Reader:
    """Reads what ``viewer`` may see, on the business day ``today``. ``statements`` counts what went to the database."""

    def __init__(
        self, session: Session, viewer: Viewer, registry: Registry, today: date, *, entities: Entities = CORE
    ) -> None:
        self.session = session
        self.statements = 0
        self.context = Context(viewer, registry, today, session.get_bind().dialect.name, entities)

    def one(self, type_name: str, by: Mapping[str, object], selection: Selection) -> Answer | None:
        """The object found by one key: ``id`` (global id or primary key), or a business key. None if there is none."""
        entity = self.context.entities[type_name]
        ((name, value),) = ((name, value) for name, value in by.items() if value is not None)
        level = Level(source_of(entity, self.context), self.context)
        shape = shape_of(level, level.source, Field(type_name, type_name, {}, selection))
        chosen = level.statement().where(self._found_by(entity, level.source.rows, name, value))
        rows = self._run(chosen.order_by(level.source.rows[entity.key]).limit(1), {})
        lists = level.lists(self._run, rows)
        return next((_answer(shape(row, lists)) for row in rows), None)

    def page(self, type_name: str, arguments: Mapping[str, object], selection: Selection) -> Answer:
        """The connection asked for by ``filter``, ``search``, ``order_by``, ``first``, ``after``, ``last``, ``before``.

        Raises ``InvalidPage``.
        """
        field = Field(type_name, type_name, arguments, selection)
        page = RootPage(self.context.entities[type_name], field, self.context, shape_of)
        return _answer(page.read(self._run))

    def list(self, type_name: str, selection: Selection) -> Answers:
        """All objects of a type, in its usual order; service types come from the plugins, then from the records."""
        if type_name == SERVICE_TYPE.name:
            return self._service_types(selection)
        level = Level(source_of(self.context.entities[type_name], self.context), self.context)
        shape = shape_of(level, level.source, Field(type_name, type_name, {}, selection))
        rows, orders = level.source.rows, level.source.entity.listed_by
        columns = (rows[one.column].desc() if one.descending else rows[one.column] for one in orders)
        found = self._run(level.statement().order_by(*columns), {})
        lists = level.lists(self._run, found)
        return [_answer(shape(row, lists)) for row in found]

    def every(
        self, type_name: str, selection: Selection, asked: Mapping[str, object] = MappingProxyType({})
    ) -> Iterator[Answer]:
        """All objects of a type that has pages, or those asked for by ``filter`` and ``search``, in its usual order.

        They are read page by page, as they are taken: no list has no limit.
        """
        window: dict[str, object] = {**asked, "first": LONGEST}
        while True:
            page = self.page(type_name, window, listing(selection))
            yield from cast(Answers, page["nodes"])
            info = cast(Answer, page["pageInfo"])
            if not info["hasNextPage"]:
                return
            window["after"] = info["endCursor"]

    def decision(self, taken: Taken, selection: Selection) -> Answer:
        """A decision that is not stored, in the shape of a stored one."""
        entity = self.context.entities["CoverageDecision"]
        level = Level(source_of(entity, self.context, as_source(taken.decision, entity)), self.context)
        shape = shape_of(level, level.source, Field(entity.name, entity.name, {}, selection))
        rows = self._run(level.statement(), {})
        return _answer(shape(rows[0], level.lists(self._run, rows)))

    def stats(self, arguments: Mapping[str, object], selection: Selection) -> Answers:
        """Service records counted and summed by ``group_by``, of those that ``filter`` leaves."""
        return Statistics(self.context, arguments).read(self._run, selection)

    def _found_by(self, entity: Entity, rows: Rows, name: str, value: object) -> Condition:
        if name != "id":
            return entity.lookups[name](rows, value, self.context)
        key = key_of(entity.name, value)
        return false() if key is None else rows[entity.key] == key

    def _service_types(self, selection: Selection) -> Answers:
        plugins = self.context.plugins
        used = (row[0] for row in self._run(types_in_use(self.context), {}))
        codes = [*plugins.service_types, *sorted(code for code in used if code and plugins.is_retired(code))]
        return [SERVICE_TYPE.shape(named(one, plugins), selection, self.context) for one in codes]

    def _run(self, statement: Select[Any], parameters: Mapping[str, object]) -> Sequence[Row]:
        self.statements += 1
        return self.session.execute(statement, dict(parameters)).all()


def _answer(value: object) -> Answer:
    if not isinstance(value, dict):
        raise TypeError(f"an object was expected, not {value!r}")
    return value
