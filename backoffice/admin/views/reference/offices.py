"""Offices, and the one from which distances count."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import ConfirmForm, OneForm, OneFormScreen
from backoffice.domain.label import Label
from backoffice.models import OfficeKind
from backoffice.operations.reference.add_office import AddOffice, ChangeOffice, add_office, change_office
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import CodeField
from backoffice.pages.language import ChoicesOf
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row
from backoffice.pages.template_filters import number
from backoffice.query.selection import want

OFFICE = want("id", "code", "name", "kind", "is_origin", "distance_count")


KINDS = {"kind": ChoicesOf("office_kind", OfficeKind)}
NEW = CommandForm(
    AddOffice,
    ("name", "kind", "code"),
    hints={"code": Label(fa="کوتاه و لاتین؛ پس از این عوض نمی‌شود", en="Short and Latin; it never changes")},
    choices=KINDS,
    defaults={"kind": OfficeKind.AGENCY.value},
    makers={"code": CodeField},
)
CHANGED = CommandForm(ChangeOffice, ("name", "kind"), choices=KINDS)


class OfficesScreen(OneFormScreen):
    """The offices."""

    title = "دفترها"
    path = "offices"
    icon = "building-community"
    group = "داده‌های پایه"
    permissions = {"index": add_office.permission}
    does = {
        "new": Does(add_office, "plus", main=True),
        "change": Does(change_office, "edit"),
        "origin": Does(change_office),
    }
    entity = "Office"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            offices = reader.list("Office", OFFICE)
        return self.page("offices/list.html", offices=offices)

    @expose("/new/", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NEW.made(posted())
        asking = self._asking("دفتر تازه", submit="ثبت دفتر", done="دفتر ثبت شد.")
        return self.ask(asking, form, lambda: add_office(self.desk, self.viewer, NEW.asked(form)))

    @expose("/<int:key>/edit/", methods=("GET", "POST"))
    def change(self, key: int) -> ResponseReturnValue:
        office = self._office(key)
        form = CHANGED.made(posted(), data=office)
        asking = self._asking(f"ویرایش «{office['name']}»", submit="ذخیره", done="تغییرها ذخیره شد.")
        return self.ask(asking, form, lambda: change_office(self.desk, self.viewer, CHANGED.asked(form, id=key)))

    @expose("/<int:key>/origin/", methods=("GET", "POST"))
    def origin(self, key: int) -> ResponseReturnValue:
        office = self._office(key)
        measured = number(int(str(office["distance_count"])))
        told = (
            f"از این پس فاصلهٔ محل مشتریان از «{office['name']}» حساب می‌شود، برای مراجعهٔ رایگان و هزینهٔ رفت‌وآمد.",
            f"فاصلهٔ {measured} محل از این دفتر ثبت شده است؛ برای محل‌های دیگر هنگام ثبت مراجعه فاصله پرسیده می‌شود.",
            "فاصله‌هایی که از دفتر پیشین ثبت شده‌اند پاک نمی‌شوند، و آنچه تصمیم گرفته شده همان می‌ماند.",
        )
        done = "مبدأ فاصله‌ها عوض شد."
        asking = self._asking(f"«{office['name']}» مبدأ فاصله‌ها شود؟", submit="مبدأ شود", done=done, told=told)
        command = ChangeOffice(id=key, is_origin=True)
        return self.ask(asking, ConfirmForm(posted()), lambda: change_office(self.desk, self.viewer, command))

    def _office(self, key: int) -> Row:
        with self.reading() as reader:
            return self.found(reader, "Office", key, OFFICE)

    def _asking(self, title: str, *, submit: str, done: str, told: tuple[str, ...] = ()) -> OneForm:
        back = url_for("offices.index")
        crumbs = [(self.title, back)]
        return OneForm(title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told)
