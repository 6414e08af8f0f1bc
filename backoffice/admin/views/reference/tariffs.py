"""Tariff editions: the list, one edition beside the one before it, and its approval by another person."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.live_answer import texts
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import OneForm, OneFormScreen
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.review_tariff import TariffReview, review_tariff
from backoffice.pages.fields import HiddenTextField
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row
from backoffice.pages.template_filters import digits, number
from backoffice.query.selection import want

EDITION = want(
    *("id", "jalali_year", "version", "effective_from", "source"),
    *("approved", "approved_at", "created_at", "line_count"),
    approved_by=want("name"),
)


class TariffApprovalForm(Form):
    """Which lines were looked at."""

    reviewed = HiddenTextField()


class TariffsScreen(OneFormScreen):
    """The tariff editions."""

    title = "تعرفه‌ها"
    path = "tariffs"
    icon = "receipt"
    group = "داده‌های پایه"
    covers = ("tariff_import", "tariff_mapping")
    permissions = {"index": "tariff.read", "show": "tariff.read"}
    does = {"approve": Does(approve_tariff, "check", main=True)}
    entity = "TariffEdition"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            editions = reader.list("TariffEdition", EDITION)
        return self.page("tariffs/list.html", editions=editions)

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        edition, review = self._edition(key)
        warnings = texts(review.warnings, self.viewer.language)
        edition = {**edition, "imported_by_id": review.imported_by_id}
        return self.page("tariffs/show.html", edition=edition, key=key, review=review, warnings=warnings)

    @expose("/<int:key>/approve/", methods=("GET", "POST"))
    def approve(self, key: int) -> ResponseReturnValue:
        edition, review = self._edition(key)
        form = TariffApprovalForm(posted(), reviewed=review.reviewed)
        back = url_for("tariffs.show", key=key)
        asking = OneForm(
            title=f"تأیید {_name(edition)}",
            crumbs=[("تعرفه‌ها", url_for("tariffs.index")), (_name(edition), back)],
            submit="تأیید تعرفه",
            back=back,
            onwards=back,
            done="تعرفه تأیید شد و از روز اجرا خدمت‌ها با آن حساب می‌شود.",
            told=_before_approval(review),
            template="tariffs/approve.html",
            seen={"review": review, "warnings": texts(review.warnings, self.viewer.language)},
        )
        command = ApproveTariff(
            jalali_year=review.edition.jalali_year, version=review.edition.version, reviewed=form.reviewed.data or ""
        )
        return self.ask(asking, form, lambda: approve_tariff(self.desk, self.viewer, command))

    def _edition(self, key: int) -> tuple[Row, TariffReview]:
        with self.reading() as reader:
            edition = self.found(reader, "TariffEdition", key, EDITION)
        year, version = edition["jalali_year"], edition["version"]
        review = review_tariff(self.desk, self.viewer, int(str(year)), int(str(version)))
        if review is None:
            abort(404)
        return edition, review


def _name(edition: Row) -> str:
    return f"تعرفهٔ {digits(edition['jalali_year'])}، نسخهٔ {digits(edition['version'])}"


def _before_approval(review: TariffReview) -> list[str]:
    changed = sum(not change.is_same for change in review.difference.lines)
    told = [
        "تعرفهٔ تأییدشده دیگر عوض نمی‌شود؛ برای اصلاح باید نسخهٔ تازه‌ای وارد شود.",
        f"این تعرفه {number(len(review.edition.lines))} ردیف دارد و {number(changed)} ردیف با تعرفهٔ پیشین فرق می‌کند.",
    ]
    return told + (["این تعرفه هشدار دارد؛ پیش از تأیید آن‌ها را ببینید."] if review.warnings else [])
