"""The plan linter refuses what would leave a customer without a clear answer."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_check import Finding, lint
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.tariff import TariffMapping
from backoffice.domain.term import DistanceCondition, FailOutcome, PlanTerm, Side, TermOutcome
from tests.domain.examples import EVERY_SERVICE, OFFERINGS, PLAN


def found(plan: SupportPlan, mappings: tuple[TariffMapping, ...] = (EVERY_SERVICE,)) -> list[Finding]:
    return list(lint(plan, OFFERINGS.values(), mappings))


def with_term(key: str, /, **changes: object) -> SupportPlan:
    """The shipped plan with one term changed."""
    return replace(PLAN, terms=tuple(replace(t, **changes) if t.key == key else t for t in PLAN.terms))


def without(matches: Callable[[PlanTerm], bool]) -> SupportPlan:
    return replace(PLAN, terms=tuple(term for term in PLAN.terms if not matches(term)))


def test_the_shipped_plan_is_fit_to_be_published():
    assert found(PLAN) == []


def test_a_service_type_without_a_term_on_one_side_is_refused():
    plan = without(lambda term: term.key in ("any.phone.outside", "success_call.outside"))
    [finding] = [f for f in found(plan) if f.params["service_type"] == "success_call"]
    assert (finding.code, finding.params["side"], finding.params["mode"]) == ("missing_term", "outside", "phone")


def test_a_service_type_with_a_gap_in_one_mode_only_is_refused_for_that_mode():
    plan = without(lambda term: term.key == "any.other.inside")
    gaps = {(f.params["service_type"], f.params["mode"]) for f in found(plan)}
    assert ("training", "at_agency") in gaps
    assert ("training", "remote") not in gaps


@pytest.mark.parametrize(
    ("key", "changes", "code"),
    [
        ("installation.remote.inside", {"when_exhausted": None}, "without_when_exhausted"),
        ("installation.remote.inside", {"when_exhausted": TermOutcome.ALLOWANCE}, "exhausted_allowance"),
        ("installation.remote.inside", {"allowance": None}, "allowance_not_named"),
        ("installation.remote.inside", {"allowance": "nothing"}, "allowance_undefined"),
        ("installation.remote.inside", {"allowance": "training.at_company"}, "allowance_modes"),
        ("on_site_visit.inside", {"when_condition_fails": None}, "without_when_condition_fails"),
        ("demo.inside", {"key": "demo.outside"}, "duplicate_term"),
    ],
)
def test_a_term_that_leaves_something_open_is_refused(key: str, changes: dict[str, object], code: str):
    assert [finding.code for finding in found(with_term(key, **changes))] == [code]


def test_an_allowance_outside_the_period_is_refused():
    plan = with_term(
        "installation.remote.outside",
        outcome=TermOutcome.ALLOWANCE,
        allowance="installation.remote",
        when_exhausted=TermOutcome.TARIFF,
    )
    assert [finding.code for finding in found(plan)] == ["allowance_outside"]


def test_a_distance_condition_without_an_origin_office_is_refused():
    [finding] = found(replace(PLAN, origin_office=None))
    assert (finding.code, finding.term_key) == ("no_origin_office", "on_site_visit.inside")


def test_two_equally_specific_terms_are_refused():
    double = PlanTerm(
        key="double",
        side=Side.INSIDE,
        service_type="troubleshooting",
        modes=frozenset({Mode.PHONE}),
        outcome=TermOutcome.TARIFF,
        seed_ref="",
    )
    [finding] = found(replace(PLAN, terms=(*PLAN.terms, double)))
    assert finding.params == {"term": "troubleshooting.inside", "other": "double"}


@pytest.mark.parametrize("other", [Subject.SOFTWARE, Subject.DEVICE])
def test_terms_compete_for_one_subject_and_not_for_two(other: Subject):
    device = next(term for term in PLAN.terms if term.key == "reinstallation.device.inside")
    double = replace(device, key="double", subject=other)
    findings = found(replace(PLAN, terms=(*PLAN.terms, double)))
    competing = [finding.params["term"] for finding in findings if finding.code == "equal_terms"]
    assert competing == ([device.key] if other is Subject.DEVICE else [])


def test_two_allowances_of_one_key_are_refused():
    plan = replace(PLAN, allowances=(*PLAN.allowances, PLAN.allowances[0]))
    [finding] = found(plan)
    assert (finding.code, finding.params) == ("duplicate_allowance", {"allowance": "installation.remote"})


def test_a_tariff_outcome_without_a_tariff_mapping_is_refused():
    mapped = tuple(TariffMapping(code, "hour") for code in OFFERINGS if code != "version_update")
    findings = found(PLAN, mapped)
    assert {(f.code, f.params["service_type"]) for f in findings} == {("no_tariff_mapping", "version_update")}
    assert "version_update.outside" in [finding.term_key for finding in findings]


def test_a_service_that_is_never_charged_needs_no_mapping():
    mapped = tuple(TariffMapping(code, "hour") for code in OFFERINGS if code != "customization")
    assert found(PLAN, mapped) == []


def test_a_service_type_added_later_is_answered_for_by_the_fallback_terms():
    added = Offering("added_later", frozenset(Mode))
    assert lint(PLAN, [added], [EVERY_SERVICE]) == ()


@pytest.mark.parametrize("missing", ["when_exhausted", "allowance"])
def test_what_is_told_of_an_allowance_names_its_term(missing: str):
    [finding] = found(with_term("installation.remote.inside", **{missing: None}))
    named = None if missing == "allowance" else "installation.remote"
    assert finding.params == {"term": "installation.remote.inside", "allowance": named}


def test_what_is_told_of_a_term_names_it():
    assert found(with_term("demo.inside", key="demo.outside"))[0].params == {"term": "demo.outside"}
    assert found(replace(PLAN, origin_office=None))[0].params == {"term": "on_site_visit.inside"}


def test_what_is_told_of_a_gap_names_the_question():
    plan = without(lambda term: term.key in ("any.phone.outside", "success_call.outside"))
    [finding] = [f for f in found(plan) if f.params["service_type"] == "success_call"]
    assert finding.params == {"service_type": "success_call", "mode": "phone", "subject": "software", "side": "outside"}


def test_what_is_told_of_a_missing_mapping_names_its_term():
    mapped = tuple(TariffMapping(code, "hour") for code in OFFERINGS if code != "version_update")
    assert all(finding.params["term"] == finding.term_key for finding in found(PLAN, mapped))


def test_gaps_are_told_in_the_order_of_their_modes_and_subjects():
    anything = Offering("added_later", frozenset(Mode), frozenset(Subject))
    gaps = [finding.params for finding in lint(replace(PLAN, terms=()), [anything], [EVERY_SERVICE])]
    asked = [(gap["side"], gap["mode"], gap["subject"]) for gap in gaps]
    assert asked == [(side, mode, subject) for side in Side for mode in sorted(Mode) for subject in sorted(Subject)]


def test_repeated_keys_are_told_in_their_order():
    plan = replace(PLAN, allowances=(*PLAN.allowances, *reversed(PLAN.allowances)))
    keys = [finding.params["allowance"] for finding in found(plan) if finding.code == "duplicate_allowance"]
    assert keys == sorted(rule.key for rule in PLAN.allowances)


@pytest.mark.parametrize("modes", [(None, {Mode.PHONE}), ({Mode.PHONE}, None), (None, None)])
def test_a_term_for_any_mode_competes_only_with_as_specific_a_one(modes: tuple[set[Mode] | None, set[Mode] | None]):
    one, other = (
        PlanTerm(
            key=key,
            side=Side.INSIDE,
            service_type="customization",
            subject=Subject.DEVICE,
            modes=None if given is None else frozenset(given),
            outcome=TermOutcome.QUOTE,
            seed_ref="",
        )
        for key, given in zip(("one", "other"), modes, strict=True)
    )
    findings = found(replace(PLAN, terms=(*PLAN.terms, one, other)))
    assert [f.params for f in findings if f.code == "equal_terms"] == (
        [{"term": "one", "other": "other"}] if modes == (None, None) else []
    )


def test_an_allowance_for_any_mode_is_refused():
    plan = with_term("installation.remote.inside", modes=None)
    assert "allowance_modes" in [finding.code for finding in found(plan)]


@pytest.mark.parametrize("fails", [FailOutcome.TARIFF, FailOutcome.TRAVEL_ONLY, FailOutcome.EXCESS_DISTANCE])
def test_a_term_that_charges_only_when_its_condition_fails_needs_a_mapping(fails: FailOutcome):
    condition = {"condition": DistanceCondition(40_000), "when_condition_fails": fails}
    mapped = tuple(TariffMapping(code, "hour") for code in OFFERINGS if code != "customization")
    assert found(with_term("customization.inside", **condition), ()) != []
    told = [(f.code, f.term_key) for f in found(with_term("customization.inside", **condition), mapped)]
    assert told == [("no_tariff_mapping", "customization.inside")]
