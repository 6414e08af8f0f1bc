"""Measure the statistics on a database of generated records, against a look-up by primary key in the same run.

    python -m bench.stats sqlite:///FILE | postgresql+psycopg://... [--records 400000] [--runs 100]

An empty database is migrated and filled first. What is timed is the database's work alone: running each statement of a
reading and fetching its rows, through the driver.
"""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import SYSTEM
from backoffice.domain.calendar import month_span
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.migrations import upgrade
from backoffice.models.database import Database, engine_for
from backoffice.plugins import Registry
from backoffice.query.entities import core_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import want
from backoffice.query.stats_rows import DIMENSIONS
from bench.stats_rows import SINCE, fill

Statements = list[tuple[str, Any]]

KEYS = want("count", "amount", "shadow_amount", keys=want("dimension", "value"))
FLOOR: Statements = [("SELECT id, code, name FROM office WHERE id = 1", ())]

ALL = Viewer(SYSTEM, permissions=ROLES["admin"])
OWN = Viewer(SYSTEM, permissions=ROLES["agent"], office_id=2, own_office_only=True)

FILTERS: Mapping[str, Mapping[str, object]] = {
    "no filter": {},
    "service_type": {"service_type": ["type_3"]},
    "status": {"status": [RecordStatus.DONE, RecordStatus.CLOSED]},
    "mode": {"mode": [Mode.PHONE]},
    "channel": {"channel": ["phone"]},
    "outcome": {"outcome": ["tariff"]},
    "productId": {"product_id": 7},
    "a year": {"requested_at": {"gte": month_span(140401)[0], "lt": month_span(140501)[0]}},
    "mode + channel": {"mode": [Mode.PHONE], "channel": ["phone"]},
}
GROUPS = (
    (),
    *((name,) for name in DIMENSIONS),
    ("SERVICE_TYPE", "JALALI_MONTH"),
    ("OUTCOME", "JALALI_MONTH"),
    ("STATUS", "SERVICE_TYPE"),
    ("MODE", "CHANNEL"),
    ("PRODUCT", "OUTCOME"),
)


def main() -> None:
    """Prepare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--records", type=int, default=400_000)
    parser.add_argument("--runs", type=int, default=100)
    given = parser.parse_args()
    engine = engine_for(given.url)
    began = time.perf_counter()
    upgrade(engine)
    fill(Database(engine), given.records)
    print(f"prepared in {time.perf_counter() - began:.0f} s")
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            settle(connection)
        connection.begin()
        measure(connection, given.runs)
    engine.dispose()


def settle(connection: Connection) -> None:
    """What autovacuum does within a minute."""
    connection.commit()
    driver: Any = connection.connection.driver_connection
    driver.autocommit = True
    for table in ("service_record", "record_summary", "record_change"):
        driver.execute(f"VACUUM ANALYZE {table}")
    driver.autocommit = False


def measure(connection: Connection, runs: int) -> None:
    """Print milliseconds by grouping and filter, for who sees all offices and for who sees one."""
    floor = timed(connection, FLOOR, runs)
    print(f"floor: a row by its primary key, {floor:.3f} ms; medians of {runs} runs, ms (times the floor)")
    for viewer in (ALL, OWN):
        print(f"\n{viewer.name:32}" + "".join(f"{name:>16}" for name in FILTERS))
        for group in GROUPS:
            found = [timed(connection, asked(connection, viewer, group, one), runs) for one in FILTERS.values()]
            print(f"{' x '.join(group) or 'nothing':32}" + "".join(f"{ms:8.2f} ({ms / floor:5.0f})" for ms in found))


def asked(connection: Connection, viewer: Viewer, group: Sequence[str], filter_: Mapping[str, object]) -> Statements:
    """The statements that a reading of statistics runs, with their parameters."""
    found: Statements = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        found.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    plans = Plans(core_entities(), Registry(service_types={}))
    reader = Reader(Session(connection), viewer, today=SINCE.date(), plans=plans)
    reader.stats({"group_by": group, "filter": filter_}, KEYS)
    event.remove(connection, "before_cursor_execute", note)
    return found


def timed(connection: Connection, statements: Statements, runs: int) -> float:
    """The median of the milliseconds that the statements take together."""
    cursor: Any = connection.connection.cursor()

    def run() -> None:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            cursor.fetchall()

    return median(_milliseconds(run) for _ in range(runs))


def _milliseconds(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
