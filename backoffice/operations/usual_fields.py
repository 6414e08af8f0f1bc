"""Fields that commands of several rooms are given."""

from typing import Annotated, TypeAlias

from backoffice.domain.label import Label
from backoffice.operations.command import Given
from backoffice.operations.kinds import LongText, Version

VersionRead: TypeAlias = Annotated[
    int, Given(Version(), Label(fa="نسخه", en="Version"), about="The version you saw; an older one is STALE.")
]

_REASON = Label(fa="دلیل", en="Reason")
Reason: TypeAlias = Annotated[str, Given(LongText(), _REASON, about="Why; kept with the change.")]
ReasonIfAny: TypeAlias = Annotated[str | None, Given(LongText(), _REASON, about="Why, where there is a reason.")]
