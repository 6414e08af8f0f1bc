"""A prepared desk on each database, and an asset on either side of its support period."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from backoffice.domain.coverage import Decision
from backoffice.domain.service import Mode
from backoffice.models.database import Database
from tests.builders import Kit, decision_of, kit_on, prepare_desk
from tests.databases import Copies

Give = Callable[..., Decision]

INSIDE, OUTSIDE = date(2025, 8, 6), date(2024, 8, 6)
"""Days of purchase: on the desk's day, the year's support of the first still runs, that of the second has ended."""


@pytest.fixture(scope="module")
def desk_database(copies: Copies) -> Iterator[Database]:
    with copies.copy(prepare_desk) as database:
        yield database


@pytest.fixture
def kit(desk_database: Database) -> Kit:
    return kit_on(desk_database)


@pytest.fixture
def inside(kit: Kit) -> int:
    """An asset inside its support period."""
    return kit.purchase(purchased_on=INSIDE)


@pytest.fixture
def outside(kit: Kit) -> int:
    """An asset whose support period has ended and was not renewed."""
    return kit.purchase(purchased_on=OUTSIDE)


@pytest.fixture
def give(kit: Kit) -> Give:
    """Records a service as given now, and tells the decision."""

    def give(asset_id: int | None, service_type: str, mode: Mode = Mode.REMOTE, **given: Any) -> Decision:
        given = {"minutes": 60, "performed_at": kit.clock.now} | given
        return decision_of(kit.record(asset_id, service_type=service_type, mode=mode, **given))

    return give
