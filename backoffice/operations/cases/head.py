"""Load the head of a file of cases: tariff editions, approved; dated VAT; billed minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.domain.service import Mode
from backoffice.domain.tariff import PriceUnit
from backoffice.models import BillingRule, TariffEdition, TariffLine, TaxRate
from backoffice.operations.audit_documents import NO_NUMBER
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Document
from backoffice.operations.operation import Operation
from backoffice.operations.reference.load_reference import CALL_OUT, HOUR, KILOMETRE
from backoffice.operations.result import refuse
from backoffice.operations.rules.tariff_books import BASIS_POINTS
from backoffice.operations.work import Done, Work

UNITS = {HOUR: PriceUnit.HOUR, KILOMETRE: PriceUnit.KILOMETRE, CALL_OUT: PriceUnit.CALL_OUT}


@dataclass(frozen=True, kw_only=True)
class LoadHead(Command):
    """The file as JSON: ``tariffEditions``, ``taxRates``, ``billing``, and a ``note`` on where the rates are from."""

    data: Annotated[
        Mapping[str, Any],
        Given(Document(), Label(fa="فایل نمونه‌ها", en="File of cases"), about="The head of a file of cases."),
    ]


def _load(work: Work, command: LoadHead) -> Done:
    data = command.data
    _refuse_if_there_are_any(work)
    editions = [_add_edition(work, edition, source=data.get("note", "")) for edition in data["tariffEditions"]]
    _add_taxes(work, data["taxRates"])
    _set_billing(work, data["billing"])
    work.session.flush()
    head = {key: data[key] for key in ("tariffEditions", "taxRates", "billing")}
    first = editions[0].id if editions else NO_NUMBER
    return Done(entity="TariffEdition", entity_id=first, events=(Event.TARIFF_APPROVED,), after=head)


def _refuse_if_there_are_any(work: Work) -> None:
    for id_column in (TariffEdition.id, TaxRate.id):
        if work.session.scalar(select(id_column).limit(1)) is not None:
            raise refuse(ErrorCode.CONFLICT, "tariffs_exist")


def _add_edition(work: Work, edition: Mapping[str, Any], *, source: str) -> TariffEdition:
    """The edition with its lines, then approved: once it is, the database refuses further lines."""
    row = TariffEdition(
        jalali_year=edition["jalaliYear"],
        version=edition["version"],
        effective_from=date.fromisoformat(edition["effectiveFrom"]),
        source=source,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        TariffLine(edition_id=row.id, code=code, unit=UNITS[code], rate=rate) for code, rate in edition["rates"].items()
    )
    work.session.flush()
    row.approved_at = work.now
    row.approved_by_id = work.viewer.staff_id
    return row


def _add_taxes(work: Work, rates: Sequence[Mapping[str, Any]]) -> None:
    work.session.add_all(
        TaxRate(
            starts_on=date.fromisoformat(rate["from"]),
            ends_before=date.fromisoformat(rate["before"]) if rate.get("before") else None,
            basis_points=int(Decimal(str(rate["rate"])) * BASIS_POINTS),
        )
        for rate in rates
    )


def _set_billing(work: Work, billing: Mapping[str, Mapping[str, int]]) -> None:
    for mode, minutes in billing.items():
        work.session.merge(
            BillingRule(mode=Mode(mode), minimum_minutes=minutes["minimumMinutes"], step_minutes=minutes["stepMinutes"])
        )


load_head = Operation(
    name="load_head",
    label=Label(fa="بارگذاری تعرفه‌های نمونه", en="Load the head of a file of cases"),
    description="Load the tariff editions, taxes and billing minutes of a file of cases into a desk that has none.",
    permission="tariff.approve",
    command=LoadHead,
    entity="TariffEdition",
    events=(Event.TARIFF_APPROVED,),
    body=_load,
)
"""CONFLICT where there are some. Raises KeyError or ValueError for a file that is none."""
