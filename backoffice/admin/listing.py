"""Lists: Flask-Admin's model view, reading keyset pages through ``query`` and writing through operations."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from flask import request, url_for
from flask_admin.base import expose
from flask_admin.model.base import BaseModelView
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.base import Row, Screen, Surroundings, rows_of
from backoffice.models import Base
from backoffice.query.selection import Selection, listing

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


class ListingScreen(Screen, BaseModelView):
    """A list of one entity, with search and pages; subclasses add its filters and forms.

    Of Flask-Admin's pages the list and the creation form are kept; what it would delete, export or edit in place is not
    served. ``get_one`` is its name for reading one object.
    """

    entity: ClassVar[str]
    listed: ClassVar[type[Base]]
    rows: ClassVar[Selection]
    create_form_class: ClassVar[type[Form]] = Form

    opening = "index_view"
    can_delete = False
    can_set_page_size = False

    details_view = None  # a method without a page: Flask-Admin then has no address for it
    edit_view = None
    delete_view = None
    action_view = None
    export = None
    ajax_lookup = None
    ajax_update = None

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        BaseModelView.__init__(
            self, self.listed, name=self.title, endpoint=self.path, url=self.path, menu_icon_value=self.icon
        )

    def scaffold_list_columns(self) -> list[str]:
        return []

    def scaffold_sortable_columns(self) -> dict[Any, Any]:
        return {}

    def scaffold_form(self) -> type[Form]:
        return self.create_form_class

    def init_search(self) -> bool:
        return True

    def get_pk_value(self, model: Any) -> object:
        return model["id"]

    @abstractmethod
    def asked(self) -> Asked:
        """What the address asks for, beside the page."""

    @expose("/")
    def index_view(self) -> Response:
        asked = self.asked()
        with self.reading() as reader:
            found = reader.page(self.entity, {**asked.arguments, **page_asked()}, listing(self.rows, "totalCount"))
            around_list = {**self.beside_list(), **self.beside_rows(rows_of(found, "nodes"))}
        return self.page(
            f"{self.path}/list.html",
            status=asked.status,
            rows=found["nodes"],
            total=found["totalCount"],
            page_info=found["pageInfo"],
            turns=turns(cast(Row, found["pageInfo"])),
            asked=asked,
            **around_list,
        )

    def beside_list(self) -> Mapping[str, object]:
        """What the list's template needs beside its rows, such as the choices of its filters."""
        return {}

    def beside_rows(self, rows: Sequence[Row]) -> Mapping[str, object]:
        """What it needs to know about these very rows, beyond what was read of them."""
        return {}


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


def turns(page_info: Row) -> Turns:
    """The pages before and after this one, with the same filters."""
    return Turns(
        previous=here_with(before=page_info["startCursor"], after=None),
        next=here_with(after=page_info["endCursor"], before=None),
    )


def here_with(**changes: object) -> str:
    """This address with some of its parameters changed, or taken out where the change is None."""
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if name not in changes}
    given: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    return url_for(str(request.endpoint), **(request.view_args or {}), **kept, **given)


def here_without(name: str) -> str:
    """This list without one filter, from its first page."""
    return here_with(**{name: None, "after": None, "before": None})
