"""Form fields that take what Persian keyboards write: digits of every set, Jalali dates, kilometres, lists by lines."""

from backoffice.pages.fields.choices import CheckField, ChecksField, Choice, OneOfField, SelectOneField
from backoffice.pages.fields.hidden import HiddenTextField, RepeatKeyField, SeenAtField, VersionField
from backoffice.pages.fields.numbers import KilometresField, NumberTextField, TomanField, WholeNumberField
from backoffice.pages.fields.required import chosen, required
from backoffice.pages.fields.text_fields import CodeField, LinesField, LongTextField, SourceField, TextField
from backoffice.pages.fields.times import BAD_DATE, ClockField, JalaliDateField, MomentField

__all__ = [
    "BAD_DATE",
    "CheckField",
    "ChecksField",
    "Choice",
    "ClockField",
    "CodeField",
    "HiddenTextField",
    "JalaliDateField",
    "KilometresField",
    "LinesField",
    "LongTextField",
    "MomentField",
    "NumberTextField",
    "OneOfField",
    "RepeatKeyField",
    "SeenAtField",
    "SelectOneField",
    "SourceField",
    "TextField",
    "TomanField",
    "VersionField",
    "WholeNumberField",
    "chosen",
    "required",
]
