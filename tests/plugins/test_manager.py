import sys

import pytest

from backoffice.plugins import PluginError, load


def reason(name: str) -> str:
    """Why the one plugin is refused."""
    (refused,) = load((name,), strict=False).refused
    assert refused.name == name
    return refused.reason


def test_a_plugin_that_keeps_the_contract_is_admitted(install):
    install("alpha")
    registry = load(("alpha",), strict=True)
    assert list(registry.service_types) == ["alpha"]
    assert registry.owners == {"alpha": "trial-alpha 1.0"}


def test_a_plugin_for_another_api_is_never_imported(install):
    module = install("alpha", group="backoffice.v2")
    assert reason("alpha") == "speaks plugin API v2, this backoffice speaks v1"
    assert module not in sys.modules


def test_a_plugin_for_a_newer_backoffice_is_never_imported(install):
    module = install("alpha", requires="backoffice>=0.9,<1")
    assert reason("alpha").startswith("needs backoffice <1,>=0.9, this is 0.1")
    assert module not in sys.modules


def test_a_plugin_fits_by_the_version_of_the_host_it_is_given(install):
    install("alpha", requires="backoffice>=0.9,<1")
    assert load(("alpha",), strict=True, host_version="0.9.4").refused == ()


def test_a_plugin_fits_a_host_that_is_a_release_candidate(install):
    install("alpha", requires="backoffice>=0.9,<1")
    assert load(("alpha",), strict=True, host_version="0.10rc1").refused == ()


def test_a_plugin_that_names_no_backoffice_is_refused(install):
    install("alpha", requires=None)
    assert "does not say which backoffice it needs" in reason("alpha")


def test_a_requirement_of_an_extra_is_none(install):
    install("alpha", requires='backoffice>=0.1,<1; extra == "tests"')
    assert "does not say which backoffice it needs" in reason("alpha")


def test_a_plugin_without_an_upper_bound_is_refused(install):
    install("alpha", requires="backoffice>=0.1")
    assert "without an upper bound" in reason("alpha")


def test_a_plugin_whose_requirement_cannot_be_read_is_refused(install):
    install("alpha", requires="backoffice>=>1")
    (refused,) = [one for one in load(None, strict=False).refused if one.distribution == "trial-alpha"]
    assert refused.reason.startswith("its metadata cannot be read")


def test_a_plugin_whose_entry_points_cannot_be_read_is_refused(install):
    install("alpha", entry_points="[backoffice.v1]\nalpha\n")
    (refused,) = [one for one in load(None, strict=False).refused if one.distribution == "trial-alpha"]
    assert refused.reason.startswith("its metadata cannot be read")


def test_a_plugin_whose_metadata_is_lost_is_refused(install):
    install("alpha", metadata=False)
    assert "does not say which backoffice it needs" in reason("alpha")


def test_the_name_of_an_entry_point_must_be_a_code(install):
    install("Alpha-1")
    assert "is not lower_snake_case" in reason("Alpha-1")


@pytest.mark.parametrize("name", ["service", "retired_service"])
def test_the_desks_own_names_are_taken(install, name):
    install(name)
    assert "is a name of the backoffice itself" in reason(name)


def test_a_module_that_cannot_be_imported_is_refused_with_its_error(install):
    install("alpha", source="import no_such_module_at_all")
    assert reason("alpha") == "ModuleNotFoundError: No module named 'no_such_module_at_all' (trial_alpha, line 10)"


def test_a_module_with_a_syntax_error_is_refused(install):
    install("alpha", source="def (")
    assert reason("alpha").startswith("SyntaxError")


def test_a_module_that_exits_does_not_end_the_desk(install):
    install("alpha", source="raise SystemExit(3)")
    assert reason("alpha") == "SystemExit: 3 (trial_alpha, line 10)"


def test_a_missing_attribute_of_an_entry_point_is_refused(install):
    install("alpha", entry_points="[backoffice.v1]\nalpha = trial_alpha:plugin\n")
    assert reason("alpha").startswith("AttributeError")


def test_a_broken_plugin_leaves_the_others_working(install):
    install("alpha", source="1 / 0")
    install("beta")
    registry = load(("alpha", "beta"), strict=False)
    assert list(registry.service_types) == ["beta"]
    assert [refused.name for refused in registry.refused] == ["alpha"]


def test_strict_loading_tells_all_that_is_wrong_at_once(install):
    install("alpha", source="1 / 0")
    install("beta", requires=None)
    with pytest.raises(PluginError) as told:
        load(("alpha", "beta"), strict=True)
    assert [line.split(" is not loaded")[0] for line in str(told.value).splitlines()] == [
        "plugin alpha (trial-alpha 1.0)",
        "plugin beta (trial-beta 1.0)",
    ]


def test_of_two_plugins_with_one_name_neither_is_loaded_and_both_are_named(install):
    install("alpha", distribution="first")
    install("alpha", distribution="second")
    registry = load(("alpha",), strict=False)
    assert registry.is_retired("alpha")
    claim = "'alpha' is claimed by first 1.0 and second 1.0; uninstall one of them"
    assert [(refused.distribution, refused.reason) for refused in registry.refused] == [
        ("first", claim),
        ("second", claim),
    ]


def test_a_plugin_that_does_not_fit_takes_no_name_from_one_that_does(install):
    install("alpha", distribution="first", requires="backoffice>=7,<8")
    install("alpha", distribution="second")
    assert load(("alpha",), strict=False).owners == {"alpha": "second 1.0"}


def test_one_distribution_may_bring_several_types_by_an_entry_point_each(install):
    install("beta", entry_points="")
    install("alpha", entry_points="[backoffice.v1]\nalpha = trial_alpha\nbeta = trial_beta\n")
    registry = load(("alpha", "beta"), strict=True)
    assert registry.owners == {"alpha": "trial-alpha 1.0", "beta": "trial-alpha 1.0"}


def test_what_is_enabled_but_not_installed_is_refused():
    assert reason("no_such_plugin") == "is enabled in the settings but not installed"


def test_only_what_is_enabled_is_imported(install):
    module = install("alpha")
    load(("installation",), strict=True)
    assert module not in sys.modules


def test_without_a_list_everything_installed_is_loaded(install):
    install("alpha")
    assert {"alpha", "installation", "demo"} <= set(load(None, strict=False).service_types)


def test_with_an_empty_list_there_are_no_service_types():
    assert dict(load((), strict=True).service_types) == {}


def test_the_types_are_in_the_order_of_their_codes():
    codes = list(load(None, strict=True).service_types)
    assert codes == sorted(codes)


def test_a_registry_is_only_read(install):
    install("alpha")
    registry = load(("alpha",), strict=True)
    with pytest.raises(TypeError):
        registry.service_types["beta"] = registry.service_types["alpha"]


def test_a_code_that_nothing_loaded_knows_is_retired(install):
    install("alpha")
    registry = load(("alpha",), strict=True)
    assert registry.is_retired("beta")
    assert registry.get("beta") is None
    assert not registry.is_retired("alpha")


def test_the_registry_offers_what_its_types_offer(install):
    install("alpha", body="needs_asset = False")
    (offering,) = load(("alpha",), strict=True).offerings
    assert (offering.code, sorted(offering.modes), offering.needs_asset) == ("alpha", ["remote"], False)
