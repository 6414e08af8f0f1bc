"""Every permission of the core, and which role holds which."""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.domain.label import Label

PERMISSIONS: Mapping[str, Label] = MappingProxyType(
    {
        "customer.read": Label(fa="دیدن مشتریان", en="See customers"),
        "customer.write": Label(fa="ثبت و ویرایش مشتری و محل", en="Create and change customers and sites"),
        "product.read": Label(fa="دیدن محصولات", en="See products"),
        "product.write": Label(fa="ثبت و ویرایش محصول و نسخه‌هایش", en="Create and change products and their versions"),
        "asset.read": Label(fa="دیدن دستگاه‌ها", en="See assets"),
        "asset.write": Label(fa="ثبت خرید و انتقال دستگاه", en="Register purchases and transfer assets"),
        "support.renew": Label(fa="تمدید پشتیبانی", en="Renew support"),
        "support.opening": Label(fa="ثبت سهمیهٔ مصرف‌شدهٔ پیشین", en="Enter allowances used before"),
        "record.read": Label(fa="دیدن سوابق خدمت", en="See service records"),
        "record.write": Label(fa="ثبت و انجام خدمت", en="Record and complete services"),
        "record.void": Label(fa="ابطال خدمت انجام‌شده", en="Void services that were done"),
        "coverage.override": Label(fa="تغییر تصمیم پوشش", en="Override a coverage decision"),
        "plan.read": Label(fa="دیدن طرح‌های پشتیبانی", en="See support plans"),
        "plan.write": Label(fa="ثبت و انتشار طرح پشتیبانی", en="Write and publish support plans"),
        "tariff.read": Label(fa="دیدن تعرفه‌ها", en="See tariff editions"),
        "tariff.write": Label(fa="ثبت تعرفه و مالیات", en="Write tariff editions and taxes"),
        "tariff.approve": Label(fa="تأیید تعرفه", en="Approve tariff editions"),
        "charge.confirm": Label(fa="تأیید هزینه", en="Confirm charges"),
        "charge.rerate": Label(fa="پذیرش قیمت‌گذاری دوباره", en="Accept that services are priced again"),
        "stats.read": Label(fa="دیدن آمار", en="See statistics"),
        "plugin.read": Label(fa="دیدن افزونه‌ها", en="See plugins"),
        "audit.read": Label(fa="دیدن گزارش تغییرات", en="See the audit trail"),
        "office.manage": Label(fa="مدیریت دفترها", en="Manage offices"),
        "channel.manage": Label(fa="مدیریت روش‌های ارتباط", en="Manage channels"),
        "staff.manage": Label(fa="مدیریت کارکنان", en="Manage staff"),
        "token.manage": Label(fa="مدیریت توکن‌ها", en="Manage API tokens"),
        "system.operate": Label(fa="راهبری سامانه", en="Operate the system"),
    }
)

_READING = frozenset(
    {"customer.read", "product.read", "asset.read", "record.read", "plan.read", "tariff.read", "stats.read"}
)
_DESK = _READING | {"customer.write", "asset.write", "support.renew", "record.write"}

ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "viewer": _READING,
        "agent": _DESK,
        "supervisor": _DESK
        | {"support.opening", "product.write", "record.void", "coverage.override", "charge.rerate"}
        | {"plan.write", "plugin.read"},
        "finance": _READING | {"tariff.write", "tariff.approve", "charge.confirm", "charge.rerate"},
        "admin": frozenset(PERMISSIONS),
    }
)

OWN_OFFICE_ROLES = frozenset({"agent"})
"""Roles whose holders see the service records of their own office only, unless another role of theirs sees all."""
