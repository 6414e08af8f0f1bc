"""A prepared desk on each database."""

import pytest

from tests.builders import Kit, kit_on, prepare_desk
from tests.conftest import MakeDatabase


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    return kit_on(make_database(prepare_desk))
