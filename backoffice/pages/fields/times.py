"""Days of the Jalali calendar, and times of day in Tehran."""

from datetime import date, datetime, time

from backoffice.domain.calendar import TEHRAN, parse_jalali
from backoffice.pages.fields.typed import TypedField
from backoffice.pages.language import language
from backoffice.wording import day as written_day
from backoffice.wording import digits

BAD_DATE = "چنین روزی در تقویم شمسی نیست. مانند ۱۴۰۵/۰۹/۰۱ بنویسید."
BAD_CLOCK = "ساعت را مانند ۰۹:۳۰ بنویسید."
BAD_MOMENT = "روز و ساعت را مانند ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰ بنویسید."


class JalaliDateField(TypedField):
    """A day, typed or picked as ۱۴۰۵/۰۹/۰۱; ``data`` is a Gregorian date."""

    data: date | None

    def read(self, text: str) -> date:
        try:
            return parse_jalali(text)
        except ValueError:
            raise ValueError(BAD_DATE) from None

    def write(self, value: date) -> str:
        return written_day(value, language())


class ClockField(TypedField):
    """A time of day in Tehran, as ۰۹:۳۰."""

    data: time | None

    def read(self, text: str) -> time:
        hours, _, minutes = text.partition(":")
        try:
            return time(int(hours), int(minutes))
        except ValueError:
            raise ValueError(BAD_CLOCK) from None

    def write(self, value: time) -> str:
        return digits(f"{value:%H:%M}", language())


class MomentField(TypedField):
    """An instant in Tehran, as ۱۴۰۵/۰۹/۰۱ ۰۹:۳۰; ``data`` is an aware datetime."""

    data: datetime | None

    def read(self, text: str) -> datetime:
        day, _, clock = text.partition(" ")
        try:
            return datetime.combine(parse_jalali(day), time.fromisoformat(clock.strip() or "00:00"), TEHRAN)
        except ValueError:
            raise ValueError(BAD_MOMENT) from None

    def write(self, value: datetime) -> str:
        there = value.astimezone(TEHRAN)
        return f"{written_day(there.date(), language())} {digits(f'{there:%H:%M}', language())}"
