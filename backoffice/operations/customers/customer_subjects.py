"""Customers, their sites and their assets as the subjects of operations; none of their states stands in the way."""

from typing import Annotated, TypeAlias

from backoffice.domain.label import Label
from backoffice.operations.command import Given
from backoffice.operations.kinds import Id, LongText, PastDay, Text
from backoffice.operations.subject import stateless

CUSTOMER = stateless("Customer")
SITE = stateless("Site")
ASSET = stateless("Asset")

CITY = Given(Text(), Label(fa="شهر", en="City"), about="City; null for none.")
AssetId: TypeAlias = Annotated[int, Given(Id("Asset"), Label(fa="دستگاه", en="Asset"), about="Which asset.")]
ADDRESS = Given(LongText(500), Label(fa="نشانی", en="Address"), about="Address; null for none.")
DISTANCE_SOURCE = Given(
    Text(), Label(fa="منبع فاصله", en="Source of the distance"), about="Who or what measured the distance."
)
MEASURED_ON = Given(PastDay(), Label(fa="تاریخ اندازه‌گیری", en="Measured on"), about="When it was measured.")
