"""Every promise a service type makes to the desk, as tests that run against any plugin."""

import ast
import copy
import importlib
import json
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest

from backoffice.domain.coverage import Facts
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import has_persian_letter
from backoffice.plugins import FieldSpec, Part, Registry, ServiceType, calls, describe, load, time_limits
from backoffice.plugins.discovery import GROUP
from backoffice.plugins.situations import record_in, situations

PUBLIC = {"backoffice.plugins", "backoffice.testing"}
HOSTILE: tuple[object, ...] = (
    None,
    "",
    " ",
    "\0",
    "\ud800",
    "x" * 100_000,
    "۱۲",
    "NaN",
    -1,
    0,
    10**40,
    1.5,
    True,
    [],
    [[]],
    {},
    {"a": {}},
)

Values = Mapping[str, object]
T = TypeVar("T")


class ServiceTypeContract:
    """What holds for every service type. Examples are JSON as a program sends it; the refused ones must give problems.

    ``earlier_requests`` and ``earlier_results``: stored data by the version that stored it, for each earlier version.
    """

    service_type: ClassVar[type[ServiceType]]
    requests: ClassVar[tuple[Values, ...]]
    results: ClassVar[tuple[Values, ...]]
    refused_requests: ClassVar[tuple[Values, ...]] = ()
    refused_results: ClassVar[tuple[Values, ...]] = ()
    earlier_requests: ClassVar[Mapping[int, tuple[Values, ...]]] = {}
    earlier_results: ClassVar[Mapping[int, tuple[Values, ...]]] = {}

    @pytest.fixture(autouse=True)
    def _patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """How busy the machine is says nothing of the plugin."""
        monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 60.0)

    @pytest.fixture(scope="class")
    @classmethod
    def registry(cls) -> Registry:
        """The plugin alone, loaded as strictly as in CI: this also judges its metadata and its declarations."""
        return load((cls.service_type.code,), strict=True)

    @pytest.fixture
    def kind(self, registry: Registry) -> ServiceType:
        """The service type as the desk holds it."""
        return registry.service_types[self.service_type.code]

    @pytest.fixture
    def entry_point(self) -> metadata.EntryPoint:
        """The plugin's own."""
        (found,) = metadata.entry_points(group=GROUP, name=self.service_type.code)
        return found

    @pytest.fixture
    def facts(self, kind: ServiceType) -> Facts:
        """Any one situation."""
        return next(situations(kind))

    @pytest.fixture
    def grid(self, kind: ServiceType) -> list[tuple[Values, Facts]]:
        """Every accepted request in every situation; in a preview the request may not be known yet."""
        requests = [{}, *(_loaded(kind, Part.REQUEST, raw) for raw in self.requests)]
        return [(request, facts) for facts in situations(kind) for request in requests]

    def test_it_loads_alone(self, registry: Registry) -> None:
        """Nothing it needs comes from another plugin."""
        (loaded,) = registry.service_types.values()
        assert type(loaded) is self.service_type

    def test_its_package_is_its_own(self, entry_point: metadata.EntryPoint) -> None:
        """What it installs is found under one name, and not under the desk's."""
        package = entry_point.module.split(".")[0]
        assert package == self.service_type.__module__.split(".")[0]
        assert package != "backoffice"

    def test_it_imports_only_the_public_packages(self, entry_point: metadata.EntryPoint) -> None:
        """What is not public may change without notice."""
        foreign = [name for name in _imports(entry_point) if name.split(".")[0] == "backoffice" and name not in PUBLIC]
        assert foreign == []

    def test_its_labels_are_in_both_languages(self, kind: ServiceType) -> None:
        """Persian letters in the Persian text, none in the English."""
        labels = [kind.label, *(label for part in Part for label in _labels(describe(kind.schema(part))))]
        assert [label for label in labels if not has_persian_letter(label.fa)] == []
        assert [label for label in labels if not label.en or has_persian_letter(label.en)] == []

    @pytest.mark.parametrize("part", Part)
    def test_what_is_accepted_survives_a_round_trip_through_json(self, kind: ServiceType, part: Part) -> None:
        """What was stored loads again, equal."""
        for raw in self._accepted(part):
            values = _loaded(kind, part, raw)
            stored = json.loads(json.dumps(_unless_failed(calls.dump(kind, part, values)), allow_nan=False))
            assert _loaded(kind, part, stored) == values
            assert _unless_failed(calls.restore(kind, part, stored, version=kind.version)) == values

    @pytest.mark.parametrize("part", Part)
    def test_what_is_stored_can_be_shown(self, kind: ServiceType, part: Part) -> None:
        """Every declared field is answered, and only those."""
        for raw in self._accepted(part):
            stored = _unless_failed(calls.dump(kind, part, _loaded(kind, part, raw)))
            shown = _unless_failed(calls.read(kind, part, stored, version=kind.version))
            assert list(shown) == [spec.name for spec in describe(kind.schema(part))]

    @pytest.mark.parametrize("part", Part)
    def test_what_is_refused_gives_problems_with_words(self, kind: ServiceType, part: Part, facts: Facts) -> None:
        """Invalid input is answered with what to mend, in both languages."""
        for raw in self.refused_requests if part is Part.REQUEST else self.refused_results:
            problems = self._problems(kind, part, raw, facts)
            assert problems, f"accepted: {raw}"
            assert [one for one in problems if not _is_worded(one)] == []

    @pytest.mark.parametrize("part", Part)
    def test_no_value_whatever_makes_it_fail(self, kind: ServiceType, part: Part) -> None:
        """Any JSON in any field is either taken, and can then be stored, or a problem: never an exception."""
        for spec in describe(kind.schema(part)):
            for value in HOSTILE:
                loaded = calls.load(kind, part, {spec.name: value})
                assert not _failed(*loaded.problems), (spec.name, value)
                if not loaded.problems:
                    json.dumps(_unless_failed(calls.dump(kind, part, loaded.values)), allow_nan=False).encode()

    @pytest.mark.parametrize("part", Part)
    def test_an_unknown_field_is_a_problem(self, kind: ServiceType, part: Part) -> None:
        """A misspelt name is told, not swallowed."""
        assert calls.load(kind, part, {"no_such_field": 1}).problems

    def test_it_checks_any_request_in_any_situation(self, kind: ServiceType, grid: list[tuple[Values, Facts]]) -> None:
        """Objections are problems with words."""
        problems = [one for request, facts in grid for one in calls.check(kind, request, facts)]
        assert [one for one in problems if not _is_worded(one)] == []

    def test_it_decides_any_request_in_any_situation(self, kind: ServiceType, grid: list[tuple[Values, Facts]]) -> None:
        """There is a decision, and it says why."""
        for request, facts in grid:
            assert _unless_failed(calls.decide(kind, request, facts)).reasons, (request, facts.asked)

    def test_it_decides_from_its_arguments_alone(self, kind: ServiceType, grid: list[tuple[Values, Facts]]) -> None:
        """Asked again, and by a fresh instance, it decides the same: decisions replay."""
        fresh = self.service_type()
        for request, facts in grid:
            first, again, replayed = (calls.decide(one, request, facts) for one in (kind, kind, fresh))
            assert first == again == replayed

    def test_it_changes_nothing_it_is_given(self, kind: ServiceType, grid: list[tuple[Values, Facts]]) -> None:
        """Neither the request nor the facts."""
        for request, facts in grid:
            before = copy.deepcopy(request), facts.to_document()
            calls.check(kind, request, facts)
            calls.decide(kind, request, facts)
            assert (request, facts.to_document()) == before

    def test_it_completes_with_any_accepted_result(self, kind: ServiceType, facts: Facts) -> None:
        """Objections are problems with words, effects are ones the desk knows."""
        for raw_request in self.requests:
            record = record_in(facts, _loaded(kind, Part.REQUEST, raw_request))
            for raw in self.results:
                result = _loaded(kind, Part.RESULT, raw)
                assert not _failed(*calls.before_complete(kind, record, result, facts))
                _unless_failed(calls.complete(kind, record, result, facts))

    @pytest.mark.parametrize("part", Part)
    def test_what_earlier_versions_stored_can_still_be_shown(self, kind: ServiceType, part: Part) -> None:
        """Each earlier version has examples, and they load as today's."""
        earlier = self.earlier_requests if part is Part.REQUEST else self.earlier_results
        assert sorted(earlier) == list(range(1, kind.version)), f"give earlier_{part}s of every version before this one"
        for version, examples in earlier.items():
            for stored in examples:
                _unless_failed(calls.read(kind, part, stored, version=version))

    def _accepted(self, part: Part) -> tuple[Values, ...]:
        return self.requests if part is Part.REQUEST else self.results

    def _problems(self, kind: ServiceType, part: Part, raw: Values, facts: Facts) -> tuple[Problem, ...]:
        loaded = calls.load(kind, part, raw)
        if loaded.problems:
            return loaded.problems
        if part is Part.REQUEST:
            return calls.check(kind, loaded.values, facts)
        return calls.before_complete(kind, record_in(facts, {}), loaded.values, facts)


def _loaded(kind: ServiceType, part: Part, raw: Values) -> Values:
    loaded = calls.load(kind, part, raw)
    assert not loaded.problems, f"refused: {raw}"
    return loaded.values


def _unless_failed(answer: T | Problem) -> T:
    assert not isinstance(answer, Problem), "the plugin failed; the log has the traceback"
    return answer


def _failed(*problems: Problem) -> bool:
    return any(problem.code is ErrorCode.PLUGIN_FAILURE for problem in problems)


def _is_worded(problem: Problem) -> bool:
    """Whether a problem is one a person can mend, said in both languages."""
    return not _failed(problem) and problem.text is not None and bool(problem.text.fa and problem.text.en)


def _labels(specs: tuple[FieldSpec, ...]) -> Iterator[Label]:
    for spec in specs:
        yield spec.label
        yield from (choice.label for choice in spec.choices)
        yield from (label for label in (spec.description,) if label)
        yield from _labels(spec.fields)
        yield from _labels((spec.item,) if spec.item else ())


def _imports(entry_point: metadata.EntryPoint) -> Iterator[str]:
    """The absolute names that the modules of a plugin's package import."""
    origin = Path(str(importlib.import_module(entry_point.module.split(".")[0]).__file__))
    for path in origin.parent.rglob("*.py") if origin.name == "__init__.py" else [origin]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module
