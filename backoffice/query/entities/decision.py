"""Coverage decisions with their price lines and reasons."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from backoffice.access import rows as rules
from backoffice.domain.coverage import Reason
from backoffice.domain.money import Component, PriceUnit
from backoffice.models import CoverageDecision
from backoffice.query.context import Context
from backoffice.query.fields import Column, Computed, may_reference
from backoffice.query.plain import Plain, language
from backoffice.query.registry import Entity
from backoffice.query.selection import Field
from backoffice.wording import reason_text

Document = Mapping[str, Any]
"""What ``to_document`` of a domain value wrote."""

PRICE_LINE: Plain[Document] = Plain(
    "PriceLine",
    {
        "component": lambda line, field, context: Component(line["component"]),
        "quantity": lambda line, field, context: Decimal(line["quantity"]),
        "unit": lambda line, field, context: PriceUnit(line["unit"]),
        "rate": lambda line, field, context: line["rate"],
        "amount": lambda line, field, context: line["amount"],
        "covered": lambda line, field, context: line["covered"],
    },
)

REASON: Plain[Document] = Plain(
    "Reason",
    {
        "code": lambda reason, field, context: reason["code"],
        "params": lambda reason, field, context: reason["params"],
        "message": lambda reason, field, context: reason_text(
            Reason(reason["code"], reason["params"]), language(field, context)
        ),
    },
)

ALLOWANCE_USE: Plain[Document] = Plain(
    "AllowanceUse",
    {
        "key": lambda use, field, context: use["key"],
        "limit": lambda use, field, context: use["limit"],
        "used": lambda use, field, context: use["used"],
    },
)


def _allowance(field: Field, context: Context) -> Callable[[str | None, int | None, int | None], object]:
    def use(key: str | None, limit: int | None, used: int | None) -> object:
        if key is None:
            return None
        return ALLOWANCE_USE.shape({"key": key, "limit": limit, "used": used}, field.selection, context)

    return use


def _missing_inputs(field: Field, context: Context) -> Callable[[Sequence[str]], object]:
    return lambda names: [_camel(name) for name in names]


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


COVERAGE_DECISION = Entity(
    name="CoverageDecision",
    model=CoverageDecision,
    visible=rules.coverage_decisions,
    fields={
        "outcome": Column("outcome"),
        "amount": Column("amount"),
        "vat": Column("vat"),
        "lines": Computed(("lines",), PRICE_LINE.many),
        "billedMinutes": Column("billed_minutes"),
        "provisional": Column("provisional"),
        "overridden": Column("overridden"),
        "tariffEdition": may_reference("TariffEdition", "edition_id"),
        "period": may_reference("SupportPeriod", "period_id"),
        "shadowAmount": Column("shadow_amount"),
        "allowance": Computed(("allowance_key", "allowance_limit", "allowance_used"), _allowance),
        "reasons": Computed(("reasons",), REASON.many),
        "missingInputs": Computed(("missing_inputs",), _missing_inputs),
        "fingerprint": Column("fingerprint"),
    },
)
