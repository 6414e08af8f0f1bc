"""A row as the audit trail keeps it: its columns as plain JSON values."""

import json
from collections.abc import Mapping

from sqlalchemy import inspect

from backoffice.domain.canonical import canonical_json
from backoffice.models.base import Base


def document_of(row: Base, **more: object) -> Mapping[str, object]:
    """The columns of ``row``, and whatever ``more`` belongs to it, as JSON has them (instants and days as ISO text)."""
    columns = {attribute.key: getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs}
    document: Mapping[str, object] = json.loads(canonical_json({**columns, **more}))
    return document
