"""Load the bulk demo: invent, decide, and write a sheet at a time, each in one transaction."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from backoffice.access import audit
from backoffice.access.viewers import system_viewer
from backoffice.demo.bulk.desk_at_start import DeskAtStart, desk_at_start
from backoffice.demo.bulk.row_player import RowPlayer
from backoffice.demo.bulk.row_sheet import RowSheet
from backoffice.demo.bulk.size import DemoSize
from backoffice.demo.bulk.world import World
from backoffice.demo.bulk.writing import Writer, first_numbers
from backoffice.demo.chance import Chance
from backoffice.demo.operation_player import DemoFailed
from backoffice.demo.reference_data import furnish, is_furnished, load_tariffs, release_versions
from backoffice.demo.story import BEFORE, HERE_ALREADY
from backoffice.domain.tariff import TariffBook
from backoffice.models.long_transactions import take_the_time
from backoffice.operations.audit_documents import NO_NUMBER
from backoffice.operations.desk import Desk
from backoffice.operations.rules.tariff_books import tariff_book
from backoffice.operations.services.stored_decisions import freeze_book

ROWS = 10_000
"""On a sheet, about: so many are written in one transaction."""

PERIODS = 8
"""An asset has no more: one of each track, and its renewals."""

ALLOWANCES = 8
"""Nor has a period more of these."""


def load_bulk(
    desk: Desk, size: DemoSize, *, seed: int, advance: Callable[[int], None], rows_at_once: int = ROWS
) -> str:
    """Load invented data of this size and tell what; ``advance`` is told of so many more records, sheet by sheet.

    The same seed on the same day loads the same. Nothing is added where the demo was loaded before. An interrupted load
    leaves the desk as it was at some moment of the story. Rows are those that the operations would leave, but for the
    audit trail, which names the ids of each sheet instead, and the outbox: nobody is told of invented events. Raises
    ``DemoFailed`` when something else was added to the desk at the same time.
    """
    if is_furnished(desk):
        return HERE_ALREADY
    load_tariffs(desk)
    world = world_of(desk, size, seed)
    furnish(replace(desk, clock=lambda: world.begins_at - BEFORE), world.models)
    release_versions(desk, world.models)
    player = RowPlayer(*_begin(desk, size, world), desk.registry)
    try:
        with _collector_at_rest():
            _play(desk, world, player, rows_at_once=rows_at_once, advance=advance)
    except IntegrityError as error:
        raise DemoFailed(f"somebody else worked with the desk while it was loaded: {error.orig}") from error
    return f"Demo data: {len(player.parties)} customers, {len(player.units)} units sold, {player.recorded} services."


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Rows go as soon as they are written; looking for cycles among millions of them takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def world_of(desk: Desk, size: DemoSize, seed: int) -> World:
    """What is invented for this desk: with its service types, from its first tariff on."""
    with desk.database.reading() as session:
        book = tariff_book(session)
    kinds = {code: service_type.needs_asset for code, service_type in desk.registry.service_types.items()}
    chance = Chance(seed, desk.clock())
    return World(size, chance, kinds=kinds, earliest=_earliest(book, chance))


def _earliest(book: TariffBook, chance: Chance) -> date:
    """Before the first tariff nothing can be priced; a request may be moved by a day to a working day."""
    first = min((edition.effective_from for edition in book.editions if edition.approved), default=chance.today)
    return first + timedelta(days=2)


def _begin(desk: Desk, size: DemoSize, world: World) -> tuple[RowSheet, DeskAtStart]:
    """An empty sheet with its ids reserved, and what the desk has."""
    with desk.database.writing() as session:
        start = desk_at_start(session, desk.default_plan, [model.sku for model in world.models])
        freeze_book(session, start.book)
        return RowSheet(first_numbers(session.connection(), _at_most(size))), start


def _at_most(size: DemoSize) -> Mapping[str, int]:
    """No table gets more rows than this; what is left over of the ids is never used."""
    periods = size.assets * PERIODS
    return {
        "customer": size.customers,
        "customer_phone": size.customers * 2,
        "site": size.customers * 2,
        "site_distance": size.customers * 2,
        "asset": size.assets,
        "support_period": periods,
        "allowance": periods * ALLOWANCES,
        "coverage_decision": size.records * 2,
        "service_record": size.records,
        "record_decision": size.records * 2,
        "allowance_slot": size.records * 2,
        "slot_ledger": size.records * 6,
        "charge": size.records,
        "rating_suggestion": size.records,
    }


def _play(desk: Desk, world: World, player: RowPlayer, *, rows_at_once: int, advance: Callable[[int], None]) -> None:
    writer, written = Writer(desk.database.engine.dialect), 0
    for step in world.steps():
        step.play(player)
        if player.sheet.rows >= rows_at_once:
            _write(desk, writer, player.sheet)
            advance(player.recorded - written)
            written = player.recorded
    _write(desk, writer, player.sheet)
    advance(player.recorded - written)


def _write(desk: Desk, writer: Writer, sheet: RowSheet) -> None:
    """The sheet in one transaction, with a row of the audit trail that says which ids are the demo's."""
    with desk.database.writing() as session:
        take_the_time(session.connection())
        added = {table: [min(rows), max(rows)] for table, rows in sorted(sheet.added.items()) if rows}
        change = audit.Change("ServiceRecord", NO_NUMBER, before=None, after={"added": added})
        audit.append(session, system_viewer(), at=desk.clock(), operation="load_demo", change=change)
        writer.write(session.connection(), sheet)
    sheet.clear()
