"""What every step of a reading knows: the viewer, the plugins, the day and the database's dialect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backoffice.access.viewer import Viewer
from backoffice.plugins import Registry

if TYPE_CHECKING:
    from backoffice.query.registry import Entities


@dataclass(frozen=True)
class Context:
    """``today`` is the business day; ``dialect`` is SQLAlchemy's name of the database."""

    viewer: Viewer
    plugins: Registry
    today: date
    dialect: str
    entities: Entities
