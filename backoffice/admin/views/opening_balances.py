"""How often the allowances of an asset were used before the desk was introduced."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Annotated, TypedDict

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Field, Form

from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.domain.period import Track
from backoffice.domain.problem import Problem
from backoffice.domain.text import to_persian_digits
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.result import Result
from backoffice.pages.fields import LongTextField, WholeNumberField, required
from backoffice.pages.problems import form_status, place, refused_status
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import Row
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected


class _Allowance(TypedDict):
    key: str
    label: str
    modes: object
    limit: int
    used: int
    reserved: int
    opening: int


class _Period(TypedDict):
    track: Track
    status: object
    starts_on: date
    last_day: date
    allowances: list[_Allowance]


class OpeningAsset(TypedDict):
    """The asset whose allowances were used before."""

    id: str
    serial_number: str
    product: Annotated[Row, want("name")]
    current_periods: list[_Period]


@dataclass(frozen=True)
class Line:
    """One allowance of one period, and the name of the form's field for it."""

    period: _Period
    allowance: _Allowance

    @property
    def name(self) -> str:
        """The field's name."""
        return _field_name(self.period["track"], self.allowance["key"])

    @property
    def entered(self) -> int:
        """How often, so far."""
        return self.allowance["opening"]

    @property
    def explained(self) -> str:
        """How many there are, and how many of them service records have taken."""
        limit, by_records = self.allowance["limit"], self.allowance["used"] + self.allowance["reserved"] - self.entered
        return to_persian_digits(f"از {limit} بار؛ سوابق این سامانه {by_records} بار گرفته‌اند")

    def field(self) -> Field:
        """The field."""
        return WholeNumberField(self.allowance["label"], description=self.explained, default=self.entered)

    def balance(self, form: Form) -> OpeningBalance | None:
        """What the form says; None where it says nothing."""
        used: int | None = form[self.name].data
        track, key = self.period["track"], self.allowance["key"]
        return None if used is None else OpeningBalance(track=track, key=key, used=used)


class BalancesReasonForm(Form):
    """Why, beside the numbers of whatever allowances there are."""

    reason = LongTextField(
        "دلیل", validators=[required()], description="از کجا معلوم است؛ مانند «کارت خدمات ۱۴۰۴، با امضای مشتری»"
    )


class OpeningScreen(Screen):
    """The form with the allowances of one asset's present periods, all of which are saved or none."""

    title = "مصرف پیشین سهمیه‌ها"
    path = "opening"
    address = "/admin/assets/<int:key>/opening"
    does = {"index": Does(set_opening_balances, "history", place="allowances")}
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        asset = self._asset(key)
        lines = _lines(asset)
        form = _form(lines)
        problems: Sequence[Problem] = ()
        if request.method == "POST" and form.validate():
            result = self._save(key, lines, form)
            if not result.problems:
                return self._saved(key, result)
            problems = result.problems
        errors = place(map(_at_its_field, problems), form, self.viewer.language)
        status = refused_status(problems) if problems else form_status(form, errors)
        periods = [(period, list(found)) for period, found in groupby(lines, lambda line: line.period)]
        return self.page("assets/opening.html", status=status, row=asset, periods=periods, form=form, errors=errors)

    def _asset(self, key: int) -> OpeningAsset:
        with self.reading() as reader:
            return self.found(reader, "Asset", key, selected(OpeningAsset))

    def _save(self, key: int, lines: Sequence[Line], form: Form) -> Result:
        said = [line.balance(form) for line in lines]
        balances = tuple(balance for balance in said if balance is not None)
        command = SetOpeningBalances(asset_id=key, balances=balances, reason=form["reason"].data)
        return set_opening_balances(self.desk, self.viewer, command)

    def _saved(self, key: int, result: Result) -> ResponseReturnValue:
        flash("مصرف پیشین سهمیه‌ها ذخیره شد." if result.changed else "عددها همان بود که بود؛ چیزی عوض نشد.", "success")
        return to("assets.show", key=key)


def _field_name(track: str, key: str) -> str:
    return f"used-{track}-{key}"


def _at_its_field(problem: Problem) -> Problem:
    """The same problem, at the field of the form for its balance."""
    if problem.path[:1] != ("balances",) or len(problem.path) < len(("balances", "track", "key")):
        return problem
    return replace(problem, path=(_field_name(*problem.path[1:3]),))


def _lines(asset: OpeningAsset) -> list[Line]:
    """The allowances of the periods that hold today."""
    periods = asset["current_periods"]
    return [Line(period, allowance) for period in periods for allowance in period["allowances"]]


def _form(lines: Sequence[Line]) -> Form:
    form: Form = type("OpeningForm", (BalancesReasonForm,), {line.name: line.field() for line in lines})(posted())
    return form
