"""A form that changes one object as it was read: opened, judged, sent to an operation, and what came of it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.base import Screen
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.result import Result
from backoffice.pages.fields import VersionField
from backoffice.pages.problems import form_status, place, refused_status
from backoffice.pages.requests import to
from backoffice.pages.rows import Row
from backoffice.query.selection import Selection


class ChangingScreen(Screen):
    """The form of one change of one object; subclasses say which, and run the operation.

    When somebody else was faster, the page says 409 and shows the object as it is by now above what was written; the
    form then carries the present version, so that sending it again is a choice made knowingly.
    """

    entity: ClassVar[str] = "ServiceRecord"
    wanted: ClassVar[Selection] = wants.RECORD_STEP
    back: ClassVar[str] = "records.show"
    """The endpoint of the object's page."""
    template: ClassVar[str]
    in_menu = False

    @abstractmethod
    def form_of(self, row: Row) -> Form:
        """The form as it was posted, else as it begins for this object."""

    @abstractmethod
    def change(self, key: int, form: Form) -> Result:
        """Run the operation with what a valid form says."""

    @abstractmethod
    def done(self, key: int) -> str:
        """What to say once it is done."""

    def beside(self, row: Row) -> Mapping[str, object]:
        """What the template needs beside the object and the form."""
        return {}

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        row = self.read(key)
        form = self.form_of(row)
        if request.method == "GET" or not form.validate():
            return self.shown(row, form)
        result = self.change(key, form)
        if result.problems:
            return self._refused(key, form, result.problems)
        flash(self.done(key), "success")
        return to(self.back, key=key)

    def read(self, key: int) -> Row:
        """The object as it is now."""
        with self.reading() as reader:
            return self.found(reader, self.entity, key, self.wanted)

    def _refused(self, key: int, form: Form, problems: Sequence[Problem]) -> ResponseReturnValue:
        present = self.read(key)
        stale = any(problem.code is ErrorCode.STALE for problem in problems)
        rest = [problem for problem in problems if problem.code is not ErrorCode.STALE]
        if stale:
            take_version(form, present)
        errors = place(rest, form, self.viewer.language)
        return self.shown(present, form, errors=errors, stale=stale, status=refused_status(problems))

    def shown(
        self,
        row: Row,
        form: Form,
        *,
        errors: Sequence[str] = (),
        stale: bool = False,
        status: int | None = None,
    ) -> ResponseReturnValue:
        """The page with the form."""
        values = {"row": row, "form": form, "errors": errors, "stale": stale, **self.beside(row)}
        return self.page(self.template, status=status or form_status(form, list(errors)), **values)


def version_of(form: Form) -> int:
    """The version of the object that the form was made for."""
    field = form["version"]
    return field.number if isinstance(field, VersionField) else 0


def take_version(form: Form, present: Row) -> None:
    """Let the form go on from the object as it is by now."""
    field = form["version"]
    if isinstance(field, VersionField) and isinstance(present["version"], int):
        field.data = present["version"]
