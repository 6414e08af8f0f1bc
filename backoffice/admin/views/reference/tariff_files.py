"""A tariff edition from a file: mistakes at their rows, what it changes, then a draft."""

from flask import flash
from flask.typing import ResponseReturnValue

from backoffice.admin.live_answer import texts
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.importing import ImportingScreen
from backoffice.operations.operation import foresee
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.pages.requests import to
from backoffice.pages.uploads import Upload


class TariffImportScreen(ImportingScreen):
    """Importing a tariff edition."""

    title = "ورود تعرفه"
    path = "tariff_import"
    address = "/admin/tariffs/import"
    does = {"index": Does(import_tariff, "upload", main=True)}
    accept = ".xlsx,.csv"
    template = "tariffs/import.html"

    def preview(self, upload: Upload) -> ResponseReturnValue:
        seen = foresee(import_tariff, self.desk, self.viewer, _command(upload))
        if seen.told is None:
            return self.choosing(problems=seen.problems, upload=upload)
        warnings = texts(seen.told.warnings, self.viewer.language)
        return self.previewing(upload, review=seen.told, warnings=warnings)

    def store(self, upload: Upload) -> ResponseReturnValue:
        result = import_tariff(self.desk, self.viewer, _command(upload))
        if result.id is None:
            return self.choosing(problems=result.problems, upload=upload)
        flash("پیش‌نویس تعرفه ذخیره شد. کس دیگری باید آن را تأیید کند.", "success")
        return to("tariffs.show", key=result.id)


def _command(upload: Upload) -> ImportTariff:
    return ImportTariff(file_name=upload.name, content=upload.content)
