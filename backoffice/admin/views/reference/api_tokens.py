"""API tokens: made and shown once, listed by their first characters, revoked."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.access.permissions import PERMISSIONS
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import ConfirmForm, OneForm, OneFormScreen, Secret
from backoffice.domain.text import to_persian_digits
from backoffice.operations.result import Result
from backoffice.operations.staff.create_token import LONGEST_DAYS, CreateToken, create_token
from backoffice.operations.staff.revoke_token import RevokeToken, revoke_token
from backoffice.pages.fields import (
    ChecksField,
    Choice,
    RepeatKeyField,
    SelectOneField,
    TextField,
    WholeNumberField,
    chosen,
    required,
)
from backoffice.pages.requests import posted
from backoffice.query.selection import want

AT_MOST = to_persian_digits(f"حداکثر {LONGEST_DAYS} روز")
TOKEN = want(
    *("id", "name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at", "created_at"), staff=want("name")
)


class NewTokenForm(Form):
    """A new token."""

    name = TextField("برای چه برنامه‌ای", validators=[required()], description="مانند «سایت» یا «برنامهٔ همراه»")
    username = SelectOneField("به نام", validators=[chosen()], description="توکن با دسترسی‌های این عضو کار می‌کند")
    days = WholeNumberField("اعتبار (روز)", default=LONGEST_DAYS, validators=[required()], description=AT_MOST)
    scopes = ChecksField(
        "فقط این دسترسی‌ها",
        choices=[(code, label.fa) for code, label in PERMISSIONS.items()],
        description="اگر هیچ‌یک را برنگزینید، هرچه آن عضو می‌تواند؛ هرگز بیش از آن",
    )
    idempotency_key = RepeatKeyField()


class TokensScreen(OneFormScreen):
    """The tokens."""

    title = "توکن‌ها"
    path = "tokens"
    icon = "key"
    group = "مدیریت"
    permissions = {"index": create_token.permission}
    does = {"new": Does(create_token, "plus", main=True), "revoke": Does(revoke_token, "ban")}
    entity = "ApiToken"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            tokens = reader.list("ApiToken", TOKEN)
        return self.page("tokens/list.html", tokens=tokens, now=self.desk.clock())

    @expose("/new/", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NewTokenForm(posted())
        form.username.choices = self._members()
        made: list[str] = []

        def run() -> Result:
            command = CreateToken(
                username=form["username"].data,
                name=form["name"].data,
                days=form["days"].data,
                scopes=tuple(form["scopes"].data or ()),
                idempotency_key=form["idempotency_key"].data,
            )
            created = create_token(self.desk, self.viewer, command)
            made.append(created.told or "")
            return created

        asking = self._asking("توکن تازه", submit="ساخت توکن", done="توکن ساخته شد.")
        missed = "اگر آن را برنداشته‌اید، در فهرست توکن‌ها باطلش کنید و یکی دیگر بسازید."
        return self.ask(asking, form, run, secret=Secret("توکن", lambda: made[-1], missed))

    @expose("/<int:key>/revoke/", methods=("GET", "POST"))
    def revoke(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            token = self.found(reader, "ApiToken", key, TOKEN)
        told = (
            f"برنامه‌ای که توکن «{token['name']}» با آغاز {token['prefix']} را دارد از همین لحظه پذیرفته نمی‌شود.",
            "باطل کردن بازگشت ندارد.",
        )
        asking = self._asking("باطل کردن توکن", submit="باطل شود", done="توکن باطل شد.", told=told, danger=True)
        command = RevokeToken(id=key)
        return self.ask(asking, ConfirmForm(posted()), lambda: revoke_token(self.desk, self.viewer, command))

    def _members(self) -> list[Choice]:
        """Whoever works here, by user name."""
        with self.reading() as reader:
            staff = reader.list("Staff", want("username", "name", "active"))
        named = [(str(one["username"]), f"{one['name']} · {one['username']}") for one in staff if one["active"]]
        return [("", "برگزینید…"), *named]

    def _asking(
        self, title: str, *, submit: str, done: str, told: tuple[str, ...] = (), danger: bool = False
    ) -> OneForm:
        back = url_for("tokens.index")
        return OneForm(
            title=title,
            crumbs=[(self.title, back)],
            submit=submit,
            back=back,
            onwards=back,
            done=done,
            told=told,
            danger=danger,
        )
