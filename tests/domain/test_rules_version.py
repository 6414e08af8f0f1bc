"""The rules have a version: what they answer to the worked cases is pinned under it.

When this fails, the rules answer the same facts otherwise than those that decisions are stored by. Where that is meant,
raise ``RULES_VERSION`` and write the new answers down under it (the failure shows them); the earlier lines stay. Where
only the cases changed, write their new hash and answers over the present version's line.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from backoffice.domain.canonical import content_hash
from backoffice.domain.coverage import RULES_VERSION, Decision, Facts, Outcome, decide
from backoffice.domain.override import Override, override
from backoffice.domain.rates import Unpriced
from tests.domain.examples import DATA
from tests.domain.scenarios import SCENARIOS, decided_steps

PINNED: Mapping[str, Mapping[str, str]] = json.loads((DATA / "rules.json").read_text(encoding="utf-8"))
GIVEN = (
    Override(Outcome.FREE, None, "a promise"),
    Override(Outcome.TARIFF, 1_120_000, "agreed"),
    Override(Outcome.QUOTE, None, "by quote"),
)


def asked() -> list[Facts]:
    """Every fact of the worked cases that something was decided on."""
    return [facts for scenario in SCENARIOS for facts, _ in decided_steps(scenario)]


def answers(facts: Facts) -> Iterator[Decision | Unpriced]:
    """The engine's decision, and what each kind of override makes of it."""
    engine = decide(facts)
    yield engine
    yield from (override(engine, facts, given) for given in GIVEN)


def document(answer: Decision | Unpriced) -> object:
    """All that an answer says, leaving out what it does not speak of: a new field alone changes no earlier answer."""
    told = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return {field.name: plain(told[field.name]) for field in fields(answer) if told[field.name] != field.default}


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "to_document"):
        return value.to_document()
    if hasattr(value, "__dataclass_fields__"):
        return document(value)
    return value


def test_the_rules_answer_the_worked_cases_as_their_version_did():
    given = asked()
    now = {
        "asked": content_hash([facts.to_document() for facts in given]),
        "answered": content_hash([document(answer) for facts in given for answer in answers(facts)]),
    }
    assert now == PINNED[RULES_VERSION]


def test_every_version_of_the_rules_answers_otherwise_than_the_others():
    assert len({tuple(pinned.values()) for pinned in PINNED.values()}) == len(PINNED)
