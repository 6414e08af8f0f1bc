"""A desk's rows in a database of the module's own; what a test adds is undone after it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from backoffice.models.database import WRITING, Database
from tests.query.building import World


@pytest.fixture
def world(shared_database: Database) -> Iterator[World]:
    """A desk with two offices and nothing sold yet."""
    with Session(shared_database.engine.execution_options(**WRITING), expire_on_commit=False) as session:
        yield World(session)
