"""The service types that come with the desk: exactly those of the statement, and nothing required of who records."""

import pytest

from backoffice.domain.service import Mode, Subject
from backoffice.plugins import Part, ServiceType, describe, load
from tests.builders import shipped_plugins

ANYWHERE = "remote on_site at_company at_agency"
OFFERED = {
    "access_codes": ("phone remote", "software"),
    "customization": (ANYWHERE, "software"),
    "demo": ("remote on_site at_company", "software"),
    "guidance": ("phone remote", "software"),
    "installation": (ANYWHERE, "software"),
    "lock_removal": (ANYWHERE, "software device"),
    "model_upgrade": (ANYWHERE, "software"),
    "on_site_visit": ("on_site", "software"),
    "periodic_service": ("remote on_site at_company", "software"),
    "reinstallation": (ANYWHERE, "software device"),
    "retraining": ("phone remote", "software"),
    "success_call": ("phone", "software"),
    "training": (ANYWHERE, "software"),
    "troubleshooting": (f"{ANYWHERE} phone", "software"),
    "version_update": (ANYWHERE, "software"),
}
REGISTRY = load(tuple(OFFERED), strict=True)
KINDS = list(REGISTRY.service_types.values())
EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def fields(code: str, part: Part) -> dict[str, str]:
    """The kinds of a part's fields, by name."""
    return {spec.name: spec.kind for spec in describe(REGISTRY.service_types[code].schema(part))}


def test_all_fifteen_are_installed():
    assert set(REGISTRY.service_types) == set(OFFERED)


@pytest.mark.parametrize("code", shipped_plugins().service_types)
def test_each_comes_in_a_distribution_named_by_its_code(code: str):
    assert REGISTRY.owners[code].split()[0] == f"backoffice-{code.replace('_', '-')}"


@EACH
def test_each_is_offered_in_the_modes_of_the_statement(kind: ServiceType):
    assert kind.modes == {Mode(mode) for mode in OFFERED[kind.code][0].split()}


@EACH
def test_each_is_done_to_the_subjects_of_the_statement(kind: ServiceType):
    assert kind.subjects == {Subject(subject) for subject in OFFERED[kind.code][1].split()}


def test_only_a_demo_needs_no_asset():
    assert [kind.code for kind in KINDS if not kind.needs_asset] == ["demo"]


@EACH
def test_no_field_is_required(kind: ServiceType):
    assert [spec.name for part in Part for spec in describe(kind.schema(part)) if spec.required] == []


@EACH
def test_each_takes_a_note_when_opened_and_when_done(kind: ServiceType):
    assert [fields(kind.code, part)["note"] for part in Part] == ["text", "text"]
