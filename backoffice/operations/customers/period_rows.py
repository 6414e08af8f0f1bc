"""The rows of support periods and of the allowances that come with them: days and a plan in, columns out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backoffice.domain.period import Period, PeriodKind, Track, period_bounds, renewal_anchor
from backoffice.domain.plan import AllowanceRule, SupportPlan


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A period to be opened, in days of Tehran; ``anchor_on`` is the day its bounds were counted from."""

    track: Track
    kind: PeriodKind
    starts_on: date
    ends_before: date
    anchor_on: date


def initial_openings(months: Mapping[Track, int], starts: Mapping[Track, date]) -> Iterator[Opening]:
    """The periods that come with a purchase, a track each: how many months, from which day."""
    for track in sorted(months):
        starts_on, ends_before = period_bounds(starts[track], 0, months[track])
        yield Opening(
            track=track,
            kind=PeriodKind.INITIAL,
            starts_on=starts_on,
            ends_before=ends_before,
            anchor_on=starts_on,
        )


def renewal_opening(periods: Sequence[Period], starts_on: date, *, months: int) -> Opening:
    """Counted from the first day of the unbroken chain before it, so that no day is lost at a year that lacks one."""
    anchor, offset = renewal_anchor(periods, starts_on)
    first, ends_before = period_bounds(anchor, offset, months)
    return Opening(
        track=Track.SUPPORT,
        kind=PeriodKind.RENEWAL,
        starts_on=first,
        ends_before=ends_before,
        anchor_on=anchor,
    )


def period_values(opening: Opening, *, asset_id: int, plan_id: int, plan_hash: str, now: datetime) -> dict[str, object]:
    """The columns of a support period under a frozen plan."""
    return {
        "asset_id": asset_id,
        "track": opening.track,
        "kind": opening.kind,
        "starts_on": opening.starts_on,
        "ends_before": opening.ends_before,
        "anchor_on": opening.anchor_on,
        "plan_id": plan_id,
        "plan_hash": plan_hash,
        "created_at": now,
    }


def granted(plan: SupportPlan, track: Track) -> Sequence[AllowanceRule]:
    """The allowances that come with a period of this track: those that the track's terms draw on."""
    drawn_on = {term.allowance for term in plan.terms if term.track is track}
    return [rule for rule in plan.allowances if rule.key in drawn_on]


def allowance_values(rule: AllowanceRule, period_id: int) -> dict[str, object]:
    """The columns of a full fresh allowance."""
    return {
        "period_id": period_id,
        "key": rule.key,
        "quantity": rule.quantity,
        "labels": rule.label.to_document(),
        "modes": sorted(rule.modes),
    }
