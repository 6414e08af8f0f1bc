"""The words for the names of stored values, as the audit trail shows them; a name that has none is shown as it is."""

from collections.abc import Mapping

from backoffice.pages.language import language
from backoffice.wording import texts

FIELDS: Mapping[str, str] = {
    "active": "فعال",
    "actor": "کاربر",
    "added": "افزوده‌شده",
    "address": "نشانی",
    "amount": "مبلغ (ریال)",
    "approved_at": "زمان تأیید",
    "approved_by_id": "شمارهٔ تأییدکننده",
    "asset_id": "شمارهٔ دستگاه",
    "assignee_id": "شمارهٔ کارشناس",
    "author_id": "شمارهٔ ثبت‌کننده",
    "basis_points": "نرخ (صدم درصد)",
    "call_out": "ردیف اعزام",
    "channel_code": "روش ارتباط",
    "city": "شهر",
    "code": "کد",
    "coverage_id": "شمارهٔ تصمیم",
    "created_at": "زمان ثبت",
    "created_by_id": "شمارهٔ ثبت‌کننده",
    "customer_id": "شمارهٔ مشتری",
    "decision_id": "شمارهٔ تصمیم",
    "distance_metres": "فاصله (متر)",
    "distance_source": "منبع فاصله",
    "document_hash": "اثر انگشت سند",
    "edition_id": "شمارهٔ تعرفه",
    "effective_from": "اجرا از",
    "en": "انگلیسی",
    "end_reason": "دلیل پایان",
    "ends_before": "تا پیش از",
    "estimate_id": "شمارهٔ برآورد",
    "fa": "فارسی",
    "family": "خانواده",
    "id": "شماره",
    "is_origin": "مبدأ فاصله‌ها",
    "jalali_month": "ماه",
    "jalali_year": "سال",
    "kilometre": "ردیف کیلومتر",
    "kind": "نوع",
    "label": "نام",
    "label_folded": "نام برای جست‌وجو",
    "labels": "نام",
    "labour": "ردیف دستمزد",
    "lines": "ردیف",
    "measured_on": "تاریخ اندازه‌گیری",
    "minutes": "مدت (دقیقه)",
    "mode": "شیوه",
    "name": "نام",
    "notes": "تازه‌ها",
    "office": "دفتر",
    "office_id": "شمارهٔ دفتر",
    "opening_balances": "مصرف پیشین",
    "origin_moved_from": "مبدأ پیشین",
    "outcome": "پوشش",
    "performed_at": "زمان انجام",
    "phones": "تلفن‌ها",
    "plan_id": "شمارهٔ طرح",
    "position": "جایگاه",
    "prefix": "آغاز توکن",
    "product_id": "شمارهٔ محصول",
    "product_version": "نسخه",
    "published_at": "زمان انتشار",
    "purchased_on": "روز خرید",
    "rate": "نرخ (ریال)",
    "rates": "نرخ",
    "record_id": "شمارهٔ خدمت",
    "released_on": "روز انتشار",
    "request_data": "درخواست",
    "requested_at": "زمان درخواست",
    "result_data": "نتیجه",
    "reversed_at": "زمان برگشت",
    "revoked_at": "زمان باطل شدن",
    "revoked_tokens": "توکن‌های باطل‌شده",
    "role": "نقش",
    "roles": "نقش‌ها",
    "scheduled_at": "زمان‌بندی",
    "scopes": "دسترسی‌ها",
    "serial_number": "سریال",
    "service_type": "نوع خدمت",
    "shadow_amount": "ارزش پوشش (ریال)",
    "site_id": "شمارهٔ محل",
    "sku": "کد محصول",
    "source": "منبع",
    "staff_id": "شمارهٔ عضو",
    "stage": "مرحله",
    "starts_on": "از",
    "status": "وضعیت",
    "subject": "موضوع",
    "support": "پشتیبانی",
    "support_plan_code": "طرح پشتیبانی",
    "tax_rate_id": "شمارهٔ نرخ مالیات",
    "title": "عنوان",
    "unit": "واحد",
    "updated_at": "زمان تغییر",
    "upgrades_to": "ارتقا به",
    "username": "نام کاربری",
    "version": "نسخه",
    "warranty": "گارانتی",
    "withdrawal_reason": "دلیل پس گرفتن",
    "withdrawn_on": "روز پس گرفتن",
}

DERIVED = frozenset({"search_text", "sort_key", "serial_folded"})
"""What is stored of other values of the same row, to find and to sort it by: not worth a line."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("customer_kind", "office_kind", "period_kind"),
    "mode": ("mode",),
    "outcome": ("outcome",),
    "role": ("role",),
    "roles": ("role",),
    "stage": ("customer_stage",),
    "status": ("status", "charge_status", "suggestion_status"),
    "subject": ("subject",),
    "unit": ("unit",),
}
"""The kinds of words that the value of a name may be one of."""


def value_words(name: str, value: str) -> str:
    """The words for a value that is one of a few, by the name it is stored under; else the value as it is."""
    known = texts(language())
    return next((known[key] for kind in KINDS.get(name, ()) if (key := f"{kind}.{value}") in known), value)


def words_of(place: str) -> str:
    """The words for a dotted name, part by part."""
    return " ‹ ".join(FIELDS.get(part, part) for part in place.split("."))
