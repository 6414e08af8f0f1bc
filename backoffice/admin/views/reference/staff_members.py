"""Members of staff: who works here, in which roles, what those may do, and passwords that are shown once."""

from datetime import datetime
from typing import TypedDict

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.access.credentials import generated_password
from backoffice.access.permissions import PERMISSIONS, ROLES
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import ConfirmForm, OneForm, OneFormScreen, Secret, SecretForm
from backoffice.domain.label import Label
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.staff.deactivate_staff import DeactivateStaff, deactivate_staff
from backoffice.operations.staff.move_staff import MoveStaff, move_staff
from backoffice.operations.staff.reactivate_staff import ReactivateStaff, reactivate_staff
from backoffice.operations.staff.reset_password import ResetPassword, reset_password
from backoffice.operations.staff.set_staff_roles import SetStaffRoles, set_staff_roles
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import (
    CodeField,
    OneOfField,
    RepeatKeyField,
    SelectOneField,
    TextField,
    chosen,
    required,
)
from backoffice.pages.language import ChoicesOf
from backoffice.pages.requests import posted
from backoffice.query.reader import Reader
from backoffice.query.typed_rows import selected

MISSED = "اگر آن را برنداشته‌اید، در صفحهٔ این عضو گذرواژهٔ تازه بسازید."
MOVED = ("از این پس سوابق و آمار دفتر تازه را می‌بیند.", "سوابق، حتی آنچه در دست اوست، در دفتر خود می‌ماند.")
ROLE_CHOICES = ChoicesOf("role", ROLES)


class _Office(TypedDict):
    code: str
    name: str


class _Role(TypedDict):
    name: str


class _Held(TypedDict):
    role: _Role


class Account(TypedDict):
    """A member of staff, as the desk knows whoever signs in."""

    id: str
    username: str
    name: str
    active: bool
    locked_until: datetime | None
    created_at: datetime
    office: _Office
    roles: list[_Held]


class NewMemberForm(Form):
    """A new member; the password is made by the desk."""

    name = TextField("نام و نام خانوادگی", validators=[required()])
    username = CodeField("نام کاربری", validators=[required()], description="با آن وارد می‌شود؛ حروف لاتین")
    role = OneOfField("نقش", choices=ROLE_CHOICES, validators=[chosen()], default="agent")
    office = SelectOneField("دفتر", validators=[chosen()])
    idempotency_key = RepeatKeyField()


HELD_ROLES = CommandForm(SetStaffRoles, ("roles",), choices={"roles": ROLE_CHOICES})
MOVE = CommandForm(MoveStaff, ("office",))
LEAVING = CommandForm(
    DeactivateStaff,
    ("reason",),
    hints={"reason": Label(fa="در گزارش تغییرات می‌ماند", en="It stays in the audit trail")},
)


class StaffScreen(OneFormScreen):
    """The members of staff."""

    title = "کارکنان"
    path = "staff"
    icon = "user"
    group = "مدیریت"
    permissions = dict.fromkeys(("index", "matrix", "show"), add_staff.permission)
    does = {
        "new": Does(add_staff, "user-plus", main=True),
        "set_roles": Does(set_staff_roles, "edit", place="roles"),
        "move": Does(move_staff, "building"),
        "deactivate": Does(deactivate_staff, "user-off", place="leaving"),
        "reactivate": Does(reactivate_staff, "check", main=True),
        "new_password": Does(reset_password, "lock"),
    }
    entity = "StaffAccount"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            members = reader.list("StaffAccount", selected(Account))
        return self.page("staff/list.html", members=members)

    @expose("/roles/")
    def matrix(self) -> Response:
        return self.page("staff/matrix.html", roles=ROLES, permissions=PERMISSIONS)

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        member = self._member(key)
        held = {permission for role in _roles(member) for permission in ROLES[role]}
        allowed = [label for permission, label in PERMISSIONS.items() if permission in held]
        return self.page("staff/show.html", member=member, key=key, allowed=allowed, itself=key == self.viewer.staff_id)

    @expose("/new/", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NewMemberForm(posted())
        with self.reading() as reader:
            form.office.choices = _offices(reader)
        password = generated_password()
        asking = self._asking("عضو تازه", submit="ثبت", done="عضو تازه ثبت شد و می‌تواند وارد شود.")

        def command() -> AddStaff:
            return AddStaff(**form.data, password=password)

        secret = Secret("گذرواژهٔ نخستین", lambda: password, MISSED)
        return self.ask(asking, form, lambda: add_staff(self.desk, self.viewer, command()), secret=secret)

    @expose("/<int:key>/roles/", methods=("GET", "POST"))
    def set_roles(self, key: int) -> ResponseReturnValue:
        member = self._member(key)
        form = HELD_ROLES.made(posted(), data={"roles": _roles(member)})
        asking = self._asking("نقش‌ها", key, member, submit="ذخیره", done="نقش‌ها عوض شد و از همین حالا برقرار است.")
        return self.ask(asking, form, lambda: set_staff_roles(self.desk, self.viewer, HELD_ROLES.asked(form, id=key)))

    @expose("/<int:key>/office/", methods=("GET", "POST"))
    def move(self, key: int) -> ResponseReturnValue:
        member = self._member(key)
        here = member["office"]["code"]
        with self.reading() as reader:
            others = [(code, name) for code, name in _offices(reader) if code != here]
        form = MOVE.made(posted(), choices={"office": others})
        asking = self._asking("تغییر دفتر", key, member, submit="منتقل شود", done="دفتر این عضو عوض شد.", told=MOVED)
        return self.ask(asking, form, lambda: move_staff(self.desk, self.viewer, MOVE.asked(form, id=key)))

    @expose("/<int:key>/deactivate/", methods=("GET", "POST"))
    def deactivate(self, key: int) -> ResponseReturnValue:
        form = LEAVING.made(posted())
        asking = self._asking(
            "غیرفعال کردن",
            key,
            self._member(key),
            submit="غیرفعال شود",
            done="این عضو غیرفعال شد.",
            told=("دیگر نمی‌تواند وارد شود، نشست‌های باز او بسته و توکن‌هایش باطل می‌شود.", "سوابق او می‌ماند."),
            danger=True,
        )
        return self.ask(asking, form, lambda: deactivate_staff(self.desk, self.viewer, LEAVING.asked(form, id=key)))

    @expose("/<int:key>/reactivate/", methods=("GET", "POST"))
    def reactivate(self, key: int) -> ResponseReturnValue:
        told = ("دوباره می‌تواند وارد شود. توکن‌های باطل‌شده باطل می‌مانند.",)
        asking = self._asking(
            "فعال کردن", key, self._member(key), submit="فعال شود", done="این عضو فعال شد.", told=told
        )
        command = ReactivateStaff(id=key)
        return self.ask(asking, ConfirmForm(posted()), lambda: reactivate_staff(self.desk, self.viewer, command))

    @expose("/<int:key>/password/", methods=("GET", "POST"))
    def new_password(self, key: int) -> ResponseReturnValue:
        password = generated_password()
        asking = self._asking(
            "گذرواژهٔ تازه",
            key,
            self._member(key),
            submit="گذرواژهٔ تازه بساز",
            done="گذرواژه عوض شد.",
            told=(
                "گذرواژهٔ کنونی از کار می‌افتد و نشست‌های باز او بسته می‌شود.",
                "گذرواژهٔ تازه فقط یک بار نشان داده می‌شود.",
            ),
        )
        form = SecretForm(posted())
        command = ResetPassword(id=key, password=password, idempotency_key=form["idempotency_key"].data)
        secret = Secret("گذرواژهٔ تازه", lambda: password, MISSED)
        return self.ask(asking, form, lambda: reset_password(self.desk, self.viewer, command), secret=secret)

    def _member(self, key: int) -> Account:
        with self.reading() as reader:
            return self.found(reader, "StaffAccount", key, selected(Account))

    def _asking(
        self,
        title: str,
        key: int | None = None,
        member: Account | None = None,
        *,
        submit: str,
        done: str,
        told: tuple[str, ...] = (),
        danger: bool = False,
    ) -> OneForm:
        """About the list, or about one member."""
        crumbs = [(self.title, url_for("staff.index"))]
        back = url_for("staff.index")
        if key is not None and member is not None:
            back = url_for("staff.show", key=key)
            crumbs.append((member["name"], back))
        return OneForm(
            title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told, danger=danger
        )


def _roles(member: Account) -> list[str]:
    return [held["role"]["name"] for held in member["roles"]]


def _offices(reader: Reader) -> list[tuple[str, str]]:
    offices = reader.list("Office", selected(_Office))
    return [(office["code"], office["name"]) for office in offices]
