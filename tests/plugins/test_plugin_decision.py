"""What a plugin decides itself is held against what can be stored, charged, replayed and said."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from backoffice.domain.coverage import Decision, EditionRef, Facts, Outcome, PlanRef, Reason, decide
from backoffice.domain.reasons import EXHAUSTED
from backoffice.plugins import Label, Mode, ServiceType, Subject
from backoffice.plugins.plugin_decision import judge
from backoffice.plugins.situations import situations


class Installation(ServiceType):
    code, label = "installation", Label("نصب", "Installation")
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE})
    subjects = frozenset(Subject)


EVERYWHERE = [(facts, decide(facts)) for facts in situations(Installation())]


def one(outcome: Outcome) -> tuple[Facts, Decision]:
    """A situation with this outcome, and the decision."""
    return next((facts, decision) for facts, decision in EVERYWHERE if decision.outcome is outcome)


FREE_OF_CHARGE = one(Outcome.ALLOWANCE)
CHARGED = one(Outcome.TARIFF)


def test_whatever_the_plan_decides_may_be_decided():
    assert {decision.outcome for _, decision in EVERYWHERE} >= {Outcome.ALLOWANCE, Outcome.TARIFF, Outcome.NEEDS_INPUT}
    for facts, decision in EVERYWHERE:
        assert judge(decision, facts) is decision


def test_a_quote_may_be_decided():
    facts, decision = CHARGED
    quoted = replace(decision, outcome=Outcome.QUOTE, amount=None, vat=None)
    assert judge(quoted, facts) is quoted


@pytest.mark.parametrize("given", [None, "free", {}, SimpleNamespace(outcome=Outcome.FREE)])
def test_what_is_no_decision_is_told(given: object):
    with pytest.raises(TypeError, match="instead of a Decision"):
        judge(given, CHARGED[0])


USE = FREE_OF_CHARGE[1].allowance


def used_up(key: str) -> Reason:
    label = {"fa": "سهمیه", "en": "Allowance"}
    return Reason(EXHAUSTED, {"term": "x", "allowance": key, "label": label, "limit": 1})


@pytest.mark.parametrize(
    ("of", "changed", "told"),
    [
        (CHARGED, {"outcome": "GRATIS"}, "outcome is 'GRATIS'"),
        (CHARGED, {"amount": "much"}, "amount is 'much'"),
        (CHARGED, {"amount": -1, "vat": 0}, "out of range"),
        (CHARGED, {"amount": 10**16}, "out of range"),
        (CHARGED, {"amount": None}, "with the amount None"),
        (CHARGED, {"vat": None}, "the VAT None"),
        (CHARGED, {"vat": CHARGED[1].amount + 1}, "rials of VAT"),
        (CHARGED, {"outcome": Outcome.QUOTE}, "quote with the amount"),
        (CHARGED, {"outcome": Outcome.FREE}, "free for"),
        (CHARGED, {"edition": None}, "no tariff edition"),
        (CHARGED, {"tax_id": None}, "no tax rate"),
        (CHARGED, {"edition": EditionRef(77, 1405, 1)}, "no tariff edition of the facts"),
        (CHARGED, {"tax_id": 77}, "77 is no tax rate"),
        (CHARGED, {"period_id": 77}, "77 is no period"),
        (CHARGED, {"plan": PlanRef("other", 1, "0" * 64)}, "is no plan of the facts"),
        (CHARGED, {"allowance": USE}, "with the allowance"),
        (CHARGED, {"override_reason": "because"}, "overridden: True"),
        (CHARGED, {"exhausted": 7}, "exhausted is 7"),
        (CHARGED, {"exhausted": USE.key}, "the reasons tell that of None"),
        (CHARGED, {"reasons": (used_up(USE.key),)}, "exhausted is None and the reasons tell that of"),
        (CHARGED, {"reasons": ()}, "the reasons"),
        (CHARGED, {"reasons": ("because",)}, "the reasons"),
        (CHARGED, {"reasons": (Reason("because_i_say_so"),)}, "the reasons"),
        (FREE_OF_CHARGE, {"allowance": None}, "with the allowance None"),
        (FREE_OF_CHARGE, {"allowance": replace(USE, key="other")}, "is not the next place in an allowance"),
        (FREE_OF_CHARGE, {"allowance": replace(USE, period_id=77)}, "is not the next place in an allowance"),
        (FREE_OF_CHARGE, {"allowance": replace(USE, used=USE.limit + 1)}, "is not the next place in an allowance"),
        (FREE_OF_CHARGE, {"allowance": replace(USE, used=USE.used + 1, limit=9)}, "is not the next place"),
        (FREE_OF_CHARGE, {"period_id": None}, "is not the next place"),
        (CHARGED, {"exhausted": "other", "reasons": (used_up("other"),)}, "the allowance other of the period"),
        (CHARGED, {"exhausted": USE.key, "reasons": (used_up(USE.key),), "period_id": None}, "is not used up"),
        (FREE_OF_CHARGE, {"term": None}, "by no term of the plan"),
    ],
)
def test_what_cannot_be_decided_is_told(of: tuple[Facts, Decision], changed: dict, told: str):
    facts, decision = of
    with pytest.raises(ValueError, match="decided what cannot be") as raised:
        judge(replace(decision, **changed), facts)
    assert told in str(raised.value)


@pytest.mark.parametrize("changed", [{"lines": ("a line",)}, {"missing_inputs": (object(),)}])
def test_what_cannot_be_stored_is_told(changed: dict):
    facts, decision = CHARGED
    with pytest.raises((TypeError, AttributeError)):
        judge(replace(decision, **changed), facts)
