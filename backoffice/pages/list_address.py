"""What the address of a list asks for: a search, a page by its cursor; and the addresses around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from backoffice.query.selection import PageInfo

ROWS_ON_A_PAGE = 25
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the list without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Asked:
    """What a list is asked for: the reader's arguments, and the filters as people see them."""

    arguments: Mapping[str, object]
    chips: tuple[Chip, ...] = ()
    status: int = 200
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turns:
    """The addresses of the pages before and after."""

    previous: str
    next: str


def search_text() -> str:
    """What is searched for, cut to a length that makes sense."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def page_asked() -> dict[str, object]:
    """Where in the list: the first page, or the one after or before a cursor."""
    if "before" in request.args:
        return {"last": ROWS_ON_A_PAGE, "before": request.args["before"]}
    if "after" in request.args:
        return {"first": ROWS_ON_A_PAGE, "after": request.args["after"]}
    return {"first": ROWS_ON_A_PAGE}


def turns(page_info: PageInfo) -> Turns:
    """The pages before and after this one, with the same filters."""
    return Turns(
        previous=here_with(before=page_info["start_cursor"], after=None),
        next=here_with(after=page_info["end_cursor"], before=None),
    )


def here_with(**changes: object) -> str:
    """This address with some of its parameters changed, or taken out where the change is None."""
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if name not in changes}
    given: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    return url_for(str(request.endpoint), **(request.view_args or {}), **kept, **given)


def here_without(name: str) -> str:
    """This list without one filter, from its first page."""
    return here_with(**{name: None, "after": None, "before": None})
