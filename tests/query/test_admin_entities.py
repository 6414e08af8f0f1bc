"""The entities of the admin: out of GraphQL's reach, and each read by whoever may."""

from collections.abc import Iterator

import pytest

from backoffice.query.entities import core_entities
from backoffice.query.entities.admin import admin_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import Copies

CORE, ADMIN = core_entities(), admin_entities()

GUARDED = {
    "ApiToken": "admin",
    "AuditEntry": "admin",
    "BillingRule": "viewer",
    "FrozenDocument": "viewer",
    "PlanAddendum": "viewer",
    "StaffAccount": "admin",
    "StaffRole": "admin",
    "TariffLine": "viewer",
    "TariffMapping": "viewer",
    "TaxRate": "viewer",
}
"""The entities that a permission opens, and the least role that has it."""


@pytest.fixture
def kit(sqlite_copies: Copies) -> Iterator[Kit]:
    with sqlite_copies.copy(prepare_desk) as database:
        yield kit_on(database)


def read(kit: Kit, role: str, name: str) -> int:
    """How many rows of an entity a role sees."""
    field = next(iter(ADMIN[name].fields))
    nested = {"role": want("name")} if field == "role" else {}
    selection = want(**nested) if nested else want(field)
    with kit.desk.database.reading() as session:
        reader = Reader(session, kit.staff(role), today=kit.clock().date(), plans=Plans(ADMIN, kit.desk.registry))
        if ADMIN[name].listed_by:
            return len(reader.list(name, selection))
        return len(reader.page(name, {}, want(nodes=selection))["nodes"])  # type: ignore[arg-type]


def test_graphql_has_none_of_what_only_the_admin_reads() -> None:
    assert {entity.name for entity in CORE} & (set(GUARDED) | {"Charge", "RatingSuggestion", "Role"}) == set()


@pytest.mark.parametrize("name", ["Office", "Channel", "Site", "SupportPlan", "TariffEdition"])
def test_what_the_admin_shows_more_of_is_not_in_graphql(name: str) -> None:
    assert set(CORE[name].fields) < set(ADMIN[name].fields)


@pytest.mark.parametrize("name", [name for name, role in GUARDED.items() if role == "admin"])
def test_nobody_without_the_permission_sees_a_row(kit: Kit, name: str) -> None:
    assert read(kit, "finance", name) == 0


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in ("ApiToken", "PlanAddendum")])
def test_whoever_has_the_permission_sees_the_rows(kit: Kit, name: str) -> None:
    assert read(kit, GUARDED[name], name) > 0
