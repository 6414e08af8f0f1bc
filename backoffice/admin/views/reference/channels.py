"""Channels, by which requests arrive."""

from collections.abc import Mapping
from typing import cast

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.one_form import OneForm, OneFormScreen
from backoffice.operations.reference.save_channel import AddChannel, ChangeChannel, add_channel, change_channel
from backoffice.pages.fields import CheckField, CodeField, TextField, WholeNumberField, required
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row
from backoffice.query.selection import want

CHANNEL = want("code", "labels", "active", "position")


class _Names(Form):
    label_fa = TextField("نام فارسی", validators=[required()])
    label_en = CodeField("نام انگلیسی", validators=[required()])


class NewChannelForm(_Names):
    """A new channel."""

    code = CodeField("کد", validators=[required()], description="حروف کوچک لاتین؛ پس از این عوض نمی‌شود")


class ChannelChangeForm(_Names):
    """A channel as it is."""

    position = WholeNumberField("جایگاه در فهرست‌ها", description="عدد کوچک‌تر جلوتر می‌آید")
    active = CheckField("فعال است", description="روش غیرفعال خدمت تازه‌ای نمی‌گیرد و سوابقش می‌ماند")


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
            channels = reader.list("Channel", CHANNEL)
        return self.page("channels/list.html", channels=channels)

    @expose("/new/", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NewChannelForm(posted())
        asking = self._asking("روش ارتباط تازه", submit="ثبت", done="روش ارتباط ثبت شد.")
        return self.ask(asking, form, lambda: add_channel(self.desk, self.viewer, AddChannel(**form.data)))

    @expose("/edit/", methods=("GET", "POST"))
    def change(self) -> ResponseReturnValue:
        code = request.args.get("code", "")
        channel = self._channel(code)
        labels = cast(Mapping[str, str], channel["labels"])
        now = {"label_fa": labels["fa"], "label_en": labels["en"], **channel}
        form = ChannelChangeForm(posted(), data=now)

        def command() -> ChangeChannel:
            return ChangeChannel(
                code=code,
                label_fa=form["label_fa"].data,
                label_en=form["label_en"].data,
                active=form["active"].data,
                position=form["position"].data or 0,
            )

        asking = self._asking(f"ویرایش «{labels['fa']}»", submit="ذخیره", done="تغییرها ذخیره شد.")
        return self.ask(asking, form, lambda: change_channel(self.desk, self.viewer, command()))

    def _channel(self, code: str) -> Row:
        with self.reading() as reader:
            channel = reader.one("Channel", {"code": code}, CHANNEL)
        if channel is None:
            abort(404)
        return channel

    def _asking(self, title: str, *, submit: str, done: str) -> OneForm:
        back = url_for("channels.index")
        return OneForm(title=title, crumbs=[(self.title, back)], submit=submit, back=back, onwards=back, done=done)
