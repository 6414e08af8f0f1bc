"""Optimistic locking: who changes an object must have read its present version."""

from backoffice.domain.problem import ErrorCode
from backoffice.models import Asset, Customer, Product, ServiceRecord, Site
from backoffice.operations import lookups
from backoffice.operations.result import refuse
from backoffice.operations.work import Work


def begin_change(work: Work, row: Asset | Customer | Product | ServiceRecord | Site, version: int) -> None:
    """Hold ``row`` for a change; STALE, with its id, unless it still has this ``version``."""
    lookups.lock(work, row)
    if row.version != version:
        raise refuse(ErrorCode.STALE, path=("version",), entity_id=row.id, version=version, current=row.version)
