"""Support plans as operations need them: the newest published version, and frozen copies by their hash."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.plan import SupportPlan
from backoffice.domain.problem import ErrorCode
from backoffice.models import SupportPlan as PlanRow
from backoffice.operations.result import refuse
from backoffice.operations.rules.frozen import frozen
from backoffice.operations.rules.remembered import Remembered

_remembered = Remembered[SupportPlan](most=128)
"""Plans by the hash of their document."""


class PlanMissing(Exception):
    """No version of a plan that the desk relies on is published: ``backoffice init`` publishes the shipped one."""


def newest_published(session: Session, code: str, *, path: str) -> PlanRow:
    """The newest published version of a plan; NOT_FOUND at ``path`` when there is none."""
    row = _newest(session, code)
    if row is None:
        raise refuse(ErrorCode.NOT_FOUND, "support_plan", path=(path,), code=code)
    return row


def default_plan(session: Session, code: str) -> PlanRow:
    """The plan that answers where no period was sold. Raises ``PlanMissing``."""
    row = _newest(session, code)
    if row is None:
        raise PlanMissing(code)
    return row


def frozen_plan(session: Session, document_hash: str) -> SupportPlan:
    """The plan as it was frozen under this hash."""
    return frozen_plans(session, {document_hash})[document_hash]


def frozen_plans(session: Session, hashes: AbstractSet[str]) -> Mapping[str, SupportPlan]:
    """The plans as they were frozen under these hashes, each read once by this process while it is remembered."""
    return frozen(session, hashes, remembered=_remembered, parse=SupportPlan.from_document)


def _newest(session: Session, code: str) -> PlanRow | None:
    chosen = select(PlanRow).where(PlanRow.code == code, PlanRow.published_at.is_not(None))
    return session.scalar(chosen.order_by(PlanRow.version.desc()).limit(1))
