"""A prepared desk on each database: one that a module's tests share, each with its own assets, or a fresh one."""

from collections.abc import Iterator

import pytest

from backoffice.models.database import Database
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import Copies, MakeDatabase


@pytest.fixture(scope="module")
def desk_database(copies: Copies) -> Iterator[Database]:
    with copies.copy(prepare_desk) as database:
        yield database


@pytest.fixture
def kit(desk_database: Database) -> Kit:
    """A desk that the module's other tests use as well, with a clock of its own."""
    return kit_on(desk_database)


@pytest.fixture
def fresh_kit(make_database: MakeDatabase) -> Kit:
    """A desk that nobody has used."""
    return kit_on(make_database(prepare_desk))
