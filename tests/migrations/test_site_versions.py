"""The migration that brings the versions of sites: on a desk that has some, up, down and up again."""

from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from backoffice.migrations import downgrade, upgrade
from backoffice.models import Site
from backoffice.operations.customers.update_site import UpdateSite, update_site
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import MakeDatabase

BEFORE = "0006"
CONTENT = "SELECT id, customer_id, title, address, city, created_at FROM site ORDER BY id"
DISTANCES = "SELECT site_id, office_id, metres, source FROM site_distance ORDER BY id"


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    """A desk of the version before, with two sites that were entered at different times."""
    kit = kit_on(make_database(prepare_desk))
    customer = kit.customer()
    kit.site(customer, 39_000, address="خیابان یکم", city="کرج", distance_source="نقشه")
    kit.clock.move(days=1)
    kit.site(customer)
    downgrade(kit.desk.database.engine, BEFORE)
    return kit


def there(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_every_site_that_is_there_is_in_its_first_version(kit: Kit):
    upgrade(kit.desk.database.engine)
    assert [(site.version, site.updated_at) for site in kit.rows(Site)] == [
        (1, site.created_at) for site in kit.rows(Site)
    ]
    assert len({site.updated_at for site in kit.rows(Site)}) == 2


def test_then_it_can_be_changed(kit: Kit):
    upgrade(kit.desk.database.engine)
    site = kit.rows(Site)[0]
    assert update_site(kit.desk, kit.agent, UpdateSite(id=site.id, version=1, title="انبار")).problems == ()
    assert (kit.row(Site, site.id).version, kit.row(Site, site.id).updated_at) == (2, kit.clock.now)


@pytest.mark.parametrize("statement", [CONTENT, DISTANCES], ids=["sites", "distances"])
def test_up_and_down_nothing_else_is_changed(kit: Kit, statement: str):
    engine = kit.desk.database.engine
    before = there(engine, statement)
    upgrade(engine)
    assert there(engine, statement) == before
    downgrade(engine, BEFORE)
    assert there(engine, statement) == before
    assert len(before) > 0


def test_down_leaves_nothing_behind(kit: Kit):
    engine = kit.desk.database.engine
    upgrade(engine)
    downgrade(engine, BEFORE)
    columns = {column["name"] for column in inspect(engine).get_columns("site")}
    assert columns == {"id", "customer_id", "title", "address", "city", "created_at"}
    assert [index["name"] for index in inspect(engine).get_indexes("site")] == ["ix_site_customer_id"]
