"""Fields that commands of several rooms are given."""

from typing import Annotated, TypeAlias

from backoffice.domain.label import Label
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations.command import Given
from backoffice.operations.kinds import Called, LongText, Version
from backoffice.operations.rules import published_plans
from backoffice.operations.work import Work

VersionRead: TypeAlias = Annotated[
    int, Given(Version(), Label(fa="نسخه", en="Version"), about="The version you saw; an older one is STALE.")
]

_REASON = Label(fa="دلیل", en="Reason")
Reason: TypeAlias = Annotated[str, Given(LongText(), _REASON, about="Why; kept with the change.")]
ReasonIfAny: TypeAlias = Annotated[str | None, Given(LongText(), _REASON, about="Why, where there is a reason.")]


def _published(work: Work, code: str, path: str) -> PlanRow:
    return published_plans.newest_published(work.session, code, path=path)


PublishedPlan = Called(entity="SupportPlan", find=_published)
"""The code of a plan of which some version is published; NOT_FOUND for another."""
