"""Service records: the list with its filters, and the page of one record."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from flask import request
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.listing import ListingScreen
from backoffice.admin.live_answer import DECISION
from backoffice.admin.record_line import RECORD_ROW
from backoffice.admin.request_words import details
from backoffice.admin.subject_states import waiting_request
from backoffice.admin.views.overrides import Overridden, engines_decision
from backoffice.admin.views.stepping import STEPS
from backoffice.domain.coverage import Outcome
from backoffice.domain.record import OPEN, RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ServiceRecord
from backoffice.operations.reratings.accept_reratings import accept_reratings
from backoffice.pages.address_filters import AddressFilters
from backoffice.pages.language import ChoicesOf
from backoffice.pages.list_address import Asked, search_text
from backoffice.pages.rows import Row, key_of
from backoffice.plugins import Part
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected


class RecordPage(Overridden):
    """All that there is about a record."""

    id: str
    number: str
    mode: object
    subject: object
    status: object
    requested_at: datetime
    scheduled_at: datetime | None
    performed_at: datetime | None
    minutes: int | None
    distance_metres: int | None
    amount: object
    end_reason: str | None
    created_at: datetime
    updated_at: datetime
    version: int
    request: object
    result: object
    request_data: object
    result_data: object
    service_type: Annotated[Row, want("code", "label", "installed")]
    channel: Annotated[Row, want("code", "label")]
    customer: Annotated[Row, want("id", "name", "phones")]
    asset: Annotated[Row | None, want("id", "serial_number", product=want("name"))]
    site: Annotated[Row | None, want("id", "title", "city", "distance_metres")]
    office: Annotated[Row, want("name")]
    assignee: Annotated[Row | None, want("name")]
    author: Annotated[Row | None, want("name")]
    estimate: Annotated[Row | None, DECISION]
    coverage: Annotated[Row | None, DECISION]
    charges: Annotated[list[Row], want("amount", "status")]


TABS: Mapping[str, Collection[RecordStatus]] = {"open": OPEN, **{one.value: (one,) for one in RecordStatus}}
ENUMS: Mapping[str, tuple[str, type[StrEnum]]] = {"mode": ("شیوه", Mode), "outcome": ("پوشش", Outcome)}


class RecordsScreen(ListingScreen):
    """The service records."""

    title = "خدمات"
    path = "records"
    icon = "tool"
    covers = (
        "recording",
        "scheduling",
        "completing",
        "overriding",
        "approving",
        "declining",
        *(step.path for step in STEPS),
    )
    permissions = {"index_view": "record.read", "show": "record.read"}
    entity = "ServiceRecord"
    listed = ServiceRecord
    rows = RECORD_ROW
    create_view = None  # a record is made by recording a service

    def asked(self) -> Asked:
        """The filters of the address; one that is not there or makes no sense filters nothing."""
        asked = AddressFilters()
        asked.search(search_text())
        if (tab := request.args.get("status", "")) in TABS:
            asked.always("status", TABS[tab])
        asked.choice("type", self._types(), "خدمت", name="service_type")
        asked.choice("channel", self._channels(), "روش ارتباط")
        asked.one_of("assignee", self._staff(), "کارشناس", name="assignee_id", read=int)
        for name, (title, kind) in ENUMS.items():
            asked.choice(name, dict(ChoicesOf(name, kind)), title)
        asked.days("requested_at")
        return asked.asked()

    def _types(self) -> Mapping[str, str]:
        language = self.viewer.language
        types = self.desk.registry.service_types.items()
        return {code: kind.label.in_language(language) for code, kind in types}

    def _channels(self) -> Mapping[str, str]:
        with self.reading() as reader:
            return {str(one["code"]): str(one["label"]) for one in reader.list("Channel", want("code", "label"))}

    def _staff(self) -> Mapping[str, str]:
        """Everybody who may be at work on a record, whoever looks first."""
        with self.reading() as reader:
            named = {str(key_of(one)): str(one["name"]) for one in reader.list("Staff", want("id", "name"))}
        mine = str(self.viewer.staff_id)
        return ({mine: "خودم"} if mine in named else {}) | {key: name for key, name in named.items() if key != mine}

    def beside_list(self) -> Mapping[str, object]:
        words = {name: list(ChoicesOf(name, kind)) for name, (_, kind) in ENUMS.items()}
        return {
            "types": self._types(),
            "channels": self._channels(),
            "staff": self._staff(),
            "tabs": tuple(TABS),
            "words": words,
        }

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            record = self.found(reader, "ServiceRecord", key, selected(RecordPage))
            suggested = self._suggested(reader, key)
        registry, language = self.desk.registry, self.viewer.language
        return self.page(
            "records/show.html",
            record=record,
            key=key,
            engines=engines_decision(record),
            waiting=waiting_request(record),
            suggested=suggested,
            asked_values=details(record, Part.REQUEST, registry, language),
            result_values=details(record, Part.RESULT, registry, language),
        )

    def _suggested(self, reader: Reader, key: int) -> object:
        """How many suggestions to decide the record again wait, for whoever may accept them."""
        if not self.viewer.may(accept_reratings.permission):
            return 0
        asked = {"filter": {"record": key, "waits": True}}
        return reader.page("RatingSuggestion", asked, want("total_count"))["total_count"]
