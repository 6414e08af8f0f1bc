"""Inserting a row whose business key somebody else may take at the same moment."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backoffice.domain.problem import Problem
from backoffice.models.base import Base
from backoffice.operations.result import Refusal


def insert_unless_taken(session: Session, row: Base, taken: Callable[[], Problem | None]) -> None:
    """Insert ``row``; refuse with the problem that ``taken`` finds, before the insert or after the database refused it.

    A refusal of the database that ``taken`` cannot explain is raised as it came.
    """
    _refuse_if(taken())
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        _refuse_if(taken())
        raise


def _refuse_if(problem: Problem | None) -> None:
    if problem is not None:
        raise Refusal(problem)
