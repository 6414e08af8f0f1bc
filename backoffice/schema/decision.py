"""Coverage decisions: what a service costs, and why."""

from decimal import Decimal

import strawberry
from strawberry.scalars import JSON

from backoffice.schema.arguments import LANGUAGE
from backoffice.schema.asset import SupportPeriod
from backoffice.schema.declare import field
from backoffice.schema.enums import Component, Outcome, PriceUnit
from backoffice.schema.plan import TariffEdition
from backoffice.schema.scalars import Rial


@strawberry.type(description="One line of a price.")
class PriceLine:
    """A price line; amounts are rounded down to whole rials."""

    component: Component = field("What it pays for.")
    quantity: Decimal = field("How many units.")
    unit: PriceUnit = field("Of what.")
    rate: Rial = field("Rials for one unit.")
    amount: Rial = field("Quantity times rate, rounded down.")
    covered: bool = field("Whether the customer is spared it: it counts in `shadowAmount` only.")


@strawberry.type(description="The use of an allowance.")
class AllowanceUse:
    """The use of an allowance by a decision."""

    key: str = field("The allowance's key in the plan.")
    limit: int = field("How many uses the period has.")
    used: int = field("How many are taken, this one counted.")


@strawberry.type(description="One reason of a decision.")
class Reason:
    """A reason, as data."""

    code: str = field("What kind of reason; stable.")
    params: JSON = field("The facts in it.")
    message: str = field("The reason as a sentence.", LANGUAGE)


@strawberry.type(description="What the desk decided about the cost of a service, and why.")
class CoverageDecision:
    """A coverage decision."""

    outcome: Outcome = field("What was decided.")
    amount: Rial | None = field(
        "Payable now, VAT included; 0 when free; null when not known (QUOTE, NOT_OFFERED, NEEDS_INPUT, NO_TARIFF)."
    )
    vat: Rial | None = field("The VAT in it.")
    lines: list[PriceLine] = field("What the amount consists of, before VAT.")
    billed_minutes: int | None = field("The minutes charged, after the minimum and the step of the mode.")
    provisional: bool = field("Whether an earlier year's tariff stands in for one not approved yet.")
    overridden: bool = field("Whether a supervisor decided otherwise than the engine.")
    tariff_edition: TariffEdition | None = field("The tariff it is priced by.")
    period: SupportPeriod | None = field("The support period that covers it.")
    shadow_amount: Rial | None = field("What a free service would have cost, VAT included.")
    allowance: AllowanceUse | None = field("The allowance it uses.")
    reasons: list[Reason] = field("Why, step by step.")
    missing_inputs: list[str] = field("Which inputs are missing for NEEDS_INPUT, as named in `CoverageInput`.")
    fingerprint: str = field("Of the decision; send it as `expectedFingerprint` to record exactly this one.")
