"""What is asked when a service is recorded: the form, its choices, and the question it puts to the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, TypedDict

from flask import request
from wtforms import Form

from backoffice.domain.calendar import TEHRAN, business_day
from backoffice.domain.service import Mode, Subject
from backoffice.operations.services.record_service import PreviewService, RecordService
from backoffice.pages.fields import (
    CheckField,
    ClockField,
    HiddenTextField,
    JalaliDateField,
    KilometresField,
    OneOfField,
    RepeatKeyField,
    SeenAtField,
    SelectOneField,
    WholeNumberField,
    chosen,
)
from backoffice.pages.plugin_form import form_of, raw_values
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row, key_of
from backoffice.plugins import Part, Registry, ServiceType, describe
from backoffice.query.selection import asked, want
from backoffice.query.typed_rows import Nodes
from backoffice.wording import say


class _Site(TypedDict):
    id: str
    title: str
    city: str | None
    distance_metres: int | None


class _Asset(TypedDict):
    id: str
    serial_number: str
    product: Annotated[Row, want("name")]
    site: Annotated[Row | None, want("id")]
    current_periods: Annotated[list[Row], want("track", "last_day", "status")]


class RecordingCustomer(TypedDict):
    """The customer whom a service is recorded for, with the assets and sites to choose from."""

    id: str
    name: str
    code: str
    sites: list[_Site]
    assets: Annotated[Nodes[_Asset], asked(first=50)]


class OfferedChannel(TypedDict):
    """A channel to choose."""

    code: str
    label: str
    active: bool


WITHOUT_ASSET = ("", "بدون دستگاه")
SITE_OF_ASSET = ("", "محل ثبت‌شدهٔ دستگاه")
MIDDAY = time(12)
SEEN_LASTS = timedelta(minutes=30)
"""How long an answer may lie on the screen and its «now» still be the present."""


class ServiceForm(Form):
    """What every service has. Modes and subjects are the chosen type's; its own fields are a form beside this."""

    asset_id = OneOfField("دستگاه")
    service = OneOfField("خدمت", validators=[chosen()])
    mode = OneOfField("شیوهٔ ارائه", validators=[chosen()])
    subject = OneOfField("موضوع")
    channel = OneOfField("روش ارتباط", validators=[chosen()])
    site_id = SelectOneField("محل")
    distance_metres = KilometresField("فاصلهٔ جاده‌ای (کیلومتر)", description="اگر خالی بماند، فاصلهٔ محل")
    done = CheckField("انجام شده است")
    minutes = WholeNumberField("مدت کار (دقیقه)")
    requested_on = JalaliDateField("تاریخ درخواست", description="اگر خالی بماند، اکنون")
    requested_clock = ClockField("ساعت درخواست")
    performed_on = JalaliDateField("تاریخ انجام", description="اگر خالی بماند، اکنون")
    performed_clock = ClockField("ساعت انجام")
    shown = HiddenTextField()
    expected_fingerprint = HiddenTextField()
    seen_at = SeenAtField()
    shown_outcome = HiddenTextField()
    shown_amount = HiddenTextField()
    idempotency_key = RepeatKeyField()


@dataclass(frozen=True)
class Sheet:
    """One service being recorded: for whom, the forms as filled in so far, and the chosen type."""

    customer: RecordingCustomer
    form: ServiceForm
    type: ServiceType | None
    request: Form | None
    result: Form | None

    @property
    def shown(self) -> str:
        """Names the fields that are on the screen: they are made anew when the type, or whether it is done, changes."""
        return f"{self.form.service.data or ''}|{'done' if self.form.done.data else ''}"

    def is_valid(self) -> bool:
        """Check what was filled in; each field has its errors then."""
        forms = [form for form in (self.form, self.request, self.result) if form is not None]
        judged = [form.validate() for form in forms]
        return all(judged)

    def unjudged(self) -> "Sheet":
        """The same sheet without errors: fields that were not on the screen yet cannot be wrong."""
        for form in (self.form, self.request, self.result):
            for field in form or ():
                field.errors = []
        return self


def sheet_of(
    customer: RecordingCustomer, channels: Sequence[OfferedChannel], registry: Registry, language: str
) -> Sheet:
    """The sheet of the request in hand: what was posted, else what the address suggests."""
    form = ServiceForm(posted(), data=_suggested(customer, channels))
    form.asset_id.choices = [*_assets(customer), WITHOUT_ASSET]
    form.service.choices = [(code, kind.label.in_language(language)) for code, kind in registry.service_types.items()]
    form.channel.choices = [(one["code"], one["label"]) for one in channels if one["active"]]
    sites = [(str(key_of(site)), site["title"]) for site in customer["sites"]]
    form.site_id.choices = [SITE_OF_ASSET, *sites]
    kind = registry.get(form.service.data or "")
    if kind is None:
        return Sheet(customer, form, None, None, None)
    _offer(form, kind, language)
    asked = part_form(kind, Part.REQUEST, language)
    return Sheet(customer, form, kind, asked, part_form(kind, Part.RESULT, language) if form.done.data else None)


def part_form(kind: ServiceType, part: Part, language: str) -> Form:
    """The form of a type's request or result, with what was posted of it."""
    return form_of(describe(kind.schema(part)), language)(posted(), prefix=f"{part}-")


def _suggested(customer: RecordingCustomer, channels: Sequence[OfferedChannel]) -> Mapping[str, object]:
    """Where the form begins: the asset and the service of the address, else the first asset; the first channel."""
    assets = [value for value, _ in _assets(customer)]
    return {
        "asset_id": request.args.get("asset") or next(iter(assets), None),
        "service": request.args.get("service"),
        "channel": next((one["code"] for one in channels if one["active"]), None),
    }


def _assets(customer: RecordingCustomer) -> list[tuple[str, str]]:
    assets = customer["assets"]["nodes"]
    return [(str(key_of(asset)), f"{asset['product']['name']} {asset['serial_number']}") for asset in assets]


def _offer(form: ServiceForm, kind: ServiceType, language: str) -> None:
    """Put the type's modes and subjects into the form; a choice that another type left behind gives way."""
    modes = [mode for mode in Mode if mode in kind.modes]
    subjects = [subject for subject in Subject if subject in kind.subjects]
    form.mode.choices = [(mode.value, say(f"mode.{mode}", {}, language)) for mode in modes]
    form.subject.choices = [(one.value, say(f"subject.{one}", {}, language)) for one in subjects]
    if form.mode.data not in modes:
        form.mode.data = modes[0].value
    if form.subject.data not in subjects:
        form.subject.data = kind.offering.default_subject.value


def previewed(sheet: Sheet, now: datetime) -> PreviewService:
    """The question of a valid sheet, before recording."""
    return PreviewService(**_asking(sheet, now))


def recorded(sheet: Sheet, now: datetime) -> RecordService:
    """The same question, to be recorded."""
    form = sheet.form
    return RecordService(
        **_asking(sheet, now) | {"request": raw_values(sheet.request) if sheet.request else {}},
        channel=form.channel.data or "",
        result=raw_values(sheet.result) if sheet.result else None,
        expected_fingerprint=form.expected_fingerprint.data,
        idempotency_key=form.idempotency_key.data,
    )


def _asking(sheet: Sheet, now: datetime) -> dict[str, Any]:
    form = sheet.form
    done = bool(form.done.data)
    return {
        "service_type": form.service.data,
        "mode": Mode(form.mode.data or ""),
        "subject": Subject(form.subject.data) if form.subject.data else None,
        "customer_id": key_of(sheet.customer),
        "asset_id": _key(form.asset_id.data),
        "site_id": _key(form.site_id.data),
        "distance_metres": form.distance_metres.data,
        "minutes": form.minutes.data,
        "requested_at": instant(form.requested_on.data, form.requested_clock.data, now),
        "performed_at": (instant(form.performed_on.data, form.performed_clock.data, now) or now) if done else None,
        "request": raw_values(sheet.request) if sheet.request else None,
    }


def seen_at(form: Form, now: datetime) -> datetime | None:
    """What «now» is in a form: the instant of the answer that was seen, so that sent twice it says the same.

    None when that was too long ago to be called now.
    """
    field = form["seen_at"]
    seen = field.data if isinstance(field, SeenAtField) else None
    if seen is None:
        return now
    return min(seen, now) if now - seen <= SEEN_LASTS else None


def instant(day: date | None, clock: time | None, now: datetime) -> datetime | None:
    """A day and a time as people give them: no day means today; a day without a time its noon, today the present."""
    today = business_day(now)
    if day is None and clock is None:
        return None
    if clock is None:
        return now if day == today else datetime.combine(day or today, MIDDAY, TEHRAN)
    return datetime.combine(day or today, clock, TEHRAN)


def _key(text: str | None) -> int | None:
    return int(text) if text else None
