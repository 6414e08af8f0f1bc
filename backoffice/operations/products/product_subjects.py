"""Products and their versions as the subjects of operations."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.command import Given
from backoffice.operations.kinds import Id, Text
from backoffice.operations.subject import Subject, stateless

PRODUCT = stateless("Product")

ProductId: TypeAlias = Annotated[int, Given(Id("Product"), Label(fa="محصول", en="Product"), about="Which product.")]
FAMILY = Given(Text(), Label(fa="خانواده", en="Family"), about="The family of models it belongs to; null for none.")
PLAN_LABEL = Label(fa="طرح پشتیبانی", en="Support plan")


@dataclass(frozen=True, kw_only=True)
class VersionState:
    """What of a stored version says whether it can be withdrawn."""

    label: str
    withdrawn_on: date | None


VERSION = Subject(
    entity="ProductVersion",
    state=lambda work, row: VersionState(label=row.label, withdrawn_on=row.withdrawn_on),
)


def stands(state: VersionState, viewer: object) -> Problem | None:
    """The rule of withdrawing a version: CONFLICT for one that is withdrawn already."""
    if state.withdrawn_on is None:
        return None
    path, params = ("product_version_id",), {"label": state.label}
    return Problem(code=ErrorCode.CONFLICT, detail="product_version_withdrawn", path=path, params=params)
