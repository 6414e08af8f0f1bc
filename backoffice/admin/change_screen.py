"""A form that changes one object as it was read: opened, judged, sent to an operation, and what came of it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.screen import Screen
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.result import Result
from backoffice.pages.changing import TwoVersions, is_stale, take_version
from backoffice.pages.problems import form_status, place, refused_status
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import key_of
from backoffice.query.selection import RowType, Selection


class ChangingScreen(Screen, Generic[RowType]):
    """The form of one change of one object; subclasses say which, and run the operation.

    When somebody else was faster, the page says 409 and shows the object as it is by now above what was written; the
    form then carries the present version, so that sending it again is a choice made knowingly.
    """

    entity: ClassVar[str] = "ServiceRecord"
    wanted: Selection[RowType]
    back: ClassVar[str] = "records.show"
    """The endpoint of the page that follows, which is given the key of ``leads_to``."""
    template: ClassVar[str]
    in_menu = False

    @abstractmethod
    def form_of(self, row: RowType, sent: MultiDict[str, str] | None) -> Form:
        """The form as it was sent, else as it begins for this object."""

    @abstractmethod
    def change(self, row: RowType, form: Form) -> Result:
        """Run the operation on this object with what a valid form says."""

    @abstractmethod
    def done(self, key: int) -> str:
        """What to say once it is done."""

    def beside(self, row: RowType) -> Mapping[str, object]:
        """What the template needs beside the object and the form."""
        return {}

    def leads_to(self, row: RowType) -> int:
        """The key of the object whose page follows: the same one's, unless it has no page of its own."""
        return key_of(row)

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        row = self.read(key)
        form = self.form_of(row, posted())
        if request.method == "GET" or not form.validate():
            return self.shown(row, form)
        result = self.change(row, form)
        if result.problems:
            return self.refused(self.read(key), form, result.problems)
        flash(self.done(key), "success")
        return to(self.back, key=self.leads_to(row))

    def read(self, key: int) -> RowType:
        """The object as it is now."""
        with self.reading() as reader:
            return self.found(reader, self.entity, key, self.wanted)

    def refused(self, present: RowType, form: Form, problems: Sequence[Problem]) -> ResponseReturnValue:
        """The page for a change that was not made; ``present`` is the object as it is by now."""
        if stale := is_stale(problems):
            take_version(form, present)
        rest = [problem for problem in problems if problem.code is not ErrorCode.STALE]
        errors = place(rest, form, self.viewer.language)
        return self.shown(present, form, errors=errors, stale=stale, status=refused_status(problems))

    def shown(
        self,
        row: RowType,
        form: Form,
        *,
        errors: Sequence[str] = (),
        stale: bool = False,
        status: int | None = None,
    ) -> ResponseReturnValue:
        """The page with the form."""
        values = {"row": row, "form": form, "errors": errors, "stale": stale, **self.beside(row)}
        return self.page(self.template, status=status or form_status(form, list(errors)), **values)


class EditingScreen(ChangingScreen[RowType]):
    """The form of all that can be changed of an object.

    Whoever was slower sees both versions side by side, and chooses one.
    """

    compared: ClassVar[tuple[str, ...]]
    """The form's fields that are shown side by side and sent again."""
    called: ClassVar[str]
    """What has changed meanwhile, in the words for whoever was slower."""

    @abstractmethod
    def crumbs(self, row: RowType) -> Sequence[tuple[str, str]]:
        """The way to the object's page: words and addresses, the page's own last."""

    def beside(self, row: RowType) -> Mapping[str, object]:
        return {"crumbs": self.crumbs(row)}

    def done(self, key: int) -> str:
        return "تغییرها ذخیره شد."

    def refused(self, present: RowType, form: Form, problems: Sequence[Problem]) -> ResponseReturnValue:
        if not is_stale(problems):
            return self.shown(present, form, errors=place(problems, form, self.viewer.language))
        crumbs = self.crumbs(present)
        versions = TwoVersions(
            present=self.form_of(present, None), mine=form, names=self.compared, action=request.path, back=crumbs[-1][1]
        )
        return self.page("two_versions.html", status=409, versions=versions, crumbs=crumbs, called=self.called)
