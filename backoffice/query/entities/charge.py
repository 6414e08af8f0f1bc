"""Charges, and suggestions to decide again: money that goes with service records, for whoever answers for it."""

from sqlalchemy import and_, not_

from backoffice.access import row_rules as rules
from backoffice.domain.record import WORKED
from backoffice.models import Charge, RatingSuggestion, SuggestionStatus
from backoffice.query import search
from backoffice.query.entities.asset import live_slots
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import Column, Condition, Rows, Sources, may_reference, references
from backoffice.query.filter_conditions import among, equal_to
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order
from backoffice.query.sources import some, those


def _of_a_record(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By what finds their service record."""
    records = those("ServiceRecord", "id", sources, lambda record: search.service_records(record, text, sources))
    found: Condition = rows.record_id.in_(records)
    return found


CHARGE = Entity(
    name="Charge",
    model=Charge,
    visible=rules.of_records,
    permission="charge.confirm",
    fields={
        "id": identity("Charge"),
        "amount": Column("amount"),
        "status": Column("status"),
        "created_at": Column("created_at"),
        "reversed_at": Column("reversed_at"),
        "record": references("ServiceRecord", "record_id"),
        "decision": references("CoverageDecision", "decision_id"),
        "edition": references("TariffEdition", "edition_id"),
    },
    orders={"number": Order(column="id", descending=True)},
    filters={"status": among("status"), "keys": among("id")},
    search=_of_a_record,
)


def waits(rows: Rows, sources: Sources) -> Condition:
    """Whether a suggestion can still come to something: it is open, its record as it was, and its slot free."""
    about = some(
        "ServiceRecord",
        sources,
        lambda record: and_(
            record.id == rows.record_id, record.coverage_id == rows.against_id, record.status.in_(WORKED)
        ),
    )
    there = rows.edition_id.is_not(None) | some(
        "AllowanceSlot", sources, lambda slot: and_(slot.id == rows.freed_slot_id, _has_more(slot, sources))
    )
    return and_(rows.status == SuggestionStatus.SUGGESTED, about, there)


def _has_more(slot: Rows, sources: Sources) -> Condition:
    """Whether the slot's allowance has a free one."""
    return some(
        "Allowance",
        sources,
        lambda allowance: and_(allowance.id == slot.allowance_id, allowance.quantity > live_slots(allowance, sources)),
    )


def _waiting(rows: Rows, given: Given, sources: Sources) -> Condition:
    return waits(rows, sources) if given.is_on else not_(waits(rows, sources))


def _because_of_a_slot(rows: Rows, given: Given, sources: Sources) -> Condition:
    found: Condition = rows.freed_slot_id.is_not(None) if given.is_on else rows.freed_slot_id.is_(None)
    return found


RATING_SUGGESTION = Entity(
    name="RatingSuggestion",
    model=RatingSuggestion,
    visible=rules.of_records,
    permission="charge.rerate",
    fields={
        "id": identity("RatingSuggestion"),
        "status": Column("status"),
        "suggested_at": Column("suggested_at"),
        "settled_at": Column("settled_at"),
        "record": references("ServiceRecord", "record_id"),
        "against": references("CoverageDecision", "against_id"),
        "edition": may_reference("TariffEdition", "edition_id"),
        "freed_slot": may_reference("AllowanceSlot", "freed_slot_id"),
    },
    orders={"number": Order(column="id")},
    filters={
        "keys": among("id"),
        "waits": _waiting,
        "record": equal_to("record_id"),
        "edition": equal_to("edition_id"),
        "freed": _because_of_a_slot,
    },
    search=_of_a_record,
)
