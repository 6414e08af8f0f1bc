"""A row as the audit trail keeps it."""

from collections.abc import Mapping

from sqlalchemy import inspect

from backoffice.models.base import Base

NO_NUMBER = 0
"""The ``entity_id`` of what is known by a code and has no number; its document has the code."""


def document_of(row: Base, **more: object) -> Mapping[str, object]:
    """The columns of ``row`` by name, and whatever ``more`` belongs to it. All of it has a canonical JSON."""
    return {attribute.key: getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs} | more
