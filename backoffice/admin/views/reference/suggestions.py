"""Suggestions to decide again, each with its cause and both decisions, accepted or dismissed a page at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose

from backoffice.admin.listing import ListingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.charges import RECORD
from backoffice.admin.views.reference.one_form import ConfirmForm, OneForm, OneFormScreen
from backoffice.models import RatingSuggestion, SuggestionStatus
from backoffice.operations.operation import foresee
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.preview_reratings import SeeReratings
from backoffice.operations.result import Result
from backoffice.pages.address_filters import AddressFilters
from backoffice.pages.command_form import CommandForm
from backoffice.pages.list_address import ROWS_ON_A_PAGE, Asked, search_text
from backoffice.pages.requests import posted, typed_key
from backoffice.pages.rows import Row, key_of
from backoffice.pages.template_filters import digits
from backoffice.query.selection import listing, want

EDITION = want("id", "jalali_year", "version", "open_suggestions")
SUGGESTION = want(
    *("id", "status"),
    record=RECORD,
    edition=want("id", "jalali_year", "version"),
    freed_slot=want(allowance=want("label"), record=want("id", "number", "status")),
)
SLOTS = "slots"
ACCEPTED = (
    "{count} خدمت دوباره حساب می‌شود، با تعرفه و سهمیهٔ امروز؛ تصمیم پیشین در سابقه می‌ماند.",
    "هزینهٔ پیشین هر خدمت برگردانده و هزینهٔ تازه پیشنهاد می‌شود؛ خدمتی که نوبت آزاد را می‌گیرد از سهمیه حساب می‌شود.",
    "هر نوبت آزاد نخست به قدیمی‌ترین خدمت می‌رسد و پیشنهادی که دیگر جا ندارد کنار گذاشته می‌شود.",
    "اگر یکی پذیرفتنی نباشد، هیچ‌کدام پذیرفته نمی‌شود.",
)


DISMISSAL = CommandForm(DismissReratings, ("reason",))


class SuggestionsScreen(OneFormScreen, ListingScreen):
    """The suggestions that wait, by what led to them: a late tariff edition, or a slot given back."""

    title = "قیمت‌گذاری دوباره"
    path = "suggestions"
    icon = "refresh"
    group = "مدیریت"
    permissions = {"index_view": accept_reratings.permission}
    does = {"accept": Does(accept_reratings, "check", main=True), "dismiss": Does(dismiss_reratings, "x")}
    entity = "RatingSuggestion"
    listed = RatingSuggestion
    rows = SUGGESTION
    create_view = None  # late editions and slots given back suggest

    def asked(self) -> Asked:
        asked = AddressFilters()
        asked.search(search_text())
        asked.always("waits", True)
        cause = request.args.get("cause", "")
        if cause == SLOTS:
            asked.always("freed", True)
        elif cause:
            asked.always("edition", typed_key(cause) or 0)
        return asked.asked()

    def beside_list(self) -> Mapping[str, object]:
        """The causes with how much waits for each."""
        with self.reading() as reader:
            editions = reader.list("TariffEdition", EDITION)
            freed = reader.page("RatingSuggestion", {"filter": {"waits": True, "freed": True}}, want("total_count"))
        waiting = [edition for edition in editions if edition["open_suggestions"]]
        return {"editions": waiting, "freed": freed["total_count"], "cause": request.args.get("cause", "")}

    def beside_rows(self, rows: Sequence[Row]) -> Mapping[str, object]:
        """What accepting each of them would do."""
        command = SeeReratings(ids=tuple(key_of(row) for row in rows))
        found = foresee(accept_reratings, self.desk, self.viewer, command).told or ()
        return {"foreseen": {one.suggestion_id: one for one in found}}

    @expose("/accept/", methods=("GET", "POST"))
    def accept(self) -> ResponseReturnValue:
        ids = _ticked()
        told = tuple(sentence.format(count=digits(len(ids))) for sentence in ACCEPTED)
        asking = self._asking("پذیرش پیشنهادها", submit="پذیرفته شود", done=None, told=told)
        return self.ask(asking, ConfirmForm(posted()), lambda: self._accept(ids))

    @expose("/dismiss/", methods=("GET", "POST"))
    def dismiss(self) -> ResponseReturnValue:
        ids = _ticked()
        form = DISMISSAL.made(posted())
        told = (f"{digits(len(ids))} خدمت همان‌طور که حساب شده است می‌ماند و به این دلیل دیگر پیشنهاد نمی‌شود.",)
        asking = self._asking("رد پیشنهادها", submit="رد شود", done="پیشنهادها رد شد.", told=told)

        return self.ask(asking, form, lambda: dismiss_reratings(self.desk, self.viewer, DISMISSAL.asked(form, ids=ids)))

    def _accept(self, ids: tuple[int, ...]) -> Result:
        """Accept them and tell what became of each."""
        result = accept_reratings(self.desk, self.viewer, AcceptReratings(ids=ids))
        if not result.problems:
            became = self._statuses(ids)
            if accepted := became[SuggestionStatus.ACCEPTED]:
                flash(f"{digits(accepted)} خدمت دوباره حساب شد.", "success")
            if obsolete := became[SuggestionStatus.OBSOLETE]:
                flash(f"{digits(obsolete)} پیشنهاد دیگر چیزی را عوض نمی‌کرد و کنار گذاشته شد.", "warning")
        return result

    def _statuses(self, ids: tuple[int, ...]) -> Counter[object]:
        with self.reading() as reader:
            asked = {"filter": {"keys": ids}, "first": ROWS_ON_A_PAGE}
            return Counter(row["status"] for row in reader.page(self.entity, asked, listing(want("status")))["nodes"])

    def _asking(self, title: str, *, submit: str, done: str | None, told: tuple[str, ...]) -> OneForm:
        back = url_for("suggestions.index_view", cause=request.args.get("cause") or None)
        return OneForm(
            title=title, crumbs=[(self.title, back)], submit=submit, back=back, onwards=back, done=done, told=told
        )


def _ticked() -> tuple[int, ...]:
    """The suggestions that were ticked on the page; the address keeps them until the answer."""
    given = request.args.getlist("suggestion")[:ROWS_ON_A_PAGE]
    return tuple(key for text in given if (key := typed_key(text)) is not None)
