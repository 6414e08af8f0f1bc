"""Channels, by which requests arrive."""

from collections.abc import Mapping
from typing import TypedDict

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import OneForm, OneFormScreen
from backoffice.domain.label import Label
from backoffice.operations.reference.save_channel import AddChannel, ChangeChannel, add_channel, change_channel
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import CodeField
from backoffice.pages.requests import posted
from backoffice.query.typed_rows import selected


class Channel(TypedDict):
    """A channel, with its names by language."""

    code: str
    labels: Mapping[str, str]
    active: bool
    position: int


NEW = CommandForm(
    AddChannel,
    ("label_fa", "label_en", "code"),
    hints={
        "code": Label(fa="حروف کوچک لاتین؛ پس از این عوض نمی‌شود", en="Small Latin letters; it never changes"),
    },
    makers={"label_en": CodeField, "code": CodeField},
)
CHANGED = CommandForm(
    ChangeChannel,
    ("label_fa", "label_en", "position", "active"),
    labels={
        "position": Label(fa="جایگاه در فهرست‌ها", en="Place in lists"),
        "active": Label(fa="فعال است", en="Is active"),
    },
    hints={
        "position": Label(fa="عدد کوچک‌تر جلوتر می‌آید", en="Smaller numbers come first"),
        "active": Label(
            fa="روش غیرفعال خدمت تازه‌ای نمی‌گیرد و سوابقش می‌ماند",
            en="An inactive channel takes no new records and keeps its old ones",
        ),
    },
    makers={"label_en": CodeField},
)


class ChannelsScreen(OneFormScreen):
    """The channels."""

    title = "روش‌های ارتباط"
    path = "channels"
    icon = "message-circle"
    group = "داده‌های پایه"
    permissions = {"index": add_channel.permission}
    does = {"new": Does(add_channel, "plus", main=True), "change": Does(change_channel, "edit")}

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            channels = reader.list("Channel", selected(Channel))
        return self.page("channels/list.html", channels=channels)

    @expose("/new/", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NEW.made(posted())
        asking = self._asking("روش ارتباط تازه", submit="ثبت", done="روش ارتباط ثبت شد.")
        return self.ask(asking, form, lambda: add_channel(self.desk, self.viewer, NEW.asked(form)))

    @expose("/edit/", methods=("GET", "POST"))
    def change(self) -> ResponseReturnValue:
        code = request.args.get("code", "")
        channel = self._channel(code)
        labels = channel["labels"]
        now = {"label_fa": labels["fa"], "label_en": labels["en"], **channel}
        form = CHANGED.made(posted(), data=now)
        asking = self._asking(f"ویرایش «{labels['fa']}»", submit="ذخیره", done="تغییرها ذخیره شد.")
        return self.ask(asking, form, lambda: change_channel(self.desk, self.viewer, CHANGED.asked(form, code=code)))

    def _channel(self, code: str) -> Channel:
        with self.reading() as reader:
            channel = reader.one("Channel", {"code": code}, selected(Channel))
        if channel is None:
            abort(404)
        return channel

    def _asking(self, title: str, *, submit: str, done: str) -> OneForm:
        back = url_for("channels.index")
        return OneForm(title=title, crumbs=[(self.title, back)], submit=submit, back=back, onwards=back, done=done)
