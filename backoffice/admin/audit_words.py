"""The words for the names of stored values, as the audit trail shows them; a name that has none is shown as it is."""

from collections import Counter
from collections.abc import Mapping

from backoffice.operations.catalogue import Operations
from backoffice.operations.command import CommandField
from backoffice.pages.language import language
from backoffice.wording import texts

FIELDS: Mapping[str, str] = {
    "active": "فعال",
    "actor": "کاربر",
    "added": "افزوده‌شده",
    "approved_at": "زمان تأیید",
    "approved_by_id": "شمارهٔ تأییدکننده",
    "author_id": "شمارهٔ ثبت‌کننده",
    "basis_points": "نرخ (صدم درصد)",
    "call_out": "ردیف اعزام",
    "channel_code": "روش ارتباط",
    "coverage_id": "شمارهٔ تصمیم",
    "created_at": "زمان ثبت",
    "created_by_id": "شمارهٔ ثبت‌کننده",
    "customer_id": "شمارهٔ مشتری",
    "decision_id": "شمارهٔ تصمیم",
    "document_hash": "اثر انگشت سند",
    "edition_id": "شمارهٔ تعرفه",
    "effective_from": "اجرا از",
    "en": "انگلیسی",
    "end_reason": "دلیل پایان",
    "ends_before": "تا پیش از",
    "estimate_id": "شمارهٔ برآورد",
    "fa": "فارسی",
    "failed_sign_ins": "ورودهای ناموفق",
    "id": "شماره",
    "is_origin": "مبدأ فاصله‌ها",
    "jalali_month": "ماه",
    "jalali_year": "سال",
    "kilometre": "ردیف کیلومتر",
    "label": "نام",
    "label_folded": "نام برای جست‌وجو",
    "labels": "نام",
    "labour": "ردیف دستمزد",
    "lines": "ردیف",
    "locked_until": "بسته تا",
    "office_id": "شمارهٔ دفتر",
    "opening_balances": "مصرف پیشین",
    "origin_moved_from": "مبدأ پیشین",
    "outcome": "پوشش",
    "plan_id": "شمارهٔ طرح",
    "position": "جایگاه",
    "prefix": "آغاز توکن",
    "product_version": "نسخه",
    "published_at": "زمان انتشار",
    "rate": "نرخ (ریال)",
    "rates": "نرخ",
    "record_id": "شمارهٔ خدمت",
    "recorded_by_id": "شمارهٔ ثبت‌کننده",
    "recorded_by_kind": "نوع ثبت‌کننده",
    "recorded_by_name": "ثبت‌کننده",
    "request_data": "درخواست",
    "result_data": "نتیجه",
    "reversed_at": "زمان برگشت",
    "revoked_at": "زمان باطل شدن",
    "revoked_tokens": "توکن‌های باطل‌شده",
    "scheduled_at": "زمان‌بندی",
    "scopes": "دسترسی‌ها",
    "shadow_amount": "ارزش پوشش (ریال)",
    "source": "منبع",
    "staff_id": "شمارهٔ عضو",
    "starts_on": "از",
    "status": "وضعیت",
    "support": "پشتیبانی",
    "support_plan_code": "طرح پشتیبانی",
    "tax_rate_id": "شمارهٔ نرخ مالیات",
    "title": "عنوان",
    "unit": "واحد",
    "updated_at": "زمان تغییر",
    "upgrades_to": "ارتقا به",
    "warranty": "گارانتی",
    "withdrawal_reason": "دلیل پس گرفتن",
    "withdrawn_on": "روز پس گرفتن",
}

DERIVED = frozenset({"search_text", "sort_key", "serial_folded"})
"""What is stored of other values of the same row, to find and to sort it by: not worth a line."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("customer_kind", "office_kind", "period_kind"),
    "mode": ("mode",),
    "recorded_by_kind": ("actor_kind",),
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


def field_words(operations: Operations, name: str) -> Mapping[str, str]:
    """The words for names of stored values in what the operation ``name`` changed.

    Its own command's labels come first, then what no command has, then the labels of other commands.
    """
    others = {field.name: field for operation in operations.values() for field in operation.fields}
    own = {field.name: field for field in operations[name].fields} if name in operations else {}
    return {**_labels(others), **FIELDS, **_labels(own)}


def operation_words(operations: Operations) -> Mapping[str, str]:
    """What operations are called, by their names: their labels, with their entity's word where two labels are alike."""
    known = texts(language())
    labels = {name: operation.label.in_language(language()) for name, operation in operations.items()}
    often = Counter(labels.values())
    about = {name: known[f"entity.{operation.entity}"] for name, operation in operations.items()}
    return {name: label if often[label] == 1 else f"{label} {about[name]}" for name, label in labels.items()}


def _labels(named: Mapping[str, CommandField]) -> Mapping[str, str]:
    return {name: field.given.label.in_language(language()) for name, field in named.items()}


def words_of(place: str, words: Mapping[str, str]) -> str:
    """The words for a dotted name, part by part."""
    return " ‹ ".join(words.get(part, part) for part in place.split("."))
