"""Every worked decision comes out by GraphQL: asked by ``coverage``, then recorded by ``recordService``."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

import pytest

from backoffice.domain.calendar import TEHRAN
from backoffice.models import ServiceRecord
from backoffice.query.global_id import from_global_id, to_global_id
from tests.builders import CASES
from tests.schema.conftest import Answer, Api

DECISION = """outcome amount vat billedMinutes provisional fingerprint missingInputs
    lines { component amount covered } allowance { key used limit } tariffEdition { jalaliYear version }
    reasons { code message(language: FA) }"""
COVERAGE = f"query ($input: CoverageInput!) {{ coverage(input: $input) {{ {DECISION} }} }}"
REFUSED = {"NOT_OFFERED", "NEEDS_INPUT", "NO_TARIFF"}


@pytest.fixture
def clock(api: Api) -> Iterator[Any]:
    """The desk's clock, put back afterwards."""
    now = api.kit.clock.now
    yield api.kit.clock
    api.kit.clock.now = now


def camel(code: str) -> str:
    first, *rest = code.split("_")
    return first + "".join(word.capitalize() for word in rest)


def sold(api: Api, scenario: Mapping[str, Any], clock: Any) -> int:
    """The scenario's asset, with its renewals."""
    purchased_on = date.fromisoformat(scenario["purchasedOn"])
    clock.now = datetime.combine(purchased_on, time(12), tzinfo=TEHRAN)
    asset = api.kit.purchase(purchased_on=purchased_on)
    for renewal in scenario.get("renewals", ()):
        given = {"assetId": to_global_id("Asset", asset), "startsOn": renewal["startsOn"]}
        assert api.change("renewSupport", given, "asset { id }")["errors"] == []
    return asset


def facts(asset: int, step: Mapping[str, Any]) -> dict[str, object]:
    """What both inputs say of a step."""
    given = {name: step[name] for name in ("requestedAt", "performedAt", "minutes", "distanceMetres") if name in step}
    given |= {"mode": step["mode"].upper(), "assetId": to_global_id("Asset", asset)}
    return given | ({"subject": step["subject"].upper()} if "subject" in step else {})


def shown(decision: Answer) -> dict[str, object]:
    """A decision in the words of the worked ones."""
    payable = [line for line in decision["lines"] if not line["covered"]]
    edition = decision["tariffEdition"]
    return decision | {
        "labour": sum(line["amount"] for line in payable if line["component"] == "LABOUR"),
        "travel": sum(line["amount"] for line in payable if line["component"] == "TRAVEL"),
        "edition": edition and f"{edition['jalaliYear']}v{edition['version']}",
    }


def recorded(api: Api, asset: int, step: Mapping[str, Any], fingerprint: str) -> Answer:
    given = facts(asset, step) | {"channel": "phone", "request": {camel(step["serviceType"]): {}}}
    given["expectedFingerprint"] = fingerprint
    return api.change("recordService", given, f"serviceRecord {{ id version }} coverage {{ {DECISION} }}")


def voided(api: Api, record: Mapping[str, Any]) -> None:
    given = {"id": record["id"], "version": record["version"], "reason": "ثبت اشتباه"}
    assert api.change("voidService", given, "serviceRecord { status }", by="supervisor")["errors"] == []


@pytest.mark.parametrize("scenario", CASES["scenarios"], ids=lambda scenario: scenario["name"])
def test_a_worked_decision_comes_out(api: Api, scenario: Mapping[str, Any], clock: Any):
    asset = sold(api, scenario, clock)
    records: list[Any] = []
    for step in scenario["steps"]:
        if "void" in step:
            voided(api, records[step["void"]])
            records.append(None)
            continue
        clock.now = datetime.fromisoformat(step.get("performedAt", step["requestedAt"]))
        asked = facts(asset, step) | {"serviceType": step["serviceType"]}
        preview = api.data(COVERAGE, {"input": asked})["coverage"]
        assert shown(preview) | step["expect"] == shown(preview)
        payload = recorded(api, asset, step, preview["fingerprint"])
        assert payload["coverage"] == preview
        refusals = [preview["outcome"]] if preview["outcome"] in REFUSED else []
        assert [error["code"] for error in payload["errors"]] == refusals
        records.append(payload["serviceRecord"])
    made = {from_global_id(record["id"]) for record in records if record}
    assert made == {("ServiceRecord", row.id) for row in api.kit.rows(ServiceRecord, asset_id=asset)}
