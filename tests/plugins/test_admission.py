import pytest

from backoffice.plugins import load


@pytest.fixture
def reason(install):
    """Why a plugin with this body or source is refused."""

    def why(**made: str) -> str:
        install("alpha", **made)
        (refused,) = load(("alpha",), strict=False).refused
        return refused.reason

    return why


def test_a_misspelt_hook_is_refused_not_ignored(reason):
    assert "unknown hook 'service_type'" in reason(source="@hookimpl\ndef service_type():\n    return []\n")


def test_a_hook_with_an_unknown_argument_is_refused(reason):
    assert "hook 'service_types'" in reason(source="@hookimpl\ndef service_types(desk):\n    return []\n")


def test_a_hook_that_raises_is_refused_with_its_error(reason):
    assert reason(source="@hookimpl\ndef service_types():\n    return 1 / 0\n").startswith("ZeroDivisionError")


def test_a_plugin_without_a_service_type_is_refused(reason):
    assert reason(source="").startswith("brings 0 service types")


def test_a_plugin_with_two_service_types_is_refused(reason):
    source = "class A(ServiceType): ...\n\n@hookimpl\ndef service_types():\n    return [A, A]\n"
    assert reason(source=source).startswith("brings 2 service types")


def test_what_is_no_service_type_is_refused(reason):
    assert "which is no subclass of ServiceType" in reason(source="@hookimpl\ndef service_types():\n    return [int]\n")


def test_a_type_whose_code_is_not_the_entry_points_name_is_refused(reason):
    assert reason(code="beta") == "its code is 'beta', its entry point is named 'alpha'; they must be the same"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('label = "برچسب"', "it must be a Label, in both languages"),
        ('label = Label("برچسب", "")', "must have a text in both languages"),
        ("version = 0", "versions count from 1"),
        ("version = True", "versions count from 1"),
        ("icon = 7", "icon is 7; it must be the name of one"),
        ('needs_asset = "maybe"', "needs_asset is 'maybe'; it must be True or False"),
        ('modes = frozenset({"by_pigeon"})', "it must be a frozenset of members of Mode"),
        ('modes = frozenset({"remote"})', "it must be a frozenset of members of Mode"),
        ("modes = frozenset()", "it must be a frozenset of members of Mode"),
        ("subjects = frozenset()", "it must be a frozenset of members of Subject"),
        ("subjects = [Subject.DEVICE]", "it must be a frozenset of members of Subject"),
        ("request = None", "request is None; it must be a marshmallow Schema class"),
        ("result = Schema", "result declares no field"),
        ("def check(self, request):\n    return ()", "check(self, request) must take (self, request, facts)"),
    ],
)
def test_a_declaration_that_breaks_the_contract_is_refused(reason, body, expected):
    assert expected in reason(body=body)


def test_every_fault_is_told_at_once(reason):
    told = reason(body="version = 0\nmodes = frozenset()")
    assert "versions count from 1" in told
    assert "members of Mode" in told


def test_an_unsupported_field_is_refused_with_schema_field_and_class(reason):
    told = reason(body="request = Schema.from_dict({'blob': fields.Raw(metadata=NOTE)}, name='Blobs')")
    assert "Blobs.blob: Raw is not supported; use one of String, " in told


def test_a_type_that_cannot_be_made_is_refused(reason):
    assert reason(body="def __init__(self):\n    raise RuntimeError('no')") == "RuntimeError: no (trial_alpha, line 19)"
