"""How often the allowances of an asset were used before the desk was introduced."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Field, Form

from backoffice.admin import wants
from backoffice.admin.base import Row, Screen, key_of, posted, rows_of, to
from backoffice.admin.fields import WholeNumberField
from backoffice.admin.problems import form_status, refused_status
from backoffice.domain.period import PeriodStatus
from backoffice.domain.problem import Problem
from backoffice.domain.text import to_persian_digits
from backoffice.operations.set_opening_balance import SetOpeningBalance, set_opening_balance
from backoffice.wording import problem_text


@dataclass(frozen=True)
class Line:
    """One allowance of one period, and the name of the form's field for it."""

    period: Row
    allowance: Row

    @property
    def name(self) -> str:
        """The field's name."""
        return f"used-{key_of(self.period)}-{self.allowance['key']}"

    @property
    def entered(self) -> int:
        """How often, so far."""
        return cast(int, self.allowance["opening"])

    @property
    def explained(self) -> str:
        """How many there are, and how many of them service records have taken."""
        used, reserved = cast(int, self.allowance["used"]), cast(int, self.allowance["reserved"])
        limit, by_records = self.allowance["limit"], used + reserved - self.entered
        return to_persian_digits(f"از {limit} بار؛ سوابق این سامانه {by_records} بار گرفته‌اند")

    def field(self) -> Field:
        """The field."""
        return WholeNumberField(str(self.allowance["label"]), description=self.explained, default=self.entered)


class OpeningScreen(Screen):
    """The form with the allowances of one asset. Each that changes is saved by itself."""

    title = "مصرف پیشین سهمیه‌ها"
    path = "opening"
    address = "/admin/assets/<int:key>/opening"
    permissions = {"index": "support.opening"}
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        lines = _lines(self._asset(key))
        form = _form(lines)
        problems: list[Problem] = []
        if request.method == "POST" and form.validate():
            problems = [problem for line in lines for problem in self._save(line, form)]
            if not problems:
                flash("مصرف پیشین سهمیه‌ها ذخیره شد.", "success")
                return to("assets.show", key=key)
        asset = self._asset(key)
        status = refused_status(problems) if problems else form_status(form, [])
        periods = [(period, list(found)) for period, found in groupby(_lines(asset), lambda line: line.period)]
        return self.page("assets/opening.html", status=status, row=asset, periods=periods, form=form, errors=[])

    def _asset(self, key: int) -> Row:
        with self.reading() as reader:
            return self.found(reader, "Asset", key, wants.ASSET_OPENING)

    def _save(self, line: Line, form: Form) -> Sequence[Problem]:
        """Save one number, if it was changed; what stood in the way is shown at its field."""
        field = form[line.name]
        if field.data is None or field.data == line.entered:
            return ()
        command = SetOpeningBalance(
            period_id=key_of(line.period), key=str(line.allowance["key"]), used=cast(int, field.data)
        )
        problems = set_opening_balance(self.desk, self.viewer, command).problems
        field.errors = [problem_text(problem, self.viewer.language) for problem in problems]
        return problems


def _lines(asset: Row) -> list[Line]:
    """The allowances of the periods that hold, the latest period first."""
    periods = [one for one in rows_of(asset, "supportPeriods") if one["status"] != PeriodStatus.CANCELLED]
    return [Line(period, allowance) for period in reversed(periods) for allowance in rows_of(period, "allowances")]


def _form(lines: Sequence[Line]) -> Form:
    form: Form = type("OpeningForm", (Form,), {line.name: line.field() for line in lines})(posted())
    return form
