"""The filters of a list as its address has them: gathered for the reader, with their chips and what is wrong."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from flask import request

from backoffice.domain.calendar import TEHRAN, parse_jalali
from backoffice.pages.fields import BAD_DATE
from backoffice.pages.language import language
from backoffice.pages.list_address import Asked, Chip, here_without
from backoffice.wording import day as written_day

DAY = timedelta(days=1)


class AddressFilters:
    """One that is not there or makes no sense filters nothing; a day that is none says so."""

    def __init__(self) -> None:
        self._arguments: dict[str, object] = {}
        self._filter: dict[str, object] = {}
        self._chips: list[Chip] = []
        self._problems: list[str] = []

    def search(self, text: str) -> None:
        """What is typed into the search field."""
        if text:
            self._arguments["search"] = text
            self._chips.append(Chip(f"«{text}»", here_without("q")))

    def choice(self, parameter: str, known: Mapping[str, str], title: str, *, name: str | None = None) -> None:
        """One of the ``known`` values, for the reader's filter ``name``, which takes several."""
        value = request.args.get(parameter, "")
        if value in known:
            self._filter[name or parameter] = (value,)
            self._chips.append(Chip(f"{title}: {known[value]}", here_without(parameter)))

    def one_of(
        self,
        parameter: str,
        known: Mapping[str, str],
        title: str,
        *,
        read: Callable[[str], object],
        name: str | None = None,
    ) -> None:
        """One of the ``known`` values, which the reader's filter ``name`` takes as ``read`` gives it."""
        value = request.args.get(parameter, "")
        if value in known:
            self._filter[name or parameter] = read(value)
            self._chips.append(Chip(f"{title}: {known[value]}", here_without(parameter)))

    def always(self, name: str, value: object) -> None:
        """What the list itself is about, or a tab that says so: no chip."""
        self._filter[name] = value

    def days(self, name: str) -> None:
        """Jalali days ``from`` and ``to``, both included, in Tehran, for the reader's filter of instants ``name``."""
        first, last = self._day("from", "از"), self._day("to", "تا")
        span = {"gte": first and _midnight(first), "lt": last and _midnight(last + DAY)}
        if first or last:
            self._filter[name] = span

    def asked(self) -> Asked:
        """All of it, for the list."""
        arguments = self._arguments | ({"filter": self._filter} if self._filter else {})
        return Asked(arguments, tuple(self._chips), 422 if self._problems else 200, tuple(self._problems))

    def _day(self, parameter: str, title: str) -> date | None:
        text = request.args.get(parameter, "").strip()
        if not text:
            return None
        try:
            found = parse_jalali(text)
        except ValueError:
            self._problems.append(f"{title} تاریخ: {BAD_DATE}")
            return None
        self._chips.append(Chip(f"{title} {written_day(found, language())}", here_without(parameter)))
        return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)
