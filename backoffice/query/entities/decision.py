"""Coverage decisions with their price lines and reasons."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from backoffice.access import row_rules as rules
from backoffice.domain.coverage import Reason
from backoffice.domain.money import Component, PriceUnit
from backoffice.models import CoverageDecision
from backoffice.plugins import Registry
from backoffice.query.field_kinds import Column, Computed, may_reference
from backoffice.query.moment import Moment
from backoffice.query.outline import Outlined
from backoffice.query.plain import Plain
from backoffice.query.registry import Entity
from backoffice.wording import reason_text

Document = Mapping[str, Any]
"""What ``to_document`` of a domain value wrote."""

PRICE_LINE: Plain[Document] = Plain(
    "PriceLine",
    {
        "component": lambda line, field, moment: Component(line["component"]),
        "quantity": lambda line, field, moment: Decimal(line["quantity"]),
        "unit": lambda line, field, moment: PriceUnit(line["unit"]),
        "rate": lambda line, field, moment: line["rate"],
        "amount": lambda line, field, moment: line["amount"],
        "covered": lambda line, field, moment: line["covered"],
    },
)

REASON: Plain[Document] = Plain(
    "Reason",
    {
        "code": lambda reason, field, moment: reason["code"],
        "params": lambda reason, field, moment: reason["params"],
        "message": lambda reason, field, moment: reason_text(
            Reason(reason["code"], reason["params"]), moment.language_of(field)
        ),
    },
)

ALLOWANCE_USE: Plain[Document] = Plain(
    "AllowanceUse",
    {
        "key": lambda use, field, moment: use["key"],
        "limit": lambda use, field, moment: use["limit"],
        "used": lambda use, field, moment: use["used"],
    },
)


def _allowance(field: Outlined, plugins: Registry) -> Callable[[Moment, str | None, int | None, int | None], object]:
    shape = ALLOWANCE_USE.shaper(field.outline)

    def use(moment: Moment, key: str | None, limit: int | None, used: int | None) -> object:
        if key is None:
            return None
        return shape({"key": key, "limit": limit, "used": used}, moment)

    return use


COVERAGE_DECISION = Entity(
    name="CoverageDecision",
    model=CoverageDecision,
    visible=rules.coverage_decisions,
    fields={
        "outcome": Column("outcome"),
        "amount": Column("amount"),
        "vat": Column("vat"),
        "lines": Computed(("lines",), PRICE_LINE.many),
        "billed_minutes": Column("billed_minutes"),
        "provisional": Column("provisional"),
        "overridden": Column("overridden"),
        "tariff_edition": may_reference("TariffEdition", "edition_id"),
        "period": may_reference("SupportPeriod", "period_id"),
        "shadow_amount": Column("shadow_amount"),
        "allowance": Computed(("allowance_key", "allowance_limit", "allowance_used"), _allowance),
        "reasons": Computed(("reasons",), REASON.many),
        "missing_inputs": Column("missing_inputs"),
        "fingerprint": Column("fingerprint"),
    },
)
