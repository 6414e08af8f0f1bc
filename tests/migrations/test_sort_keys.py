"""The migration that brings the sort keys: on a database with names, up, down and up again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, insert, select

from backoffice.domain.text import sort_key
from backoffice.migrations import downgrade, upgrade
from backoffice.migrations.versions import sort_keys_0004

BEFORE = sort_keys_0004.down_revision
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAMES = ("یاس", "پارس", "Atlas", "چاپ رنگین", "گلستان")
OFFICE = {"id": 1, "code": "hq", "name": "HQ", "kind": "head_office", "is_origin": True}


def named(number: int, name: str) -> dict[str, dict[str, Any]]:
    """A row of each table, as the versions before wrote them."""
    times = {"created_at": AT, "updated_at": AT}
    return {
        "customer": {"id": number, "code": f"c{number}", "name": name, "kind": "person", "stage": "customer"}
        | {"search_text": "", "version": 1, **times},
        "product": {"id": number, "sku": f"p{number}", "name": name, "support_plan_code": "p", "search_text": ""}
        | {"version": 1, **times},
        "staff": {"id": number, "username": f"s{number}", "name": name, "password": "-", "fs_uniquifier": f"s{number}"}
        | {"active": True, "office_id": 1, "language": "fa", "failed_sign_ins": 0, "created_at": AT},
    }


@pytest.fixture
def filled(empty_engine: Engine) -> Engine:
    """A database of the version before, with five names in each table."""
    upgrade(empty_engine, BEFORE)
    metadata = MetaData()
    metadata.reflect(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(insert(metadata.tables["office"]), [OFFICE])
        for number, name in enumerate(NAMES, start=1):
            for table, row in named(number, name).items():
                connection.execute(insert(metadata.tables[table]), [row])
    return empty_engine


def keys(engine: Engine, table: str) -> list[tuple[str, str]]:
    metadata = MetaData()
    metadata.reflect(engine)
    columns = metadata.tables[table].c
    with engine.connect() as connection:
        return [(row.name, row.sort_key) for row in connection.execute(select(columns.name, columns.sort_key))]


@pytest.mark.parametrize("table", sort_keys_0004.NAMED)
def test_every_name_that_is_there_gets_its_key(filled: Engine, table: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sort_keys_0004, "AT_ONCE", 2)
    upgrade(filled, "0004")

    assert sorted(keys(filled, table)) == sorted((name, sort_key(name)) for name in NAMES)


def test_names_survive_the_way_down_and_up_again(filled: Engine):
    upgrade(filled, "0004")
    downgrade(filled, BEFORE)
    upgrade(filled, "0004")

    assert {name for name, _ in keys(filled, "customer")} == set(NAMES)
