"""A file of worked decisions, read whole before anything is run: its head, and its scenarios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.service import Mode
from backoffice.operations.cases.head import UNITS
from backoffice.operations.cases.scenario import Annotated, Scenario, ScenarioSchema
from backoffice.operations.rules.tariff_books import BASIS_POINTS

NO_PLACE = {"_schema", "key", "value"}
"""What marshmallow calls the whole of a mapping, and the halves of its items."""


class CaseFileError(Exception):
    """The document holds no worked decisions; ``lines`` tell each mistake at its place."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


@dataclass(frozen=True)
class Cases:
    """``head`` is what ``load_head`` takes, ``scenarios`` what ``run_scenarios`` does."""

    head: Mapping[str, Any]
    scenarios: tuple[Scenario, ...]


def read_cases(document: Any) -> Cases:
    """The cases in a JSON document. Raises ``CaseFileError`` with everything that is wrong with it."""
    try:
        read = _FileSchema().load(document)
    except ValidationError as error:
        raise CaseFileError(*_lines(error.messages)) from error
    return Cases(document, tuple(read["scenarios"]))


def _whole_basis_points(rate: Decimal) -> None:
    if rate * BASIS_POINTS % 1:
        raise ValidationError("Not a whole number of hundredths of a per cent.")


class _BillingSchema(Annotated):
    minimum = fields.Integer(strict=True, required=True, validate=validate.Range(min=0), data_key="minimumMinutes")
    step = fields.Integer(strict=True, required=True, validate=validate.Range(min=1), data_key="stepMinutes")


class _TaxSchema(Annotated):
    starts_on = fields.Date(required=True, data_key="from")
    ends_before = fields.Date(load_default=None, data_key="before")
    rate = fields.Decimal(required=True, validate=[validate.Range(0, 1), _whole_basis_points])

    @validates_schema(skip_on_field_errors=True)
    def _ends_after_it_starts(self, rate: dict[str, Any], **_: object) -> None:
        if rate["ends_before"] is not None and rate["ends_before"] <= rate["starts_on"]:
            raise ValidationError("Not after the day it is from.", "before")


class _EditionSchema(Annotated):
    year = fields.Integer(strict=True, required=True, validate=validate.Range(1330, 1500), data_key="jalaliYear")
    version = fields.Integer(strict=True, required=True, validate=validate.Range(1, 999))
    effective_from = fields.Date(required=True, data_key="effectiveFrom")
    rates = fields.Dict(
        keys=fields.String(validate=validate.OneOf(list(UNITS))),
        values=fields.Integer(strict=True, validate=validate.Range(0, RIAL_LIMIT)),
        required=True,
    )


class _FileSchema(Annotated):
    note = fields.String()
    billing = fields.Dict(keys=fields.Enum(Mode, by_value=True), values=fields.Nested(_BillingSchema), required=True)
    taxes = fields.List(fields.Nested(_TaxSchema), required=True, data_key="taxRates")
    editions = fields.List(fields.Nested(_EditionSchema), required=True, data_key="tariffEditions")
    scenarios = fields.List(fields.Nested(ScenarioSchema), required=True)

    @validates_schema(skip_on_field_errors=True)
    def _each_edition_once(self, file: dict[str, Any], **_: object) -> None:
        known = [(edition["year"], edition["version"]) for edition in file["editions"]]
        for year, version in known:
            if known.count((year, version)) > 1:
                raise ValidationError(f"There are two editions {year}v{version}.", "tariffEditions")

    @validates_schema(skip_on_field_errors=True)
    def _one_rate_a_day(self, file: dict[str, Any], **_: object) -> None:
        for earlier, later in pairwise(sorted(file["taxes"], key=lambda rate: rate["starts_on"])):
            start, end = later["starts_on"], earlier["ends_before"]
            if earlier["starts_on"] == start or (end is not None and end > start):
                raise ValidationError(f"There are two rates on {start}.", "taxRates")


def _lines(messages: object, place: str = "") -> Iterator[str]:
    """Each message after its place, as in ``scenarios.3.steps.0.mode: Must be one of: remote, phone.``"""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _lines(inner, place if key in NO_PLACE else f"{place}.{key}".removeprefix("."))
    elif isinstance(messages, list):
        yield from (f"{place}: {message}" if place else str(message) for message in messages)
