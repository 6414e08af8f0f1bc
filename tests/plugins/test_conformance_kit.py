"""The kit tells a plugin that keeps the contract from one that does not."""

import itertools
from importlib.metadata import entry_points

import pytest
from marshmallow import Schema, fields

from backoffice.domain.coverage import decide
from backoffice.plugins import ErrorCode, Label, Mode, Part, Problem, ServiceType
from backoffice.plugins.situations import situations
from backoffice.testing import ServiceTypeContract
from backoffice.testing.service_type_contract import HOSTILE

NOTE = {"label": Label("یادداشت", "Note")}


class Request(Schema):
    note = fields.String(metadata=NOTE)


class Trial(ServiceType):
    code, label = "trial", Label("آزمایشی", "Trial")
    modes = frozenset({Mode.REMOTE})
    request = result = Request


class Contract(ServiceTypeContract):
    service_type = Trial
    requests = ({"note": "x"},)
    results = ({"note": "x"},)
    refused_requests = ({"note": 1},)


FACTS = next(situations(Trial()))
GRID = [({"note": "x"}, FACTS)]


def kind(**changed: object) -> ServiceType:
    """A service type that does one thing in its own way."""
    return type("Changed", (Trial,), changed)()


def contract(**changed: object) -> ServiceTypeContract:
    """The kit with other examples."""
    return type("ChangedContract", (Contract,), changed)()


def test_a_label_without_persian_is_found():
    with pytest.raises(AssertionError):
        contract().test_its_labels_are_in_both_languages(kind(label=Label("Trial", "Trial")))


def test_a_label_of_a_field_with_persian_for_english_is_found():
    schema = Schema.from_dict({"note": fields.String(metadata={"label": Label("نام", "نام")})})
    with pytest.raises(AssertionError):
        contract().test_its_labels_are_in_both_languages(kind(result=schema))


def test_an_import_of_what_is_not_public_is_found(install):
    install("alpha", source="import backoffice.plugins.manager")
    (entry_point,) = entry_points(group="backoffice.v1", name="alpha")
    with pytest.raises(AssertionError):
        contract().test_it_imports_only_the_public_packages(entry_point)


def test_an_accepted_example_that_is_refused_is_found():
    with pytest.raises(AssertionError):
        contract(requests=({"note": 1},)).test_what_is_stored_can_be_shown(kind(), Part.REQUEST)


def test_a_refused_example_that_is_accepted_is_found():
    bad = contract(refused_requests=({"note": "x"},))
    with pytest.raises(AssertionError, match="accepted"):
        bad.test_what_is_refused_gives_problems_with_words(kind(), Part.REQUEST, FACTS)


def test_a_refused_example_may_be_refused_by_the_check():
    def check(self, request, facts):
        yield Problem(ErrorCode.INVALID, text=Label("نه", "No"))

    bad = contract(refused_requests=({"note": "x"},))
    bad.test_what_is_refused_gives_problems_with_words(kind(check=check), Part.REQUEST, FACTS)


def test_a_validator_that_raises_something_else_is_found():
    def fragile(value: str) -> None:
        value.encode("ascii")

    schema = Schema.from_dict({"note": fields.String(metadata=NOTE, validate=fragile)})
    assert any(isinstance(value, str) and not value.isascii() for value in HOSTILE)
    with pytest.raises(AssertionError):
        contract().test_no_value_whatever_makes_it_fail(kind(request=schema), Part.REQUEST)


def test_an_objection_without_words_is_found():
    bad = kind(check=lambda self, request, facts: [Problem(ErrorCode.INVALID)])
    with pytest.raises(AssertionError):
        contract().test_it_checks_any_request_in_any_situation(bad, GRID)


def test_a_type_that_does_not_always_decide_is_found():
    bad = kind(decide=lambda self, request, facts: decide(facts) if facts.asked.distance_metres else None)
    with pytest.raises(AssertionError):
        contract().test_it_decides_any_request_in_any_situation(bad, GRID)


def test_a_type_that_counts_its_decisions_is_found():
    answers = itertools.cycle([decide(FACTS), None])
    bad = kind(decide=lambda self, request, facts: next(answers))
    with pytest.raises(AssertionError):
        contract().test_it_decides_from_its_arguments_alone(bad, GRID)


def test_a_type_that_changes_what_is_inside_the_request_is_found():
    def check(self, request, facts):
        request["tags"].append("more")
        return ()

    with pytest.raises(AssertionError):
        contract().test_it_changes_nothing_it_is_given(kind(check=check), [({"tags": []}, FACTS)])


def test_a_version_without_examples_of_the_earlier_ones_is_found():
    with pytest.raises(AssertionError, match="give earlier_requests"):
        contract().test_what_earlier_versions_stored_can_still_be_shown(kind(version=2), Part.REQUEST)


def test_an_earlier_version_that_cannot_be_upgraded_is_found():
    bad = contract(earlier_requests={1: ({"remark": "x"},)})
    with pytest.raises(AssertionError):
        bad.test_what_earlier_versions_stored_can_still_be_shown(kind(version=2), Part.REQUEST)


def test_the_situations_cover_every_mode_with_and_without_an_asset():
    trial = kind(modes=frozenset({Mode.REMOTE, Mode.ON_SITE}))
    seen = {(facts.asked.mode, facts.asset is None) for facts in situations(trial)}
    assert seen == {(mode, without) for mode in trial.modes for without in (True, False)}


def test_the_situations_lead_to_free_used_up_priced_and_undecidable_answers():
    installation = kind(code="installation", modes=frozenset({Mode.REMOTE, Mode.ON_SITE}))
    assert {decide(facts).outcome for facts in situations(installation)} >= {"allowance", "tariff", "needs_input"}
