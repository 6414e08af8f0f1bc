"""Lists: Flask-Admin's model view, reading keyset pages through ``query`` and writing through operations."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_admin.base import expose
from flask_admin.model.base import BaseModelView
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.screen import Screen, Surroundings
from backoffice.models import Base
from backoffice.pages.list_address import Asked, page_asked, turns
from backoffice.pages.rows import Row
from backoffice.query.selection import Selection, listing


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
            found = reader.page(self.entity, {**asked.arguments, **page_asked()}, listing(self.rows, "total_count"))
            around_list = {**self.beside_list(), **self.beside_rows(found["nodes"])}
        return self.page(
            f"{self.path}/list.html",
            status=asked.status,
            rows=found["nodes"],
            total=found["total_count"],
            page_info=found["page_info"],
            turns=turns(found["page_info"]),
            asked=asked,
            **around_list,
        )

    def beside_list(self) -> Mapping[str, object]:
        """What the list's template needs beside its rows, such as the choices of its filters."""
        return {}

    def beside_rows(self, rows: Sequence[Row]) -> Mapping[str, object]:
        """What it needs to know about these very rows, beyond what was read of them."""
        return {}
