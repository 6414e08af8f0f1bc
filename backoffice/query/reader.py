"""The way out for every reading: a viewer, a session and a day, asked for what selections want.

Answers are dicts by response keys with Python values: aware datetimes, dates, Decimals, enum members. An object of an
interface carries ``__typename``. A field whose target the viewer lacks the permission for is ``Denied``.
"""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, cast

from sqlalchemy import Select
from sqlalchemy.orm import Session

from backoffice.access.access_class import access_class
from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Decision
from backoffice.query.kept_plans import DECISION, Kind, Plans
from backoffice.query.keyset import LONGEST
from backoffice.query.moment import moment_of
from backoffice.query.outline import outline_of
from backoffice.query.record_stats import asked as asked_of_statistics
from backoffice.query.run import Row, Run
from backoffice.query.selection import Field, RowType, Selection, listing

Answer: TypeAlias = Mapping[str, object]
Answers: TypeAlias = list[Answer]


class Taken(Protocol):
    """What holds a decision just taken, of a preview or a refusal."""

    @property
    def decision(self) -> Decision:
        """The decision."""


class Reader:
    """Reads what ``viewer`` may see, on the business day ``today``. ``statements`` counts what went to the database."""

    def __init__(self, session: Session, viewer: Viewer, *, today: date, plans: Plans) -> None:
        self.session = session
        self.statements = 0
        self._viewer = viewer
        self._today = today
        self._plans = plans

    def one(self, type_name: str, by: Mapping[str, object], selection: Selection[RowType]) -> RowType | None:
        """The object found by one key: ``id`` (global id or primary key), or a business key. None if there is none."""
        found = self._read(Kind.OBJECT, type_name, by, selection)
        return None if found is None else _answer(found, selection)

    def page(self, type_name: str, arguments: Mapping[str, object], selection: Selection[RowType]) -> RowType:
        """The connection asked for by ``filter``, ``search``, ``order_by``, ``first``, ``after``, ``last``, ``before``.

        Raises ``InvalidPage``.
        """
        return _answer(self._read(Kind.PAGE, type_name, arguments, selection), selection)

    def list(self, type_name: str, selection: Selection[RowType]) -> builtins.list[RowType]:
        """All objects of a type, in its usual order; service types come from the plugins, then from the records."""
        return _answers(self._read(Kind.LIST, type_name, {}, selection), selection)

    def every(
        self, type_name: str, selection: Selection[RowType], asked: Mapping[str, object] = MappingProxyType({})
    ) -> Iterator[RowType]:
        """All objects of a type that has pages, or those asked for by ``filter`` and ``search``, in its usual order.

        They are read page by page, as they are taken: no list has no limit.
        """
        window: dict[str, object] = {**asked, "first": LONGEST}
        while True:
            page = self.page(type_name, window, listing(selection))
            yield from page["nodes"]
            if not page["page_info"]["has_next_page"]:
                return
            window["after"] = page["page_info"]["end_cursor"]

    def decision(self, taken: Taken, selection: Selection[RowType]) -> RowType:
        """A decision that is not stored, in the shape of a stored one."""
        return _answer(self._read(Kind.DECISION, DECISION, {"decision": taken.decision}, selection), selection)

    def stats(self, arguments: Mapping[str, object], selection: Selection[RowType]) -> builtins.list[RowType]:
        """Service records counted and summed by ``group_by``, of those that ``filter`` leaves."""
        return _answers(self._read(Kind.STATISTICS, "StatsRow", asked_of_statistics(arguments), selection), selection)

    def _read(self, kind: Kind, name: str, arguments: Mapping[str, object], selection: Selection) -> object:
        """Run the plan of what is asked, made now or kept from an earlier reading."""
        field, values = outline_of(Field(name, name, arguments, selection))
        dialect = self.session.get_bind().dialect.name
        plan = self._plans.plan(kind, field, dialect=dialect, access=access_class(self._viewer))
        return plan.read(Run(moment_of(self._viewer, self._today, values), self._execute))

    def _execute(self, statement: Select[Any], parameters: Mapping[str, object]) -> Sequence[Row]:
        self.statements += 1
        return self.session.execute(statement, dict(parameters)).all()


def _answer(value: object, selection: Selection[RowType]) -> RowType:
    """The one place that says so: what was read by a selection has the shape that the selection is of."""
    if not isinstance(value, dict):
        raise TypeError(f"an object was expected, not {value!r}")
    return cast(RowType, value)


def _answers(values: object, selection: Selection[RowType]) -> list[RowType]:
    if not isinstance(values, list):
        raise TypeError(f"objects were expected, not {values!r}")
    return [_answer(value, selection) for value in values]
