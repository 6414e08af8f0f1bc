"""Enter how often allowances were used before the desk was introduced: slots that belong to no record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Allowance, AllowanceSlot, Asset, SupportPeriod
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers.customer_subjects import ASSET, AssetId
from backoffice.operations.kinds import (
    Document,
)
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.services import slots
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class OpeningBalance:
    """How often the allowance ``key`` of the present period on a track was ``used`` before, in all."""

    key: str
    used: int
    track: Track = Track.SUPPORT


@dataclass(frozen=True, kw_only=True)
class SetOpeningBalances(Command):
    """Balances of one asset, each allowance once; the others stay. No record tells of these uses: the reason does."""

    asset_id: AssetId
    balances: Annotated[
        tuple[OpeningBalance, ...],
        Given(Document(), Label(fa="مصرف پیشین", en="Balances"), about="Each allowance once; those left out stay."),
    ]
    reason: Reason

    def contradictions(self) -> Iterator[Problem]:
        """No balance at all."""
        if not self.balances:
            yield Problem(code=ErrorCode.INVALID, detail="required", path=("balances",))


Named: TypeAlias = tuple[Track, str]
"""An allowance of an asset's present periods."""


@dataclass(frozen=True)
class _Line:
    """One balance to be set: its allowance, held, and the slots that were entered for it so far."""

    asked: OpeningBalance
    allowance: Allowance
    entered: Sequence[AllowanceSlot]


def _set(work: Work, command: SetOpeningBalances) -> Done | None:
    asset = lookups.asset(work, command.asset_id)
    lines = _lines(work, asset, command.balances)
    changed = [line for line in lines if line.asked.used != len(line.entered)]
    for line in changed:
        _enter(work, line)
    work.session.flush()
    if not changed:
        return None
    return Done(
        entity="Asset",
        entity_id=asset.id,
        events=(Event.OPENING_BALANCES_SET,),
        before=_document(asset, {_name(line.asked): len(line.entered) for line in changed}),
        after=_document(asset, {_name(line.asked): line.asked.used for line in changed}),
        reason=command.reason,
    )


def _lines(work: Work, asset: Asset, balances: Sequence[OpeningBalance]) -> Sequence[_Line]:
    """What is to be set, or a refusal with everything that speaks against it."""
    held = _held(work, asset)
    lines = [
        _Line(balance, held[_name(balance)], _entered(work, held[_name(balance)]))
        for balance in balances
        if _name(balance) in held
    ]
    problems = (*_misnamed(balances, held), *(found for line in lines for found in _impossible(work, line)))
    if problems:
        raise Refusal(*problems)
    return lines


def _held(work: Work, asset: Asset) -> Mapping[Named, Allowance]:
    """The allowances of the asset's present periods, held in one order, so that nobody waits in a circle."""
    present = (
        SupportPeriod.asset_id == asset.id,
        SupportPeriod.cancelled_at.is_(None),
        SupportPeriod.starts_on <= work.today,
        SupportPeriod.ends_before > work.today,
    )
    chosen = select(SupportPeriod.track, Allowance).join(Allowance, Allowance.period_id == SupportPeriod.id)
    in_order = chosen.where(*present).order_by(Allowance.id).with_for_update(of=Allowance, key_share=True)
    return {(track, allowance.key): allowance for track, allowance in work.session.execute(in_order)}


def _entered(work: Work, allowance: Allowance) -> Sequence[AllowanceSlot]:
    """The live slots without a record, by their number."""
    of_none = (AllowanceSlot.allowance_id == allowance.id, AllowanceSlot.record_id.is_(None))
    live = select(AllowanceSlot).where(*of_none, AllowanceSlot.released_at.is_(None))
    return work.session.scalars(live.order_by(AllowanceSlot.slot_no)).all()


def _misnamed(balances: Sequence[OpeningBalance], held: Mapping[Named, Allowance]) -> Iterator[Problem]:
    seen: set[Named] = set()
    for balance in balances:
        if _name(balance) in seen:
            yield _problem(balance, ErrorCode.INVALID, "opening_twice")
        elif _name(balance) not in held:
            there = ", ".join(key for track, key in held if track is balance.track) or "–"
            yield _problem(balance, ErrorCode.NOT_FOUND, "opening_allowance", key=balance.key, there=there)
        seen.add(_name(balance))


def _impossible(work: Work, line: _Line) -> Iterator[Problem]:
    by_records = slots.used_by_others(work, line.allowance, None) - len(line.entered)
    most = line.allowance.quantity - by_records
    if line.asked.used < 0:
        yield _problem(line.asked, ErrorCode.INVALID, "out_of_range", least=0, most=line.allowance.quantity)
    elif line.asked.used > most:
        yield _problem(line.asked, ErrorCode.CONFLICT, "opening_beyond", most=most)


def _enter(work: Work, line: _Line) -> None:
    for slot in line.entered[line.asked.used :]:
        slots.release(work, slot)
    more = line.asked.used - len(line.entered)
    slots.commit(work, slots.reserve_all(work, [(line.allowance, None)] * more))


def _name(balance: OpeningBalance) -> Named:
    return balance.track, balance.key


def _problem(balance: OpeningBalance, code: ErrorCode, detail: str, **params: object) -> Problem:
    return Problem(code=code, detail=detail, path=("balances", balance.track.value, balance.key), params=params)


def _document(asset: Asset, used: Mapping[Named, int]) -> Mapping[str, object]:
    """The asset as the audit trail knows it, and the balances by track and key."""
    tracks = dict.fromkeys(track for track, _ in used)
    by_track = {str(track): {key: used[track, key] for of, key in used if of is track} for track in tracks}
    return {"serial_number": asset.serial_number, "opening_balances": by_track}


set_opening_balances = Operation(
    name="set_opening_balances",
    label=Label(fa="ثبت مصرف پیشین سهمیه‌ها", en="Enter what was used before"),
    description="Enter how often allowances of an asset were used before the desk.",
    permission="support.opening",
    command=SetOpeningBalances,
    entity="Asset",
    events=(Event.OPENING_BALANCES_SET,),
    about=ASSET,
    body=_set,
)
"""``id`` is the asset's; all of the balances are set or none. Smaller ones give slots back.

Balances that all stand already change nothing and leave no trace. NOT_FOUND for an unknown asset, and for an
allowance that no present period of it has; INVALID without a reason or a balance, for one that is named twice and
for fewer than none; CONFLICT for more than records leave. Each at its balance: ("balances", track, key).
"""
