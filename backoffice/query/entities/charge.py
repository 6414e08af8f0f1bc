"""Charges, and suggestions to price again: money that goes with service records, for whoever answers for it."""

from backoffice.access import rows as rules
from backoffice.models import Charge, RatingSuggestion
from backoffice.query import search
from backoffice.query.context import Context
from backoffice.query.entities.values import identity
from backoffice.query.fields import Column, Condition, Rows, references
from backoffice.query.filters import among
from backoffice.query.registry import Entity, Order
from backoffice.query.sources import those


def _of_a_record(rows: Rows, text: str, context: Context) -> Condition:
    """By what finds their service record."""
    records = those("ServiceRecord", "id", context, lambda record: search.service_records(record, text, context))
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
        "createdAt": Column("created_at"),
        "reversedAt": Column("reversed_at"),
        "record": references("ServiceRecord", "record_id"),
        "decision": references("CoverageDecision", "decision_id"),
        "edition": references("TariffEdition", "edition_id"),
    },
    orders={"number": Order(column="id", descending=True)},
    filters={"status": among("status"), "keys": among("id")},
    search=_of_a_record,
)

RATING_SUGGESTION = Entity(
    name="RatingSuggestion",
    model=RatingSuggestion,
    visible=rules.of_records,
    permission="charge.rerate",
    fields={
        "id": identity("RatingSuggestion"),
        "status": Column("status"),
        "suggestedAt": Column("suggested_at"),
        "settledAt": Column("settled_at"),
        "record": references("ServiceRecord", "record_id"),
        "against": references("CoverageDecision", "against_id"),
        "edition": references("TariffEdition", "edition_id"),
    },
    orders={"number": Order(column="id", descending=True)},
    filters={"status": among("status"), "keys": among("id")},
    search=_of_a_record,
)
