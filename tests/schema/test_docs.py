"""The examples of docs/graphql.md are run, and its tables are complete."""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backoffice.domain.problem import ErrorCode
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades, set_product_upgrades
from backoffice.query.global_id import from_global_id, to_global_id
from backoffice.query.keyset import DEFAULT_LENGTH, LONGEST
from backoffice.schema import guard, limits
from backoffice.schema.cost import OBJECTS
from backoffice.schema.errors import MOST_ERRORS, Code
from tests.builders import Kit
from tests.schema.conftest import Api

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "graphql.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(graphql|json variables|json answer)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Example:
    """A document, its variables and the answer it is said to have."""

    document: str
    variables: str = "{}"
    answer: str | None = None


@dataclass
class Names:
    """The placeholders in the examples, and what they stand for in this run."""

    values: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> Any:
        for name, value in self.values.items():
            text = text.replace(f'"{name}"', json.dumps(value))
        return json.loads(text)

    def learn(self, key: str, value: object) -> None:
        """Take ids, fingerprints and cursors from an answer."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self.learn(name, inner)
        elif isinstance(value, list):
            for inner in value:
                self.learn(key, inner)
        elif isinstance(value, str) and key == "id":
            parsed = from_global_id(value)
            assert parsed is not None
            self.values[f"{parsed[0].upper()}_ID"] = value
        elif isinstance(value, str) and key in {"fingerprint", "endCursor"}:
            self.values[{"fingerprint": "FINGERPRINT", "endCursor": "CURSOR"}[key]] = value


def examples() -> list[Example]:
    found: list[Example] = []
    for kind, text in BLOCK.findall(TEXT):
        if kind == "graphql":
            found.append(Example(text))
        elif kind == "json variables":
            found[-1].variables = text
        else:
            found[-1].answer = text
    return found


def printer(kit: Kit) -> int:
    """The id of the product in the examples."""
    printer, better = kit.product(sku="PRINT-300"), kit.product(sku="PRINT-400")
    kit.version(printer, label="5.1")
    kit.version(printer, label="5.2", released_on=date(2026, 5, 5))
    command = SetProductUpgrades(id=printer, version=1, target_ids=(better,))
    assert set_product_upgrades(kit.desk, kit.supervisor, command).problems == ()
    return printer


def test_every_example_runs_and_has_the_answer_it_is_said_to_have(http: Api):
    names = Names({"PRODUCT_ID": to_global_id("Product", printer(http.kit))})
    for example in examples():
        data = http.data(example.document, names.filled(example.variables))
        names.learn("", data)
        if example.answer is not None:
            assert data == names.filled(example.answer)


def test_the_stale_update_of_the_examples_is_refused(http: Api):
    customer = to_global_id("Customer", http.kit.customer())
    example = next(example for example in examples() if "updateCustomer" in example.document)
    data = http.data(example.document, Names({"CUSTOMER_ID": customer}).filled(example.variables))
    assert [error["code"] for error in data["updateCustomer"]["errors"]] == ["STALE"]


@pytest.mark.parametrize("code", sorted({*ErrorCode, *Code}))
def test_every_code_is_explained(code: str):
    assert f"| `{code}` |" in TEXT


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("body", guard.BODY_BYTES),
        ("document", limits.DOCUMENT_BYTES),
        ("tokens", limits.TOKENS),
        ("depth", limits.DEPTH),
        ("fields, a fragment counted at each spread", limits.FIELDS),
        ("aliases", limits.ALIASES),
        ("directives", limits.DIRECTIVES),
        ("fields at the root", limits.ROOT_FIELDS),
        ("page", LONGEST),
        ("answer", OBJECTS),
        ("list in an input", limits.LIST_INPUT),
    ],
)
def test_every_limit_stands_with_its_number(what: str, limit: int):
    assert re.search(rf"^\| {re.escape(what)} \| {limit:,}\b", TEXT, re.MULTILINE)


def test_the_numbers_in_the_text_are_those_of_the_code():
    assert f"`first` (1 to {LONGEST}, {DEFAULT_LENGTH} when left out)" in TEXT
    assert f"at most {MOST_ERRORS} are told" in TEXT
