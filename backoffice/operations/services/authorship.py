"""Who answers for what an operation records: a member of staff themself, else the desk's own account."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backoffice.domain.problem import ErrorCode
from backoffice.models import Office, OfficeKind, Staff
from backoffice.operations.result import refuse
from backoffice.operations.work import Work

DESK_ACCOUNT = "DESK"
"""The user name of the desk's own account. People's are kept in lower case: nobody is called so, or signs in as it."""


@dataclass(frozen=True)
class Author:
    """The member of staff who answers for a record, and the office that it belongs to."""

    staff_id: int
    office_id: int


def author_of(work: Work) -> Author:
    """The viewer, where they are of staff; else the desk's own account, in the default office.

    The account is made when it is first needed. NOT_FOUND on a desk that has no office yet.
    """
    viewer = work.viewer
    if viewer.staff_id is not None and viewer.office_id is not None:
        return Author(viewer.staff_id, viewer.office_id)
    account = _desk_account(work) or _made(work)
    return Author(account.id, account.office_id)


def default_office(work: Work) -> Office:
    """The origin of distances, else the first head office, else the first office there is."""
    by_rank = (Office.is_origin.desc(), (Office.kind == OfficeKind.HEAD_OFFICE).desc(), Office.id)
    office = work.session.scalar(select(Office).order_by(*by_rank).limit(1))
    if office is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_office", path=("office",), office="HQ")
    return office


def _desk_account(work: Work) -> Staff | None:
    return work.session.scalar(select(Staff).where(Staff.username == DESK_ACCOUNT))


def _made(work: Work) -> Staff:
    """The account, without a password that could be right and without a role; somebody else may make it meanwhile."""
    account = Staff(
        username=DESK_ACCOUNT,
        name="سامانه",
        password="",
        active=False,
        fs_uniquifier=uuid.uuid4().hex,
        office_id=default_office(work).id,
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(account)
    except IntegrityError:
        return work.session.scalars(select(Staff).where(Staff.username == DESK_ACCOUNT)).one()
    return account
