"""Suggestions to price again what was priced provisionally: both prices, accepted or dismissed together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.base import Row, key_of, number_in_address, posted, rows_of
from backoffice.admin.fields import LongTextField, required
from backoffice.admin.filters import digits
from backoffice.admin.listing import ROWS_ON_A_PAGE
from backoffice.admin.views.reference.asking import Asking, AskingScreen, ConfirmForm
from backoffice.admin.views.reference.charges import LONGEST_KEY, RECORD
from backoffice.operations.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.preview_reratings import Rerating, preview_reratings
from backoffice.query.selection import listing, want

EDITION = want("id", "jalaliYear", "version", "approvedAt", "openSuggestions")
SUGGESTION = want("id", "status", record=RECORD)


class DismissForm(Form):
    """Why the old prices stay."""

    reason = LongTextField("دلیل", validators=[required()])


@dataclass(frozen=True)
class Pair:
    """A record with the price in force and the one it would get; without one, nothing would change."""

    suggestion_id: int
    record: Row
    rerating: Rerating


class SuggestionsScreen(AskingScreen):
    """The suggestions, by the edition that led to them."""

    title = "قیمت‌گذاری دوباره"
    path = "suggestions"
    icon = "refresh"
    group = "مدیریت"
    permissions = dict.fromkeys(("index", "show", "accept", "dismiss"), "charge.rerate")
    entity = "TariffEdition"

    @expose("/")
    def index(self) -> Response:
        with self.reading() as reader:
            editions = reader.list("TariffEdition", EDITION)
        waiting = [edition for edition in editions if edition["openSuggestions"]]
        return self.page("suggestions/list.html", editions=waiting)

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        edition = self._edition(key)
        after = number_in_address("after") or 0
        found = preview_reratings(self.desk, self.viewer, key, after=after, first=ROWS_ON_A_PAGE)
        pairs = self._pairs(found)
        more = found[-1].suggestion_id if len(found) == ROWS_ON_A_PAGE else None
        return self.page("suggestions/show.html", edition=edition, key=key, pairs=pairs, more=more)

    @expose("/<int:key>/accept/", methods=("GET", "POST"))
    def accept(self, key: int) -> ResponseReturnValue:
        ids = _ticked()
        told = (
            f"برای {digits(len(ids))} خدمت تصمیم تازه‌ای با تعرفهٔ تأییدشده گرفته می‌شود؛ تصمیم پیشین در سابقه می‌ماند.",
            "هزینهٔ پیشین هر خدمت برگردانده و هزینهٔ تازه پیشنهاد می‌شود. یا همه پذیرفته می‌شوند یا هیچ‌کدام.",
        )
        asking = self._asking(key, "پذیرش قیمت تازه", submit="پذیرفته شود", done="قیمت‌های تازه پذیرفته شد.", told=told)
        command = AcceptReratings(edition_id=key, ids=ids)
        return self.ask(asking, ConfirmForm(posted()), lambda: accept_reratings(self.desk, self.viewer, command))

    @expose("/<int:key>/dismiss/", methods=("GET", "POST"))
    def dismiss(self, key: int) -> ResponseReturnValue:
        ids = _ticked()
        form = DismissForm(posted())
        told = (f"{digits(len(ids))} خدمت با همان قیمت موقت می‌ماند و دیگر پیشنهاد نمی‌شود.",)
        asking = self._asking(key, "رد قیمت تازه", submit="رد شود", done="پیشنهادها رد شد.", told=told)

        def command() -> DismissReratings:
            return DismissReratings(edition_id=key, ids=ids, reason=form.reason.data or "")

        return self.ask(asking, form, lambda: dismiss_reratings(self.desk, self.viewer, command()))

    def _edition(self, key: int) -> Row:
        with self.reading() as reader:
            return self.found(reader, "TariffEdition", key, EDITION)

    def _pairs(self, found: Sequence[Rerating]) -> Sequence[Pair]:
        records = self._records([one.suggestion_id for one in found])
        return [
            Pair(one.suggestion_id, records[one.suggestion_id], one) for one in found if one.suggestion_id in records
        ]

    def _records(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The records by the suggestions about them."""
        with self.reading() as reader:
            page = reader.page("RatingSuggestion", {"filter": {"keys": ids}}, listing(SUGGESTION))
        return {key_of(row): row["record"] for row in rows_of(page, "nodes")}  # type: ignore[misc]

    def _asking(self, key: int, title: str, *, submit: str, done: str, told: tuple[str, ...]) -> Asking:
        edition = self._edition(key)
        back = url_for("suggestions.show", key=key)
        name = f"تعرفهٔ {digits(edition['jalaliYear'])}، نسخهٔ {digits(edition['version'])}"
        crumbs = [(self.title, url_for("suggestions.index")), (name, back)]
        return Asking(title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told)


def _ticked() -> tuple[int, ...]:
    """The suggestions that were ticked on the page; the address keeps them until the answer."""
    given = request.args.getlist("suggestion")[:ROWS_ON_A_PAGE]
    return tuple(int(text) for text in given if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY)
