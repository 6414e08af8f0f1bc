"""Dated VAT: the table, and new rates from a file."""

from datetime import date, timedelta
from typing import TypedDict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.admin.views.reference.importing import ImportingScreen
from backoffice.domain.tax_file import DatedRate
from backoffice.operations.operation import foresee
from backoffice.operations.tariffs.import_taxes import ImportTaxes, import_taxes
from backoffice.pages.uploads import Upload
from backoffice.query.typed_rows import selected


class Rate(TypedDict):
    """A rate; ``basis_points`` of the amount."""

    starts_on: date
    ends_before: date | None
    basis_points: int


DAY = timedelta(days=1)


class TaxesScreen(Screen):
    """The rates."""

    title = "مالیات"
    path = "taxes"
    icon = "percentage"
    group = "داده‌های پایه"
    covers = ("tax_import",)
    permissions = {"index": "tariff.read"}

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            rates = reader.list("TaxRate", selected(Rate))
        return self.page("taxes/list.html", rates=rates, one_day=DAY)


class TaxImportScreen(ImportingScreen):
    """Importing rates."""

    title = "ورود مالیات"
    path = "tax_import"
    address = "/admin/taxes/import"
    does = {"index": Does(import_taxes, "upload", main=True)}
    accept = ".xlsx,.csv"
    template = "taxes/import.html"

    def preview(self, upload: Upload) -> ResponseReturnValue:
        seen = foresee(import_taxes, self.desk, self.viewer, _command(upload))
        if seen.told is None:
            return self.choosing(problems=seen.problems, upload=upload)
        known = self._known()
        return self.previewing(upload, rates=[(rate, rate not in known) for rate in seen.told], one_day=DAY)

    def _known(self) -> set[DatedRate]:
        with self.reading() as reader:
            rows = reader.list("TaxRate", selected(Rate))
        return {DatedRate(row["starts_on"], row["ends_before"], row["basis_points"]) for row in rows}

    def store(self, upload: Upload) -> ResponseReturnValue:
        result = import_taxes(self.desk, self.viewer, _command(upload))
        if result.problems:
            return self.choosing(problems=result.problems, upload=upload)
        flash("نرخ‌ها ذخیره شد." if result.changed else "همهٔ این نرخ‌ها پیش‌تر بود؛ چیزی تغییر نکرد.", "success")
        return redirect(url_for("taxes.index"), code=303)


def _command(upload: Upload) -> ImportTaxes:
    return ImportTaxes(file_name=upload.name, content=upload.content)
